"""Official documents are verbatim: the published text is the source, but for the corrections that the page lists."""

import re
import unicodedata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from publicity.read.source import parse_markdown, read_yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests" / "fixtures" / "sources"
TEXTS = {
    "policies/jbfbf-2023-65": "jiangbei-policy.txt",
    "interpretations/jbfbf-2023-65-jiedu": "jiangbei-interpretation.txt",
}
GUANXIAN = {"policies/gzbf-2023-22": "guanxian-policy.txt"}


def _letters(text: str) -> str:
    """Characters only: widths of punctuation and white space do not count."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("page", TEXTS)
def test_published_text_is_the_source(site: Path, page: str) -> None:
    _compare(site, "jiangbei", page, TEXTS[page])


@pytest.mark.parametrize("page", GUANXIAN)
def test_the_second_region_is_verbatim_too(guanxian: Path, page: str) -> None:
    _compare(guanxian, "guanxian", page, GUANXIAN[page])


def _compare(site: Path, region: str, page: str, original: str) -> None:
    """The page's text is the source's, once the recorded corrections are undone."""
    soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    published = _letters(soup.select_one(".official").get_text())
    source, _ = parse_markdown((ROOT / "content" / region / f"{page}.md").read_text(encoding="utf-8"), page)
    assert isinstance(source.data, dict)
    for correction in source.data["corrections"]:
        if correction.get("corrected"):
            corrected = _letters(correction["corrected"])
            assert published.count(corrected) == 1, corrected
            published = published.replace(corrected, _letters(correction["printed"]))
    assert published == _letters((SOURCES / original).read_text(encoding="utf-8"))


def test_corrections_are_shown(site: Path) -> None:
    soup = BeautifulSoup((site / "policies/jbfbf-2023-65/index.html").read_text(encoding="utf-8"), "html.parser")
    shown = soup.select_one(".corrections")
    assert shown.select_one("del").get_text() == "制度创断"
    assert shown.select_one("ins").get_text() == "制度创新"


def test_annex_is_the_standard(site: Path) -> None:
    source, _ = read_yaml(ROOT / "scoring_wasm/standards/chongqing-2023.yml", "standard")
    standard = source.data
    assert isinstance(standard, dict)
    for page in ("policies/jbfbf-2023-65", "en/policies/jbfbf-2023-65"):
        soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
        table = soup.select_one("table.standard")
        rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
        items = [item for section in standard["sections"] for group in section["groups"] for item in group["items"]]
        assert [(row[-2], row[-1]) for row in rows] == [(item["text"], f"{item['points']}□") for item in items]
        text = table.get_text()
        for section in standard["sections"]:
            assert section["title"] in text
            assert (section["standard"] or section["merged_cell"]) in text
            assert all(group["title"] is None or group["title"] in text for group in section["groups"])


def test_policy_and_interpretation_link_to_each_other(site: Path) -> None:
    for page, other in (list(TEXTS), list(TEXTS)[::-1]):
        soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
        assert f"../../{other}/" in [link["href"] for link in soup.select(".related a")]


@pytest.mark.parametrize("page", [f"en/{page}" for page in TEXTS])
def test_english_is_marked_as_unofficial(site: Path, page: str) -> None:
    soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert "Unofficial translation" in soup.select_one(".notice").get_text()
    assert soup.select_one(".official")["lang"] == "en"


def test_an_official_translation_is_called_so(addressed: Path) -> None:
    soup = BeautifulSoup(
        (addressed / "en/policies/jbfbf-2023-65/index.html").read_text(encoding="utf-8"), "html.parser"
    )
    assert soup.select_one(".notice .badge").get_text() == "Official translation"


@pytest.mark.parametrize("page", ["policies/jbfbf-2023-65", "en/policies/jbfbf-2023-65"])
def test_what_editors_note_of_the_particulars_stands_at_the_foot_and_leads_back(site: Path, page: str) -> None:
    soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    notes = soup.select(".particulars .noted")
    assert len(notes) == len(soup.select(".editor-notes li")) == 2
    for note in notes:
        assert soup.select_one(f".editor-notes li{note['href']} > a")["href"] == f"#{note['id']}"
    assert len(soup.select(".particulars small")) == 1  # the day on which the source was checked
