"""Reference texts as Word documents: they open, and say what the page says."""

from pathlib import Path

import docx
import icalendar
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from publicity.load import load
from publicity.project import Project

_, CONTENT, _ = load(Project(ROOT), "jiangbei")
TEMPLATES = sorted(CONTENT.entries["templates"])


@pytest.mark.parametrize("slug", TEMPLATES)
def test_document_opens_with_its_headings_lists_and_tables(site: Path, slug: str) -> None:
    soup = BeautifulSoup((site / "templates" / slug / "index.html").read_text(encoding="utf-8"), "html.parser")
    link = soup.select_one("a[download]")
    file = (site / "templates" / slug / link["href"]).resolve()
    document = docx.Document(str(file))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    prose = soup.select_one(".prose")
    assert headings == [one.get_text(strip=True) for one in prose.find_all(["h2", "h3", "h4"])]
    assert len(document.tables) == len(prose.find_all("table"))
    assert document.paragraphs[0].text == soup.h1.get_text(strip=True)


def test_every_item_of_sections_one_to_five_has_a_reference_text() -> None:
    standard = CONTENT.standards["chongqing-2023"].standard
    wanted = {item for item in standard.item_by_id if item[0] in "12345"} | {"6.2.1", "6.3.1"}
    offered = {item for one in CONTENT.entries["templates"].values() for item in one.meta.supports}
    assert wanted - offered == set()


def test_there_is_as_much_as_was_promised() -> None:
    least = {
        "cases": 12,
        "countries": 15,
        "regulations": 18,
        "templates": 14,
        "guides": 6,
        "newsletter": 3,
        "alerts": 4,
    }
    assert {name: len(CONTENT.entries[name]) >= number for name, number in least.items()} == dict.fromkeys(least, True)


def test_events_can_be_added_to_a_calendar(site: Path) -> None:
    for slug, document in CONTENT.entries["events"].items():
        soup = BeautifulSoup((site / "en" / "events" / slug / "index.html").read_text(encoding="utf-8"), "html.parser")
        file = (site / "en" / "events" / slug / soup.select_one("a[download]")["href"]).resolve()
        (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        assert event.decoded("dtstart") == document.meta.start
        assert str(event["summary"]) == document.meta.title


@pytest.mark.parametrize("page", ["stations", "units", "events/sample-training", "newsletter/issue-1"])
@pytest.mark.parametrize("language", ["", "en"])
def test_samples_say_that_they_are(site: Path, page: str, language: str) -> None:
    soup = BeautifulSoup((site / language / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {"": "示例", "en": "Sample"}[language] in soup.select_one(".notice").get_text()
