"""Questions: the short answer first, the law with it, what to do next; shown where they belong."""

import posixpath
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT
from publicity.models import Question, Regulation
from publicity.project import Project
from publicity.read.load import load
from publicity.search.extract import page_text

CONTENT = load(Project(ROOT), "jiangbei").content


def _soup(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize(
    ("language", "next_step"),
    [("", "拿不准的，先书面问原单位"), ("en/", "When in doubt ask the former employer in writing")],
)
def test_the_answer_stands_before_all_else(site: Path, language: str, next_step: str) -> None:
    soup = _soup(site, f"{language}questions/skills-and-experience")
    document = CONTENT.entries["questions"]["skills-and-experience"]
    meta = document.translation.meta if language else document.meta
    answer = soup.select_one("main h1 ~ section p")
    assert (soup.h1.get_text(), answer.get_text()) == (meta.title, meta.summary)
    assert next_step in soup.select_one(".answer ol li").get_text()


def test_the_law_leads_to_its_article(site: Path) -> None:
    links = [link["href"] for link in _soup(site, "questions/skills-and-experience").select(".particulars .cited a")]
    assert links[0] == "../../regulations/anti-unfair-competition-law-2025/#article-10"


def test_entries_show_the_questions_that_name_them(site: Path) -> None:
    for slug, document in CONTENT.entries["questions"].items():
        for entry in document.meta_as(Question).entries:
            links = [link["href"] for link in _soup(site, entry).select(".asked a")]
            assert f"{posixpath.relpath(f'questions/{slug}', entry)}/" in links, entry


def test_a_law_that_is_not_known_to_be_in_force_says_so_where_a_question_names_it(site: Path) -> None:
    laws = CONTENT.entries["regulations"]
    named = [
        (slug, name)
        for slug, document in CONTENT.entries["questions"].items()
        for name in document.meta_as(Question).entries
        if name.startswith("regulations/")
        and laws[name.removeprefix("regulations/")].meta_as(Regulation).status == "unverified"
    ]
    assert named
    for slug, name in named:
        cards = _soup(site, f"questions/{slug}").select(".related .card")
        card = next(card for card in cards if f"../../{name}/" in card.a["href"])
        assert "效力待核实" in [badge.get_text() for badge in card.select(".badge")], slug


def test_every_question_has_its_english(site: Path) -> None:
    missing = [slug for slug, document in CONTENT.entries["questions"].items() if document.translation is None]
    assert missing == []


def test_a_page_without_a_text_lists_no_contents_of_another(site: Path) -> None:
    links = [link["href"] for link in _soup(site, "questions/patent-or-secret").select(".toc a")]
    assert links == ["#answer", "#steps", "#variants", "#related"]


def test_contents_of_one_entry_are_not_listed(site: Path) -> None:
    for page in site.rglob("index.html"):
        links = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("nav.toc li")
        assert len(links) != 1, page


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_search_finds_what_questions_say_and_not_their_particulars(site: Path, folder: str) -> None:
    for slug in CONTENT.entries["questions"]:
        file = site / folder / "questions" / slug / "index.html"
        text = page_text(LexborHTMLParser(file.read_bytes()))
        last = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select(".answer li")[-1]
        steps = next(section for section in text.sections if section.anchor == "steps")
        assert steps.text.splitlines()[-1] == last.get_text(), slug


@pytest.mark.parametrize(
    "path", ["regulations/anti-unfair-competition-law-2025", "cases/carbomer-2020", "guides/evidence"]
)
def test_a_search_finds_no_day_and_source_of_the_column_itself(site: Path, path: str) -> None:
    text = page_text(LexborHTMLParser((site / path / "index.html").read_bytes()))
    first = text.sections[0].text.splitlines()
    assert first
    assert {"来源", "发布日期", "本站发布日期", "内容更新于"}.isdisjoint(first)
