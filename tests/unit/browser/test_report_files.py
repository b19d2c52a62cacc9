"""The files that a visitor takes along from the report: CSV of the plan, dates for a calendar, names of files."""

import csv
import datetime
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publicity.labels import labels
from publicity.models import LANGUAGES
from scoring.csv_cells import neutral, original
from unit.scoring.scoring_data import STANDARDS, engine, exported, guidance_data, standard

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import { createInterface } from "node:readline";
import * as plan from "./scoring_wasm/browser/report/files.js";
import * as save from "./scoring_wasm/browser/save-file.js";
const files = { ...plan, ...save };
for await (const line of createInterface({ input: process.stdin })) {
  const [name, values] = JSON.parse(line);
  console.log(JSON.stringify(files[name](...values)));
}
"""
STAMP = "2026-03-02T01:02:03.456Z"
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text(" \t\r\n\0=+-@＝＋－＠﹣−'\",;甲", max_size=6),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Files:
    """The real script in Node, asked line by line."""

    def __init__(self) -> None:
        command = ["node", "--input-type=module", "--eval", PROGRAM]
        self._node = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
        )

    def ask(self, name: str, *values: Any) -> str:
        """What the script's function answers."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps([name, values]) + "\n")
        answer: str = json.loads(self._node.stdout.readline())
        return answer

    def close(self) -> None:
        """End Node."""
        self._node.kill()
        self._node.communicate()


@pytest.fixture(name="files", scope="module")
def _files() -> Iterator[Files]:
    running = Files()
    yield running
    running.close()


def scored(name: str, lang: str = "zh", **given: Any) -> dict[str, Any]:
    request = {"op": "score", "answers": exported(name, **given), "lang": lang}
    response = json.loads(engine(name).respond(json.dumps(request)))
    assert response["ok"], response
    result: dict[str, Any] = response["result"]
    return result


def plan(files: Files, name: str, result: dict[str, Any], lang: str = "zh") -> str:
    return files.ask("planCsv", result, standard(name).to_data(), labels(lang)["report"], lang)


