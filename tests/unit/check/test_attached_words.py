"""What no text may show, no office file to take away may hold."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from conftest import copy_checked_project
from helpers.word_files import add, rows, write_case
from publicity.cli import main

HOME = "content/mini/policies"
NUMBER, PHONE, LANDLINE = "11010519491231002X", "13800138000", "010-12345678"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = copy_checked_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


def told(*options: str) -> list[tuple[str, dict[str, str]]]:
    done = CliRunner().invoke(main, ["check", "--format", "json", *options])
    rows_ = [one for one in json.loads(done.stdout) if "/list." in one["path"]]
    assert {(one["path"].rpartition("/")[0], one["line"]) for one in rows_} <= {(HOME, 1)}
    return [(one["code"], one["values"]) for one in rows_]


def packed(file: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def test_a_word_file_to_take_away_is_read(project: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "机密★10年"
    add(document, f"办公电话{LANDLINE}")
    rows(document, [["张某", NUMBER], ["李某", PHONE], ["王某", PHONE]])
    document.save(str(project / HOME / "list.docx"))
    assert told() == []
    assert told("--release") == [
        ("identity-number", {"number": "110*************2X"}),
        ("mobile-number", {"number": "138******00"}),
        ("state-secret-mark", {"mark": "机密★10年"}),
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "list.xlsx",
            {
                "[Content_Types].xml": TYPES,
                "xl/sharedStrings.xml": f"<sst><si><t>张某</t></si><si><r><t>{NUMBER[:9]}</t></r><r><t>{NUMBER[9:]}</t></r></si></sst>",
                "xl/worksheets/sheet1.xml": f'<row><c t="s"><v>1</v></c><c><v>{PHONE}</v></c><c><v>7</v></c></row>',
            },
        ),
        (
            "list.pptx",
            {
                "[Content_Types].xml": TYPES,
                "ppt/slides/slide1.xml": f"<p:sld><a:p><a:r><a:t>证号{NUMBER}</a:t></a:r></a:p><a:p><a:r><a:t>&#x31;{PHONE[1:]}</a:t></a:r></a:p></p:sld>",
            },
        ),
        (
            "list.ofd",
            {
                "OFD.xml": "<ofd:OFD/>",
                "Doc_0/Pages/Page_0/Content.xml": f"<ofd:TextCode>{NUMBER}</ofd:TextCode><ofd:TextCode>{PHONE}</ofd:TextCode>",
            },
        ),
    ],
)
def test_other_office_files_are_read(project: Path, name: str, parts: dict[str, str]) -> None:
    packed(project / HOME / name, parts)
    assert [code for code, _ in told("--release")] == ["identity-number", "mobile-number"]


def test_what_word_keeps_of_a_draft_is_told(project: Path) -> None:
    write_case("changes", project / HOME).rename(project / HOME / "list.docx")
    entry = project / HOME / "plan.md"
    attached = "attachments: [{file: list.docx, name: {zh: 名单, en: List}}]\n---"
    entry.write_text(entry.read_text(encoding="utf-8").replace("\n---", f"\n{attached}", 1), encoding="utf-8")
    assert told() == []
    assert told("--release") == [("file-with-revisions", {"file": "list.docx", "count": 4})]


def test_a_broken_file_is_told_as_such_alone(project: Path) -> None:
    (project / HOME / "list.docx").write_bytes(b"PK\x03\x04 broken")
    assert [code for code, _ in told("--release")] == ["damaged-file"]
