"""What a page loads of styles: little, and those of the assessment and of the newsletter only where they are."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from conftest import ROOT
from publicity.publish.release import is_immutable

ASSESSMENT = ["assessment/index.html", "en/assessment/index.html"]
MOST = 13_000
"""Bytes of styles that any other page may load, compressed."""


@pytest.fixture(name="sheets", scope="module")
def _sheets(site: Path) -> dict[str, list[str]]:
    """The stylesheets that each page links, by their addresses in the site."""
    return {page.relative_to(site).as_posix(): _linked(page, site) for page in sorted(site.rglob("*.html"))}


def _linked(page: Path, site: Path) -> list[str]:
    # An error page names what it loads from the root, and lies there.
    base = "/" + page.relative_to(site).as_posix()
    links = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser", parse_only=SoupStrainer("link"))
    return [urljoin(base, str(link["href"])).lstrip("/") for link in links.find_all("link", rel="stylesheet")]


def _file(site: Path, address: str) -> Path:
    return site / address


def _name(address: str) -> str:
    """An address without what its content adds to it."""
    return re.sub(r"/[0-9a-f]{16}/", "/", address)


def test_only_the_assessment_links_its_own_sheet_after_that_of_all_pages(sheets: dict[str, list[str]]) -> None:
    names = {page: [_name(address) for address in linked] for page, linked in sheets.items()}
    assert [page for page, linked in names.items() if "assets/assessment.css" in linked] == ASSESSMENT
    assert all(names[page] == ["assets/site.css", "assets/assessment.css"] for page in ASSESSMENT)
    assert {linked[0] for linked in names.values()} == {"assets/site.css"}


def test_only_the_newsletter_links_its_sheets(sheets: dict[str, list[str]]) -> None:
    issues = {page for page in sheets if re.search(r"(^|/)newsletter/issue-", page)}
    shelves = {page for page in sheets if re.search(r"(^|/)newsletter/index\.html$", page)}
    for name, pages in (("issue", issues), ("shelf", shelves)):
        linking = {page for page, linked in sheets.items() if f"assets/{name}.css" in map(_name, linked)}
        assert linking == pages != set()


def test_only_the_quiz_links_its_sheet(sheets: dict[str, list[str]]) -> None:
    linking = {page for page, linked in sheets.items() if "assets/training.css" in map(_name, linked)}
    assert linking == {"training/index.html", "en/training/index.html"}


def test_all_assets_lie_where_their_content_says(site: Path) -> None:
    files = [file.relative_to(site).as_posix() for file in (site / "assets").rglob("*") if file.is_file()]
    assert [file for file in files if not is_immutable(file)] == []
    assert len({file.split("/")[1] for file in files if "/filters-" not in file}) == 1
    scripts = [file.read_text(encoding="utf-8") for file in (site / "assets").rglob("*.js")]
    assert [text for text in scripts if "?v=" in text or "import.meta.url).search" in text] == []


def test_every_other_page_loads_little(site: Path, sheets: dict[str, list[str]]) -> None:
    weights = {
        page: sum(len(gzip.compress(_file(site, address).read_bytes(), 9)) for address in linked)
        for page, linked in sheets.items()
        if page not in ASSESSMENT
    }
    assert {page: weight for page, weight in weights.items() if weight > MOST} == {}


def test_every_part_is_in_one_sheet(site: Path) -> None:
    parts = sorted((ROOT / "docs" / "assets" / "css").rglob("*.css"))
    sheets = [
        next(site.glob(f"assets/*/{name}.css")).read_text(encoding="utf-8")
        for name in ("site", "assessment", "shelf", "issue", "countries", "policy", "plan", "charts", "training")
    ]
    rules = {
        part: [line for line in part.read_text(encoding="utf-8").splitlines() if "/*" not in line] for part in parts
    }
    longest = {part: max(lines, key=len) for part, lines in rules.items()}
    assert {part: sum(line in sheet for sheet in sheets) for part, line in longest.items()} == dict.fromkeys(longest, 1)
