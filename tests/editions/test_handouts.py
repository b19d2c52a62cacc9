"""Single entries to take away: all of the text in each form, wide tables on pages on their side, links to what is there."""

import io
from dataclasses import replace
from itertools import chain
from pathlib import Path

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup
from docx.enum.section import WD_ORIENT
from docx.table import Table

from conftest import ROOT
from editions.test_editions import bare, in_order
from publicity.check import sound_column
from publicity.editions.books import handouts
from publicity.editions.books.handouts import FORMATS, Handout, handout_of
from publicity.project import Project
from publicity.read.content import Column
from publicity.stage import stage
from publicity.word.tables import WIDE


@pytest.fixture(name="column", scope="module")
def _column() -> Column:
    return sound_column(Project(ROOT), "guanxian")


def _handout(column: Column, collection: str, slug: str) -> Handout:
    return handout_of(column, column.content.entries[collection][slug])


def _paragraphs(body: str) -> list[str]:
    return [text for tag in BeautifulSoup(body, "html.parser").find_all(["p", "li", "td", "h2"]) if (text := tag.text)]


def test_a_guide_is_whole_as_word_and_as_pdf_and_the_same_each_time(column: Column) -> None:
    guide = _handout(column, "guides", "evidence")
    said = [guide.title, guide.summary, *_paragraphs(guide.body), guide.source, guide.date]
    word = handouts.make(guide, "docx")
    body = docx.Document(io.BytesIO(word)).element.body
    assert in_order("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")), said) == []
    pdf = handouts.make(guide, "pdf")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = bare("".join(page.extract_text() for page in reader.pages))
    assert [one for one in said if bare(one)[:12] not in text] == []
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata
    assert reader.metadata.title == guide.title
    assert handouts.make(guide, "docx") == word
    assert handouts.make(guide, "pdf") == pdf


def test_pictures_are_told_and_notes_lead_nowhere_back(column: Column) -> None:
    known = column.content.entries["guides"]["evidence"]
    body = "照图登记[^1]，再登记[^1]：\n\n![登记的“四步”](steps.png)\n\n[^1]: 见附件。\n"
    guide = handout_of(column, replace(known, source=replace(known.source, body=body)))
    told = ["照图登记1，再登记1：", "（图略，见网页：登记的“四步”）", "见附件。"]
    paragraphs = docx.Document(io.BytesIO(handouts.make(guide, "docx"))).paragraphs
    said = [text for one in paragraphs if (text := one.text)]
    assert said[said.index(guide.summary) + 1 : -2] == told


def test_only_the_pages_of_a_wide_table_lie_on_their_side(column: Column) -> None:
    agreement = _handout(column, "templates", "mutual-nda")
    pages = pypdf.PdfReader(io.BytesIO(handouts.make(agreement, "pdf"))).pages
    wide = [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]
    assert 0 < len(wide) < len(pages)
    assert "返还或者销毁日期" in bare("".join(wide))
    assert bare(agreement.summary) not in bare("".join(page.extract_text() for page in pages))  # a form is to be signed


def test_only_the_sections_of_a_wide_table_lie_on_their_side_in_word(column: Column) -> None:
    turned: dict[str, list[bool]] = {}
    for slug in column.content.entries["guides"]:
        document = docx.Document(io.BytesIO(handouts.make(_handout(column, "guides", slug), "docx")))
        turned[slug] = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
        for section, is_turned in zip(document.sections, turned[slug], strict=True):
            tables = [part for part in section.iter_inner_content() if isinstance(part, Table)]
            assert is_turned == any(len(table.columns) >= WIDE for table in tables)
            assert (section.page_width > section.page_height) == is_turned
            assert section.footer.part == document.sections[-1].footer.part
    wide = {"evidence": [False, True], "liaison-handbook": [False, True, False]}
    assert turned == {slug: [False] for slug in turned} | wide


def test_columns_of_a_guide_are_as_wide_as_what_they_hold_asks_for(column: Column) -> None:
    document = docx.Document(io.BytesIO(handouts.make(_handout(column, "guides", "liaison-handbook"), "docx")))
    companies, calendar, questions = ([column.width for column in table.columns] for table in document.tables)
    assert companies[0] < companies[3]  # 序号, 联系人及方式
    assert calendar[0] < calendar[1] / 2  # 时间, 工作
    assert questions[0] < questions[3]  # 日期, 答复或者转办去向


def test_a_page_links_to_what_lies_beside_it_and_to_nothing_else(column: Column, tmp_path: Path) -> None:
    file = tmp_path / "some"
    file.write_bytes(b"x" * 2000)
    there = {"guides/evidence.pdf": file, "guides/evidence.docx": file}
    pages = dict(make() for _, make in chain(*stage(column, {"templates/mutual-nda.docx": file}, frozenset(), there)))
    assert '"url": "guides/evidence.docx"' in pages["zh/guides/evidence.md"]
    assert '"url": "guides/evidence.pdf"' in pages["en/guides/evidence.md"]
    assert '"url": "templates/mutual-nda.docx"' in pages["zh/templates/mutual-nda.md"]
    assert "mutual-nda.pdf" not in pages["zh/templates/mutual-nda.md"]
    assert '"downloads": []' in pages["zh/guides/leak-response.md"]


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_guide_and_reference_text_offers_word_and_pdf(site: Path, language: str) -> None:
    for collection in FORMATS:
        pages = sorted((site / language / collection).glob("*/index.html"))
        assert pages
        for page in pages:
            links = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".download a[download]")
            files = [(page.parent / str(link["href"])).resolve() for link in links]
            assert files == [site / collection / f"{page.parent.name}.{form}" for form in ("docx", "pdf")]
            assert all(file.is_file() for file in files)