def parsed(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_the_plan_lists_open_items_most_points_first(files: Files) -> None:
    """The order is the report's; what the visitor noted stands beside the item."""
    given = {"5.2.2": {"met": False, "owner": "法务部", "due": "2026-12-20", "check": True}}
    result = scored("chongqing-2023", met="all", but=["1.2.3", "5.2.2", "2.2.1"], **{"with": given})
    text = plan(files, "chongqing-2023", result)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert parsed(text) == [
        ["条目", "条目内容", "可得分", "工作量", "责任人", "完成时限", "状态"],
        [
            "5.2.2",
            "每年7-12月开展不少于1次指导。",
            "5",
            "中等（需要制度、培训、采购或等待时段）",
            "法务部",
            "2026-12-20",
            "待核实",
        ],
        [
            "2.2.1",
            "专（兼）职人员具备一定的商业秘密保护知识。",
            "2.5",
            "中等（需要制度、培训、采购或等待时段）",
            "",
            "",
            "",
        ],
        [
            "1.2.3",
            "明确商业秘密保护具体承办协调负责人及经办人。",
            "1",
            "较小（一份文件、一次任命或一套记录）",
            "",
            "",
            "",
        ],
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STANDARDS)
def test_the_plan_has_a_row_for_each_open_item_of_any_standard(files: Files, name: str, lang: str) -> None:
    result = scored(name, lang)
    heads, *rows = parsed(plan(files, name, result, lang))
    assert {len(row) for row in rows} == {len(heads)}
    assert [row[0] for row in rows] == result["orders"]["points"]
    assert (labels(lang)["report"]["plan"]["points"] in heads) is result["scored"]
    assert (labels(lang)["report"]["plan"]["translation"] in heads) is (lang == "en")


@settings(max_examples=200)
@given(owners=st.lists(TEXTS, min_size=2, max_size=2), text=TEXTS)
@example(owners=["=HYPERLINK()", "@x"], text='+1,"quoted"\r\nline')
@example(owners=["\t=1", "\r=1"], text="-1")
@example(owners=["\n=1", "\0=1"], text="＝1")
@example(owners=["'=1", "''"], text=" ＋1")
@example(owners=["＠x", "－1"], text="'")
def test_any_text_survives_csv_and_none_is_a_formula(files: Files, owners: list[str], text: str) -> None:
    """Whatever visitors type: the cells are those of the core, and read back they are the text."""
    result = scored("plain")
    for item, owner in zip(result["open"], owners, strict=True):
        item["owner"] = owner
    data: Any = standard("plain").to_data()
    for item in data["sections"][0]["groups"][0]["items"]:
        item["text"] = text
    rows = parsed(files.ask("planCsv", result, data, labels("zh")["report"], "zh"))[1:]
    assert [row[1] for row in rows] == [neutral(text)] * 2
    assert [row[3] for row in rows] == [neutral(owner) for owner in reversed(owners)]
    assert [original(row[3]) for row in rows] == list(reversed(owners))


def calendar(
    files: Files, guidance: Any, today: str = "2026-03-02", lang: str = "zh", dues: list[dict[str, str]] | None = None
) -> str:
    return files.ask("calendarIcs", guidance, dues or [], today, labels(lang)["report"], lang, STAMP)


def unfolded(text: str) -> list[str]:
    """The content lines of a calendar, after checking what RFC 5545 says of lines."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any(CONTROL.search(line) for line in lines)
    return "\r\n".join(lines).replace("\r\n ", "").split("\r\n")


def components(lines: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Every component with its properties, in the order of their ends; begins and ends must match."""
    stack: list[tuple[str, dict[str, str]]] = []
    found = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert colon
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            assert stack[-1][0] == value
            found.append(stack.pop())
        else:
            assert name not in stack[-1][1]
            stack[-1][1][name] = value
    assert stack == []
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def test_the_calendar_holds_the_dates_of_the_standard(files: Files) -> None:
    """The half-years of 5.2 and the year of 5.3; an all-day event ends before the day it names."""
    found = components(unfolded(calendar(files, guidance_data("chongqing-2023"))))
    events = [properties for name, properties in found if name == "VEVENT"]
    dates = [(event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"], event["SUMMARY"]) for event in events]
    assert dates == [
        ("20260101", "20260701", "商业秘密保护指导：1—6月不少于1次"),
        ("20260701", "20270101", "商业秘密保护指导：7—12月不少于1次"),
        ("20260101", "20270101", "商业秘密保护培训、调查研究、政策法规宣传等活动：全年不少于1次"),
        ("20270101", "20270701", "商业秘密保护指导：1—6月不少于1次"),
        ("20270701", "20280101", "商业秘密保护指导：7—12月不少于1次"),
        ("20270101", "20280101", "商业秘密保护培训、调查研究、政策法规宣传等活动：全年不少于1次"),
    ]
    assert {event["DTSTAMP"] for event in events} == {"20260302T010203Z"}
    assert unescaped(events[0]["DESCRIPTION"]).splitlines() == [
        "对应标准条目：5.2.1",
        guidance_data("chongqing-2023")["ours"]["zh"],
    ]
    assert [name for name, _ in found] == ["VALARM", "VEVENT"] * 6 + ["VCALENDAR"]
    assert {"VERSION", "PRODID"} <= found[-1][1].keys()
    needed = {"ACTION", "TRIGGER;RELATED=END", "DESCRIPTION"}
    assert all(needed <= properties.keys() for name, properties in found if name == "VALARM")


def test_an_event_keeps_its_identity_over_languages_but_not_over_years(files: Files) -> None:
    guidance = guidance_data("chongqing-2023")

    def uids(today: str, lang: str) -> list[str]:
        found = components(unfolded(calendar(files, guidance, today, lang)))
        return [properties["UID"] for name, properties in found if name == "VEVENT"]

    assert uids("2026-03-02", "zh") == uids("2026-03-02", "en")
    assert len({*uids("2026-03-02", "zh"), *uids("2027-03-02", "zh")}) == 9


def test_the_calendar_holds_what_is_ahead_and_the_visitors_own_dates(files: Files) -> None:
    """In November the first half-year is past; a date of today is not."""
    dues = [
        {"id": item, "text": "条目", "due": due, "owner": "王\v某"}
        for item, due in (("1.1.1", "2026-11-23"), ("1.1.2", "2026-11-24"), ("4.3.1", "2028-02-29"))
    ]
    found = components(unfolded(calendar(files, guidance_data("chongqing-2023"), "2026-11-24", dues=dues)))
    events = [properties for name, properties in found if name == "VEVENT"]
    assert [(event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) for event in events] == [
        ("20260701", "20270101"),
        ("20260101", "20270101"),
        ("20270101", "20270701"),
        ("20270701", "20280101"),
        ("20270101", "20280101"),
        ("20261124", "20261125"),
        ("20280229", "20280301"),
    ]
    assert "4.3.1" in events[-1]["SUMMARY"]
    assert unescaped(events[-1]["DESCRIPTION"]) == "条目\n责任人：王 某"  # what PowerPoint breaks a line with
    # At nine, a month before a period ends and a week before a date: counted from the end, which is the day after the last.
    alarms = [properties["TRIGGER;RELATED=END"] for name, properties in found if name == "VALARM"]
    assert alarms == ["-P29DT15H"] * 5 + ["-P6DT15H"] * 2


@settings(max_examples=200)
@given(
    text=TEXTS, days=st.lists(st.dates(datetime.date(2001, 1, 1), datetime.date(2001, 12, 31)), min_size=2, max_size=2)
)
@example(text="a,b;c\\n\r\nBEGIN:VEVENT", days=[datetime.date(2001, 2, 28)] * 2)
@example(text="一二三四五六七八九十一二三四五六七八九十", days=[datetime.date(2001, 12, 31)] * 2)
def test_any_guidance_makes_a_sound_calendar(files: Files, text: str, days: list[datetime.date]) -> None:
    """Text is escaped and folded so that it comes back whole, but for signs of control; the end is the day after the last, in leap years too."""
    first, last = sorted(days)
    period = {"id": "p", "items": ["1"], "from": f"{first:%m-%d}", "until": f"{last:%m-%d}", "text": {"zh": text}}
    guidance = {"standard": "s", "ours": {"zh": ""}, "calendar": [period]}
    found = next(
        properties
        for name, properties in components(unfolded(calendar(files, guidance, "2028-01-01")))
        if name == "VEVENT"
    )
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert unescaped(found["SUMMARY"]) == CONTROL.sub(" ", plain)
    end = last.replace(year=2028) + datetime.timedelta(days=1)
    assert found["DTSTART;VALUE=DATE"] == f"{first.replace(year=2028):%Y%m%d}"
    assert found["DTEND;VALUE=DATE"] == f"{end:%Y%m%d}"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["改进计划", "某某公司", "2026-06-30.csv"], "改进计划-某某公司-2026-06-30.csv"),
        (["计划", "", "2026.csv"], "计划-2026.csv"),
        (["a/b\\c:d*e?f", '"<|>"', "x.ics"], "a b c d e f-x.ics"),
        (["..", "..", "etc"], "etc"),
        (["COM1.csv"], "_COM1.csv"),
        (["nul"], "_nul"),
        (["…公司\u202ecsv.exe. "], "…公司 csv.exe"),
        ([""], "_"),
        (["长" * 99, "x.csv"], "长" * 30 + "-x.csv"),
    ],
)
def test_names_of_files(files: Files, parts: list[str], name: str) -> None:
    assert files.ask("fileName", parts) == name


@settings(max_examples=200)
@given(parts=st.lists(TEXTS, max_size=3))
def test_any_name_is_one_that_windows_takes(files: Files, parts: list[str]) -> None:
    name = files.ask("fileName", parts)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name.strip(" .") == name
    assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert 0 < len(name.encode()) <= 255
