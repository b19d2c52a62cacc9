"""Events, expired alerts and figures over time, by the day of the build."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image

from conftest import Shared
from helpers.events import build_events


@pytest.fixture(name="events", scope="module")
def _events(shared: Shared) -> Path:
    return shared.folder("events", build_events)


@pytest.fixture(name="later", scope="module")
def _later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on the day after the last registration closes."""
    return build_events(tmp_path_factory.mktemp("later"), "2026-12-09")


def _soup(site: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")


def _groups(soup: BeautifulSoup) -> dict[str, list[tuple[str, list[str]]]]:
    """The headings of an index, each with its entries and their badges but that of the review."""
    return {
        section.h2.get_text(): [
            (card.a["href"].strip("./"), [one.get_text() for one in card.select(".badge:not(.badge-pending)")])
            for card in section.select(".card")
        ]
        for section in soup.select(".results > section")
    }


def _particulars(soup: BeautifulSoup) -> dict[str, str]:
    return {row.dt.get_text(): row.dd.span.get_text() for row in soup.select(".particulars dl > div")}


def test_what_is_to_come_stands_first_and_what_is_over_last(events: Path, later: Path) -> None:
    assert _groups(_soup(events, "events")) == {
        "即将举行": [("now", ["今天举行"]), ("closed", []), ("lecture", [])],
        "已结束": [("past", ["已结束"]), ("past-earlier", ["已结束"])],
    }
    assert _groups(_soup(later, "en/events")) == {
        "Coming": [("lecture", [])],
        "Over": [(slug, ["Over"]) for slug in ("closed", "now", "past", "past-earlier")],
    }


@pytest.mark.parametrize(
    ("page", "when"),
    [
        ("events/lecture", "2026年12月10日（星期四）09:00至11:30"),
        ("en/events/lecture", "Thursday 10 December 2026, 09:00 to 11:30 (China time)"),
        ("events/closed", "2026年11月25日（星期三）至11月26日（星期四）"),
        ("en/events/closed", "Wednesday 25 November to Thursday 26 November 2026"),
        ("events/now", "2026年11月19日（星期四）09:00至11月21日（星期六）17:00"),
        ("events/past-earlier", "2026年10月10日（星期六）"),
    ],
)
def test_a_page_says_when_it_takes_place(events: Path, page: str, when: str) -> None:
    assert next(iter(_particulars(_soup(events, page)).values())) == when


def test_a_page_says_where_by_whom_and_how_to_take_part(events: Path) -> None:
    soup = _soup(events, "events/lecture")
    rows = _particulars(soup)
    assert [rows[name] for name in ("地点", "地址", "线上", "主办单位", "协办单位")] == [
        "示例区政务中心三楼会议室",
        "示例区示例路1号",
        "可线上参加",
        "示例区市场监督管理局",
        "示例区知识产权协会",
    ]
    attend = soup.select_one(".attend")
    register, call, join, ask = attend.select("a")
    for link, address in (
        (register, "https://www.example.com/baoming"),
        (join, "https://meeting.example.com/lecture?room=1&pass=2"),
    ):  # by the notice that the site is left
        assert link["data-outward"] == address
        assert link["href"].startswith("../../leaving/#")
    assert (call["href"], ask["href"]) == ("tel:010-12345678", "tel:010-12345678")
    assert [one.get_text() for one in attend.select("dd p")][-2:] == ["2026年12月8日（星期二）18:00截止", "名额60人"]
    assert _particulars(_soup(events, "events/now"))["线上"] == "可线上参加，网址待通知"


@pytest.mark.parametrize("language", ["", "en/"])
def test_codes_lead_phones_to_the_meeting_and_to_the_replay(events: Path, language: str) -> None:
    for slug, link in (("lecture", ".attend dd > a[data-outward*=meeting]"), ("past", ".download a[data-outward]")):
        soup = _soup(events, f"{language}events/{slug}")
        (code,) = soup.select(".qr figure svg:not(.page-end svg)")
        size = int(code["viewbox"].split()[-1])
        picture = Image.new("L", (size + 8, size + 8), 255)
        for y, row in re.findall(r"M0 (\d+)\.5([^M]*)", code.path["d"]):
            x = 4
            for sign, width in re.findall(r"([hm])(\d+)", row):
                if sign == "h":
                    picture.paste(0, (x, int(y) + 4, x + int(width), int(y) + 5))
                x += int(width)
        read = zxingcpp.read_barcodes(picture.resize((4 * picture.width, 4 * picture.height)))
        assert [one.text for one in read] == [soup.select_one(link)["data-outward"]]


def test_a_deadline_that_has_passed_says_so_and_no_way_to_register_is_left(events: Path, later: Path) -> None:
    closed = {
        (site, page): _soup(path, page)
        for site, path in (("events", events), ("later", later))
        for page in ("events/closed", "events/lecture")
    }
    told = {key: "报名已截止" in soup.select_one("article").get_text() for key, soup in closed.items()}
    assert told == {
        ("events", "events/closed"): True,
        ("events", "events/lecture"): False,
        ("later", "events/closed"): False,  # it is over, which says enough
        ("later", "events/lecture"): True,
    }
    lecture = closed["later", "events/lecture"]
    assert lecture.select_one(".attend .button") is None
    assert "报名已于2026年12月8日（星期二）18:00截止。" in lecture.select_one(".notice").get_text()


def test_what_is_over_says_so_and_offers_the_replay_alone(events: Path) -> None:
    soup = _soup(events, "events/past")
    assert "本次活动已于2026年10月20日结束。" in soup.select_one(".notice").get_text()
    assert soup.select_one(".attend") is None
    assert [one["data-outward"] for one in soup.select(".document-main .button")] == [
        "https://video.example.com/replay"
    ]
    assert (events / "events/past/event.ics").exists()  # an address that was published stays


def _schema(soup: BeautifulSoup) -> dict[str, Any]:
    graph = json.loads(soup.select_one('script[type="application/ld+json"]').string)["@graph"]
    return {one["@type"]: one for one in graph}


def test_search_engines_are_told_of_an_event(events: Path, site: Path) -> None:
    event = _schema(_soup(events, "events/lecture"))["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-12-10T09:00:00+08:00", "2026-12-10T11:30:00+08:00")
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [one["@type"] for one in event["location"]] == ["Place", "VirtualLocation"]
    assert event["location"][0]["address"] == "示例区示例路1号"
    days = _schema(_soup(events, "en/events/closed"))["Event"]
    assert (days["startDate"], days["endDate"]) == ("2026-11-25", "2026-11-26")
    assert "Event" not in _schema(_soup(site, "events/sample-training"))  # a sample never takes place


def test_home_shows_what_is_to_come(events: Path, later: Path) -> None:
    for path in (events, later):
        cards = _soup(path, "").select("#latest ~ .cards .card")
        shown = [card.a["href"].strip("./") for card in cards if "events/" in card.a["href"]]
        assert shown == ["events/lecture"]
        lecture = next(card for card in cards if "events/" in card.a["href"])
        assert "2026年12月10日（星期四）09:00至11:30" in lecture.select_one(".card-facts").get_text()


@pytest.mark.parametrize(
    ("language", "expired", "note"),
    [
        ("", "已过期", "已于2026年6月30日过有效期，内容可能不再适用。"),
        ("en/", "Expired", "This expired on 30 June 2026 and may no longer apply."),
    ],
)
def test_an_expired_alert_is_marked_in_its_list_and_stands_last(
    events: Path, language: str, expired: str, note: str
) -> None:
    groups = _groups(_soup(events, f"{language}alerts"))
    assert list(groups)[-1] == expired
    assert groups[expired] == [("old", [expired])]
    assert all(marks == [] for cards in list(groups.values())[:-1] for _, marks in cards)
    assert note in _soup(events, f"{language}alerts/old").select_one(".notice").get_text()
    assert note not in _soup(events, f"{language}alerts/current").get_text()


def test_figures_are_drawn_as_they_are_over_their_days(events: Path) -> None:
    units, awareness = _soup(events, "progress").select("figure.trend")
    assert units.figcaption.get_text() == "示范单位：2025年3月31日8家，2026年9月30日41家，目标50家。"
    points = [(float(one["cx"].rstrip("%")), float(one["cy"])) for one in units.select("circle")]
    floor = float(units.select_one(".trend-floor")["y1"])
    aim = float(units.select_one(".trend-aim")["y1"])
    heights = [(floor - y) / (floor - aim) * 50 for _, y in points]
    assert heights == pytest.approx([8, 19, 41], abs=0.1)
    days = [(x - points[0][0]) / (points[-1][0] - points[0][0]) * 548 for x, _ in points]
    assert days == pytest.approx([0, 275, 548], abs=0.1)
    names = units.svg["aria-labelledby"].split()
    assert [units.find(id=name).name for name in names] == ["title", "desc"]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in units.select("tbody tr")]
    assert rows == [
        ["2025年3月31日", "8家", "示例公报"],
        ["2025年12月31日", "19家", "示例公报"],
        ["2026年9月30日", "41家", "示例公报"],
    ]
    assert awareness.figcaption.get_text().endswith("目标90%以上。")
