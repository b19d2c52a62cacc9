"""Calendar files, read back by ical.js, the reader of Thunderbird, which is not what writes them."""

import datetime
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.finish.calendars import calendar_of, event_of
from publicity.models import LANGUAGES, Event, Translation
from publicity.read.content import Document, TranslatedDocument
from publicity.read.source import Source

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import { createInterface } from "node:readline";
import ICAL from "ical.js";
ICAL.design.strict = true;
for await (const line of createInterface({ input: process.stdin })) {
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const [event, ...others] = calendar.getAllSubcomponents("vevent");
  const values = Object.fromEntries(event.getAllProperties().map((one) => [one.name, String(one.getFirstValue())]));
  const { startDate, endDate } = new ICAL.Event(event);
  const utc = (time) => (time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString());
  console.log(JSON.stringify({ ...values, others: others.length, version: calendar.getFirstPropertyValue("version"),
    zones: calendar.getAllSubcomponents("vtimezone").map((one) => one.getFirstPropertyValue("tzid")), begins: utc(startDate), ends: utc(endDate) }));
}
"""
FIELDS = {
    "title": "专题讲座",
    "published": "2026-10-08",
    "summary": "讲座摘要。",
    "start": "2026-12-10 09:00",
    "end": "2026-12-10 11:30",
    "place": {"zh": "示例会议室", "en": "Sample room"},
    "address": "示例路1号",
    "source": {"name": "示例", "checked": "2026-10-08"},
    "review": {"status": "pending"},
}
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["C", "Z"]), st.sampled_from(" ,;:\\\"'n甲🙂")), min_size=1, max_size=120
).map(lambda text: f"甲{text}".strip())


class Reader:
    """ical.js in Node, given a calendar a line."""

    def __init__(self) -> None:
        command = ["node", "--input-type=module", "--eval", PROGRAM]
        self._node = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
        )

    def read(self, text: str) -> dict[str, Any]:
        """What it says of the event in a calendar."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(text) + "\n")
        answer: dict[str, Any] = json.loads(self._node.stdout.readline())
        return answer

    def close(self) -> None:
        """End Node."""
        self._node.kill()
        self._node.communicate()


@pytest.fixture(name="reader", scope="module")
def _reader() -> Iterator[Reader]:
    running = Reader()
    yield running
    running.close()


def _written(language: str = "zh", url: str | None = None, **fields: Any) -> str:
    """The calendar file of an event; a field that is None is left out."""
    data = {name: value for name, value in (FIELDS | fields).items() if value is not None}
    source = Source("content/sample/events/lecture.md", data, {}, "", 1)
    translation = Translation.model_validate({"title": "Lecture", "summary": "Summary."})
    meta = Event.model_validate(data)
    document = Document("events/lecture.md", source, meta, TranslatedDocument(source, translation))
    calendar = calendar_of(event_of(document, "sample", language, url), "示例局")  # type: ignore[arg-type]
    return calendar.to_ical().decode()


@pytest.mark.parametrize(
    ("start", "end", "begins", "ends", "zones"),
    [
        ("2026-12-10 09:00", "2026-12-10 11:30", "2026-12-10T01:00:00Z", "2026-12-10T03:30:00Z", ["Asia/Shanghai"]),
        ("2026-12-10 07:59", "2026-12-12 00:00", "2026-12-09T23:59:00Z", "2026-12-11T16:00:00Z", ["Asia/Shanghai"]),
        ("2026-12-10 09:00", None, "2026-12-10T01:00:00Z", "2026-12-10T01:00:00Z", ["Asia/Shanghai"]),
        ("2026-12-31", None, "2026-12-31", "2027-01-01", []),
        ("2028-02-28", "2028-02-29", "2028-02-28", "2028-03-01", []),
    ],
)
def test_times_are_chinas_and_days_end_with_the_day_after(
    reader: Reader, start: str, end: str | None, begins: str, ends: str, zones: list[str]
) -> None:
    read = reader.read(_written(start=start, end=end))
    assert (read["begins"], read["ends"], read["zones"]) == (begins, ends, zones)
    assert (read["version"], read["others"]) == ("2.0", 0)


def test_the_zone_has_the_offset_that_a_reader_without_a_list_of_zones_needs() -> None:
    text = _written()
    assert re.findall(r"^TZOFFSET(?:FROM|TO):(.*)\r$", text, re.MULTILINE) == ["+0800", "+0800"]
    assert "DTSTART;TZID=Asia/Shanghai:20261210T090000\r\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_calendar_shows_is_in_its_language(reader: Reader, language: str) -> None:
    contact = {"name": {"zh": "示例科", "en": "Sample Section"}, "phone": "010-12345678"}
    address = "https://meeting.example.com/x?a=1;b=2,3"
    read = reader.read(_written(language, "https://example.gov.cn/events/x/", online=address, contact=contact))
    shown = {name: read[name] for name in ("summary", "description", "location", "contact", "url")}
    assert (
        shown
        == {
            "zh": {
                "summary": "专题讲座",
                "description": f"讲座摘要。\n{address}",
                "location": "示例会议室，示例路1号",
                "contact": "示例科 010-12345678",
                "url": "https://example.gov.cn/events/x/",
            },
            "en": {
                "summary": "Lecture",
                "description": f"Summary.\n{address}",
                "location": "Sample room, 示例路1号",
                "contact": "Sample Section 010-12345678",
                "url": "https://example.gov.cn/events/x/",
            },
        }[language]
    )


def test_the_place_of_an_online_event_is_its_address_once_there_is_one(reader: Reader) -> None:
    nowhere = {"place": None, "address": None}
    assert reader.read(_written(**nowhere, online="待通知"))["location"] == "线上"
    assert reader.read(_written(**nowhere, online="https://example.com/x"))["location"] == "https://example.com/x"


def test_a_change_is_a_later_version_of_the_same_event(reader: Reader) -> None:
    first, again = _written(), _written()
    assert first == again
    changed = reader.read(_written(history=[{"date": "2026-11-02", "note": "改期。"}], start="2026-12-10 08:00"))
    before = reader.read(first)
    assert changed["uid"] == before["uid"]
    assert (before["dtstamp"], before["sequence"]) == ("2026-10-08T00:00:00Z", "0")
    assert (changed["dtstamp"], changed["sequence"]) == ("2026-11-02T00:00:00Z", "1")


@given(title=TEXTS.map(lambda text: text[:100]), summary=TEXTS, place=TEXTS)
def test_any_text_comes_back_as_it_was(reader: Reader, title: str, summary: str, place: str) -> None:
    text = _written(title=title, summary=summary, place=place, address=None)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    read = reader.read(text)
    assert [read[name] for name in ("summary", "description", "location")] == [title, summary, place]


@given(
    start=st.datetimes(datetime.datetime.fromisoformat("1992-01-01"), datetime.datetime.fromisoformat("2999-01-01")),
    minutes=st.integers(1, 60 * 24 * 30),
)
def test_any_time_comes_back_as_it_was(reader: Reader, start: datetime.datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + datetime.timedelta(minutes=minutes)
    read = reader.read(_written(start=f"{start:%Y-%m-%d %H:%M}", end=f"{end:%Y-%m-%d %H:%M}"))
    offset = datetime.timedelta(hours=8)
    assert [read["begins"], read["ends"]] == [f"{(one - offset):%Y-%m-%dT%H:%M}:00Z" for one in (start, end)]
