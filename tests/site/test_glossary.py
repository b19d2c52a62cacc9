"""The glossary: its page, and the links that lead to it."""

import re
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOT
from publicity.project import Project
from publicity.read.load import load

CONTENT = load(Project(ROOT), "jiangbei").content
assert CONTENT.glossary
TERMS = {term.id: term for term in CONTENT.glossary.terms}


def _soup(site: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")


def _links(soup: BeautifulSoup) -> list[tuple[str, Tag]]:
    found = [(re.search(r"glossary/#(.+)$", link["href"]), link) for link in soup.select(".prose a[href]")]
    return [(match[1], link) for match, link in found if match]


@pytest.mark.parametrize(("page", "language"), [("glossary", "zh"), ("en/glossary", "en")])
def test_every_term_has_its_definition_its_source_and_its_regulation(site: Path, page: str, language: str) -> None:
    soup = _soup(site, page)
    assert [term["id"] for term in soup.select(".glossary > div")] == list(TERMS)
    for identity, term in TERMS.items():
        text = soup.find(id=identity).get_text()
        for words in (term.term.zh, term.term.en, term.definition[language], term.source.name[language]):
            assert words in text, identity
        assert not term.regulation or soup.find(id=identity).select(f'a[href*="regulations/{term.regulation}/"]')


def test_the_first_occurrence_of_a_term_leads_to_its_definition(site: Path) -> None:
    for page in ("guides/evidence", "templates/trade-secret-inventory", "cases/vanillin-2021"):
        soup = _soup(site, page)
        links = _links(soup)
        assert links, page
        assert len({identity for identity, _ in links}) == len(links), page
        for identity, link in links:
            term = TERMS[identity]
            words = link.get_text()
            assert words in (term.term.zh, *term.also)
            assert link["title"] == term.definition.zh  # the link's accessible description
            assert not link.find_parent(["h2", "h3", "h4", "code", "a"])
            earlier = [
                text
                for text in link.find_all_previous(string=re.compile(words))
                if not text.find_parent(["h2", "h3", "h4", "a"])
            ]
            earlier = [text for text in earlier if text.find_parent(class_="prose")]
            assert earlier == [], (page, words)


@pytest.mark.parametrize(
    "page",
    [
        "policies/jbfbf-2023-65",
        "interpretations/jbfbf-2023-65-jiedu",
        "countries/korea",
        "alerts/korea-2027-amendment",
        "cases/motorola-v-hytera-2024",
    ],
)
def test_official_texts_and_foreign_law_carry_no_links_to_terms(site: Path, page: str) -> None:
    assert _links(_soup(site, page)) == []


def test_a_word_document_carries_no_links_to_terms(site: Path) -> None:
    for file in (site / "templates").glob("*.docx"):
        targets = [relation.target_ref for relation in docx.Document(str(file)).part.rels.values()]
        assert not [target for target in targets if "glossary" in target], file
