"""Events and alerts as the day goes by: what comes, what is on, what is over; and a calendar that knows its zone."""

import datetime
import shutil
from pathlib import Path

import icalendar
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, run_publicity

_HEAD = """---
title: {title}
published: 2026-01-02
summary: 一次示例培训。
{fields}
source: {{name: 示例, checked: 2026-01-02}}
review: {{status: pending}}
---

正文。
"""
_ENTRIES = {
    "events/lecture": ("示例讲座", "start: 2026-03-01\nplace: {zh: 示例地点, en: Sample place}"),
    "events/course": (
        "示例课程",
        "start: 2026-03-10\nend: 2026-03-11\nbegins: '14:00'\nends: '09:30'\nplace: {zh: 线上, en: Online}\n"
        "online: https://www.example.gov.cn/live\nreplay: https://www.example.gov.cn/replay\n"
        "registration: {url: 'https://www.example.gov.cn/form', phone: '12315', deadline: 2026-03-05, places: 60}",
    ),
    "alerts/first": ("示例提示一", "level: info\nexpires: 2026-03-04"),
    "alerts/second": ("示例提示二", "level: info\nexpires: 2026-12-31\npublished: 2026-01-01"),
}
_HISTORY = """
targets:
  - id: units
    name: {zh: 示范单位, en: Units}
    value: 50
    unit: {zh: 家, en: units}
    comparison: at_least
    quote: 示例
    due: 2026
    source: {name: 示例, checked: 2026-01-02}
    progress:
      value: 40
      as_of: 2026-01-01
      source: {name: 示例三, checked: 2026-01-02}
      history:
        - {value: 10, as_of: 2024-01-01, source: {name: 示例一, checked: 2026-01-02}}
        - {value: 30, as_of: 2025-01-01, source: {name: 示例二, checked: 2026-01-02}}
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small region on three days."""
    project = tmp_path_factory.mktemp("events") / "project"
    shutil.copytree(ROOT / "tests" / "fixtures" / "base" / "content", project / "content")
    for name in ("docs", "overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json"):
        shutil.copy(ROOT / name, project)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    mini = project / "content" / "mini"
    for path, (title, fields) in _ENTRIES.items():
        file = mini / f"{path}.md"
        file.parent.mkdir(exist_ok=True)
        text = _HEAD.format(title=title, fields=fields)
        file.write_text(
            text.replace("published: 2026-01-02\n", "", "published: 2026-01-01" in fields), encoding="utf-8"
        )
    region = (mini / "region.yml").read_text(encoding="utf-8")
    navigation = "[policies, interpretations, events, alerts, progress, about]"
    (mini / "region.yml").write_text(
        region.replace("[policies, interpretations, about]", navigation) + _HISTORY, encoding="utf-8"
    )
    built = {}
    for day in ("2026-02-01", "2026-03-06", "2026-04-01"):
        built[day] = project.parent / day
        done = run_publicity("build", "mini", "--out", str(built[day]), "--today", day, cwd=project)
        assert done.returncode == 0, done.stderr
    return built


def _page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")


def _list(site: Path, path: str) -> list[tuple[str, str]]:
    """The entries of an index with what it tells of them, in its order."""
    cards = _page(site, path).select(".results .card")
    facts = [card.select_one(".card-facts") for card in cards]
    return [
        (card.find(["h2", "h3"]).get_text(), fact.get_text(" ", strip=True).replace("\u00a0", " ") if fact else "")
        for card, fact in zip(cards, facts, strict=True)
    ]


def test_what_is_over_stands_last_and_says_so(sites: dict[str, Path]) -> None:
    course = "2026年3月10日 14:00至2026年3月11日 09:30 · 线上"
    assert _list(sites["2026-02-01"], "events") == [
        ("示例讲座", "2026年3月1日 · 示例地点"),
        ("示例课程", course),
    ]
    assert _list(sites["2026-03-06"], "events") == [
        ("示例课程", f"报名已截止 · {course}"),
        ("示例讲座", "已结束 · 2026年3月1日 · 示例地点"),
    ]
    assert [title for title, _ in _list(sites["2026-04-01"], "events")] == ["示例课程", "示例讲座"]
    assert _list(sites["2026-04-01"], "en/events")[0][1].startswith("Over · 10 March 2026 14:00 to 11 March 2026 09:30")


def test_an_event_says_how_to_take_part_until_the_deadline(sites: dict[str, Path]) -> None:
    before, after, past = (
        _page(site, "events/course").select_one(".particulars").get_text(" ", strip=True) for site in sites.values()
    )
    assert "网上报名" in before
    assert "报名电话 12315" in before
    assert "名额 60人" in before
    assert "报名已截止" not in before
    assert "报名截止 2026年3月5日 报名已截止" in after
    assert "网上报名" not in after
    assert "已结束" in past
    assert "报名" not in past
    assert "回放" in past


def test_expired_alerts_are_marked_and_stand_last(sites: dict[str, Path]) -> None:
    assert _list(sites["2026-02-01"], "alerts") == [("示例提示一", ""), ("示例提示二", "")]
    assert _list(sites["2026-03-06"], "alerts") == [("示例提示二", ""), ("示例提示一", "已失效")]


def test_a_calendar_names_china_time(sites: dict[str, Path]) -> None:
    text = (sites["2026-02-01"] / "events/course/event.ics").read_text(encoding="utf-8")
    assert "DTSTART;TZID=Asia/Shanghai:20260310T140000" in text.splitlines()
    assert "TZID:Asia/Shanghai" in text.splitlines()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    begins, ends = (event.decoded(name).astimezone(datetime.UTC) for name in ("dtstart", "dtend"))
    assert (begins.isoformat(), ends.isoformat()) == ("2026-03-10T06:00:00+00:00", "2026-03-11T01:30:00+00:00")
    whole_days = (sites["2026-02-01"] / "events/lecture/event.ics").read_text(encoding="utf-8")
    assert "DTEND;VALUE=DATE:20260302" in whole_days.splitlines()


def test_figures_published_over_time_are_a_line_with_its_table(sites: dict[str, Path]) -> None:
    figure = _page(sites["2026-02-01"], "progress").select_one(".trend")
    assert [row.get_text(" ", strip=True) for row in figure.select("tbody tr")] == [
        "2024年1月1日 10家 示例一",
        "2025年1月1日 30家 示例二",
        "2026年1月1日 40家 示例三",
    ]
    assert figure.polyline["points"].split() == ["0.0,96.0", "160.2,48.0", "320.0,24.0"]
