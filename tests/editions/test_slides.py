"""The slides of the lesson: one for each in the data with what to say in its notes, dressed in the column's words, the same each time."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from publicity.check import sound_column
from publicity.editions.books import slides
from publicity.models import Case
from publicity.project import Project
from publicity.read.content import Column

BASE = "https://www.example.gov.cn/symm/"


@pytest.fixture(name="column", scope="module")
def _column() -> Column:
    return sound_column(Project(ROOT), "guanxian")


def _texts(made: bytes, part: str) -> list[list[str]]:
    """The paragraphs of every part of a kind, in the order of their numbers."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if re.fullmatch(rf"ppt/{part}/{part[:-1]}\d+\.xml", name)]
        names.sort(key=lambda name: int(re.findall(r"\d+", name)[-1]))
        pages = [BeautifulSoup(archive.read(name), "html.parser") for name in names]
    return [["".join(run.get_text() for run in row.find_all("a:t")) for row in page.find_all("a:p")] for page in pages]


def test_each_slide_and_its_notes_are_in_the_file_and_the_same_each_time(column: Column) -> None:
    deck = slides.deck_of(column, BASE)
    assert deck
    assert len(deck.slides) >= 20
    made = slides.make(deck)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert f"<dc:title>{deck.title}</dc:title>" in file.read("docProps/core.xml").decode()
    cover, *pages = _texts(made, "slides")
    assert column.region.title.zh in "".join(cover)
    assert column.region.issuer[0].name.zh in "".join(cover)
    shown = [[one.title, *one.points, *([one.basis] if one.basis else [])] for one in deck.slides]
    assert pages == shown
    notes = _texts(made, "notesSlides")
    assert [[row for row in one if row in slide.notes] for one, slide in zip(notes, deck.slides, strict=True)] == [
        list(slide.notes) for slide in deck.slides
    ]
    assert all(slide.notes for slide in deck.slides)
    assert f"{BASE}training/" in deck.slides[-1].points
    assert slides.make(deck) == made


def test_a_case_says_its_own_amount_and_the_region_its_own_name(column: Column) -> None:
    deck = slides.deck_of(column, None)
    assert deck
    said = "".join(point for slide in deck.slides for point in slide.points)
    assert column.region.name_on(column.today).zh in said
    assert "{" not in said
    training = column.content.training
    assert training
    for slide, shown in zip(training.meta.slides, deck.slides, strict=True):
        collection, _, slug = slide.entry.partition("/")
        meta = column.content.entries[collection][slug].meta
        if isinstance(meta, Case) and meta.amount:
            assert any(f"{meta.amount.value:,}" in point for point in shown.points), slide.title
            assert meta.amount.note
            assert any(meta.amount.note.zh in note for note in shown.notes)


def test_without_training_there_are_no_slides(column: Column) -> None:
    bare = replace(column, content=replace(column.content, training=None))
    assert slides.deck_of(bare, None) is None
    assert slides.deck(Project(ROOT), bare, None, "editions-kept") == {}


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_page_offers_the_slides(site: Path, language: str) -> None:
    page = site / language / "training" / "index.html"
    links = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".download a[download]")
    assert [(page.parent / str(link["href"])).resolve() for link in links] == [site / "training" / slides.FILE]
    assert (site / "training" / slides.FILE).is_file()
