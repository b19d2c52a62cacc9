"""Collections as books: the same text in each form, only of what is published, with an index by articles."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from editions.test_editions import bare, in_order
from publicity.check import sound_column
from publicity.editions.books import volumes
from publicity.editions.books.compilation import COLLECTIONS, Compilation, compilation_of
from publicity.project import Project
from publicity.read.content import Column


@pytest.fixture(name="column", scope="module")
def _column() -> Column:
    return sound_column(Project(ROOT), "guanxian")


def _small(book: Compilation) -> Compilation:
    """Three of its entries that the index names: enough for every form."""
    indexed = {name for law in book.index for _, places in law.articles for _, name in places}
    part = next(part for part in book.parts if any(chapter.id in indexed for chapter in part.chapters))
    part = replace(part, chapters=tuple(chapter for chapter in part.chapters if chapter.id in indexed)[:3])
    names = {chapter.id for chapter in part.chapters}
    laws = []
    for law in book.index:
        rows = [(article, tuple(place for place in places if place[1] in names)) for article, places in law.articles]
        if found := tuple(row for row in rows if row[1]):
            laws.append(replace(law, articles=found))
    return replace(book, parts=(part,), index=tuple(laws))


def _said(book: Compilation) -> list[str]:
    told = [book.date]
    for part in book.parts:
        told.append(part.title)
        for one in part.chapters:
            told += [one.title, one.summary, *(value for row in one.rows for value in row)]
            told += [text for row in (*one.articles, *one.moves, *one.penalties) for text in row]
            told += [BeautifulSoup(one.body, "html.parser").get_text(), *(name for name, _, _ in one.sources)]
    return [*told, *(text for law in book.index for text in (law.title, *(article for article, _ in law.articles)))]


def _text(form: str, made: bytes) -> str:
    if form == "pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    if form == "docx":
        body = docx.Document(io.BytesIO(made)).element.body
        return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        pages = [book.read(name).decode() for name in sorted(book.namelist()) if "/text/" in name]
    return BeautifulSoup("".join(pages), "html.parser").get_text()


@pytest.mark.parametrize("form", volumes.FORMATS)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_form_says_all_of_it_and_is_the_same_each_time(column: Column, collection: str, form: str) -> None:
    book = _small(compilation_of(column, collection))
    assert book.index
    made = volumes.make(book, form)
    text = _text(form, made)
    if form == "pdf":  # the foot of each page comes between
        assert [one for one in _said(book) if bare(one)[:20] not in bare(text)] == []
        reader = pypdf.PdfReader(io.BytesIO(made))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.outline
    else:
        assert in_order(text, _said(book)) == []
    assert volumes.make(book, form) == made


def test_a_table_longer_than_a_page_goes_on_on_the_next(column: Column) -> None:
    book = _small(compilation_of(column, "cases"))
    rows = "".join(f"<tr><td>第{number}次</td></tr>" for number in range(1, 100))
    (part,) = book.parts
    chapter = replace(
        part.chapters[0], body=f"<table><thead><tr><th>拷贝</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    made = volumes.make(replace(book, parts=(replace(part, chapters=(chapter, *part.chapters[1:])),)), "pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert max(len(re.findall(r"第\s*\d+\s*次", text)) for text in pages) < 50


def test_the_index_names_every_article_that_a_case_applies(column: Column) -> None:
    book = compilation_of(column, "cases")
    listed = {
        (law.title, article, name) for law in book.index for article, places in law.articles for _, name in places
    }
    laws = column.content.entries["regulations"]
    applied = {
        (laws[cited.regulation].meta.title, cited.article, slug)
        for slug, case in column.content.entries["cases"].items()
        for cited in case.meta.articles
        if not isinstance(cited, str)
    }
    assert listed == applied != set()
    shown = [chapter.id for part in book.parts for chapter in part.chapters]
    assert sorted(shown) == sorted(column.content.entries["cases"])
    assert len(shown) == book.count


def test_what_is_noted_at_a_sum_stands_behind_it(column: Column) -> None:
    noted = {
        slug: f"（{case.meta.amount.note['zh']}）"
        for slug, case in column.content.entries["cases"].items()
        if case.meta.amount and case.meta.amount.note
    }
    assert noted
    chapters = {one.id: one for part in compilation_of(column, "cases").parts for one in part.chapters}
    rows = {slug: [value for _, value in chapters[slug].rows] for slug in noted}
    assert [slug for slug, note in noted.items() if not any(value.endswith(note) for value in rows[slug])] == []


def test_what_is_under_embargo_is_in_no_book(project: Path) -> None:
    case = project / "content/shared/cases/caster-drawings-2006.md"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("\nreview:\n", "\nembargo: 2999-12-31\nreview:\n", 1), encoding="utf-8")
    book = compilation_of(sound_column(Project(project), "guanxian"), "cases")
    assert "caster-drawings-2006" not in repr(book)


@pytest.mark.parametrize("language", ["", "en/"])
def test_collections_offer_their_books(site: Path, language: str) -> None:
    for collection in COLLECTIONS:
        index = site / language / collection / "index.html"
        links = BeautifulSoup(index.read_text(encoding="utf-8"), "html.parser").select(".compilation a")
        files = [(index.parent / str(link["href"])).resolve() for link in links]
        assert files == [site / collection / f"compilation.{form}" for form in volumes.FORMATS]
        assert all(file.is_file() for file in files)
