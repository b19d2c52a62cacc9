"""The official table as a Word file, and what else the report makes of a result: made in Node, read by python-docx."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from publicity.labels import labels
from unit.scoring.scoring_data import engine, exported, standard

ROOT = Path(__file__).resolve().parents[3]
MAKE = """
import { writeFileSync } from "node:fs";
import * as docx from "docx";
import { documentOf } from "./scoring_wasm/browser/report/word.js";
for (const [file, input] of JSON.parse(process.argv[1])) writeFileSync(file, await docx.Packer.toBuffer(documentOf(input, docx)));
"""
ASK = """
import { pageMargins } from "./scoring_wasm/browser/report/paper.js";
import { distinct, sentence } from "./scoring_wasm/browser/report/comparison.js";
const functions = { pageMargins, distinct, sentence };
console.log(JSON.stringify(JSON.parse(process.argv[1]).map(([name, values]) => functions[name](...values))));
"""
UNIT = "甲<&>\"'“公司”=1+1"
MET = ["1.1.1", "4.1.1", "5.2.1"]


def node(program: str, *calls: Any) -> str:
    command = ["node", "--input-type=module", "--eval", program, json.dumps(calls)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout


def scored(name: str, met: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    answers = exported(name, met=met, unit=UNIT)
    request = {"op": "score", "answers": answers, "lang": "zh"}
    return json.loads(engine(name).respond(json.dumps(request)))["result"], answers


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The Word file of each kind of standard."""
    names = ["chongqing-2023", "guanxian-2023-checklist", "levels-counts"]
    folder = tmp_path_factory.mktemp("word")
    calls = []
    for name in names:
        met = [item for item in MET if item in standard(name).item_by_id]
        result, answers = scored(name, met)
        words = labels("zh")["report"]
        given = {"result": result, "answers": answers, "standard": standard(name).to_data(), "words": words}
        calls.append([str(folder / name), {**given, "guidance": None, "lang": "zh", "today": "2026-11-26"}])
    node(MAKE, *calls)
    return {name: docx.Document(str(folder / name)) for name in names}


def test_the_word_file_is_the_annex_filled_in(files: dict[str, Document]) -> None:
    file, of = files["chongqing-2023"], standard("chongqing-2023")
    table = file.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [*of.columns, of.columns[-1]]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [row[4] for row in rows] == [item.text for item in of.items]
    for row, item in zip(rows, of.items, strict=True):
        section = next(part for part in of.sections if item in list(part.items))
        group = next(part for part in section.groups if item in part.items)
        third = [section.merged_cell, section.merged_cell] if section.merged_cell else [section.standard, group.title]
        assert row[:4] == [section.number, section.title, *third]
        assert row[5] == f"{item.points / 1000:g} {'☑' if item.id in MET else '☐'}"
    # Number, title and standard of a section stand in one cell over all its rows, the title of a group over its items.
    groups = [group for part in of.sections if not part.merged_cell for group in part.groups if len(group.items) > 1]
    assert file.part.blob.count(b'w:vMerge w:val="restart"') == 3 * len(of.sections) + len(groups)


def test_the_word_file_has_places_to_sign_and_the_units_name_as_text(files: dict[str, Document]) -> None:
    for file in files.values():
        places = [cell.text for row in file.tables[1].rows for cell in row.cells]
        assert [place.split("\n")[0] for place in places] == ["自评结果", "单位盖章", "负责人签字", "日期"]
        assert all(row.height and row.height.cm > 3 for row in file.tables[1].rows)
        # The places stand on one page, and the head of the numbers in one line.
        first = [line for cell in file.tables[1].rows[0].cells for line in cell.paragraphs]
        assert all(line.paragraph_format.keep_with_next for line in first)
        width, margins, letter = file.tables[0].columns[0].width.pt, 8, 10.5
        assert width - margins > 2 * letter + 1
        assert places[1].endswith(UNIT)
        section = file.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert UNIT in section.header.paragraphs[0].text
        assert {b"PAGE", b"NUMPAGES"} <= set(re.findall(rb"\b(?:NUM)?PAGE(?:S)?\b", section.footer.part.blob))
        assert any("自评结果，不代表评定结论" in paragraph.text for paragraph in file.paragraphs)
        assert file.core_properties.author == file.core_properties.last_modified_by == UNIT
        assert "填报日期：2026年11月26日" in [paragraph.text for paragraph in file.paragraphs]


def test_a_checklist_in_word_has_no_points(files: dict[str, Document]) -> None:
    file = files["guanxian-2023-checklist"]
    text = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    assert not re.search(r"\d分", text)
    assert "重庆" not in text
    assert {row.cells[-1].text for row in file.tables[0].rows[1:]} == {"☑", "☐"}
    assert "（不计分）" in file.tables[1].rows[0].cells[0].text


def test_names_are_told_apart_and_the_change_is_said() -> None:
    words = labels("zh")["report"]
    sides = [
        {"name": "初评", "day": "2026-10-12", "result": scored("chongqing-2023", ["1.1.1", "1.1.2"])[0]},
        {"name": "当前填写", "day": "2026-11-26", "result": scored("chongqing-2023", ["1.1.1", "4.1.2", "4.1.1"])[0]},
    ]
    counted = [{**side, "result": {"scored": False, "coverage": {"met": 1, "of": 2}}} for side in sides]
    change = {"gained": ["4.1.1", "4.1.2"], "lost": ["1.1.2"], "changed": [], "noted": []}
    none = {key: [] for key in change}
    answers = json.loads(
        node(
            ASK,
            ["distinct", [["初评", "初评", "当前填写", "初评", "初评 2"]]],
            ["sentence", [sides, change, words]],
            ["sentence", [counted, none, words]],
        )
    )
    assert answers == [
        ["初评", "初评 2", "当前填写", "初评 3", "初评 2 2"],
        "从“初评”（2026-10-12）到“当前填写”（2026-11-26）：总分多5.5分，新满足2项，不再满足1项。",
        "从“初评”（2026-10-12）到“当前填写”（2026-11-26）：勾选没有变化。",
    ]


def test_a_units_name_on_paper_is_no_css() -> None:
    (rule,) = json.loads(node(ASK, ["pageMargins", ['"} body { display: none } /* \\']]))
    assert rule.count("{") == rule.count("}") == 3
    assert rule.count('"') == 4
    assert "body" not in rule
    assert "counter(page)" in rule
