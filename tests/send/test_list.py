"""The list: each fault is told by its line, whatever wrote the file; and the new list keeps what was there."""

import csv
from pathlib import Path

import pytest

from publicity.problems import ContentError, UsageError
from publicity.project import Project
from publicity.send.list import read_list, write_list
from send.conftest import HEADER, TODAY, mailing

GOOD = "a@example.com,甲,企业,2026-01-01 签到表,\n"


@pytest.mark.parametrize(
    ("row", "code", "line"),
    [
        ("x,甲,企业,2026-01-01,", "not-an-address", 3),
        (",甲,企业,2026-01-01,", "not-an-address", 3),
        ("x@localhost,甲,企业,2026-01-01,", "not-an-address", 3),
        ("x@a..com,甲,企业,2026-01-01,", "not-an-address", 3),
        ("x y@example.com,甲,企业,2026-01-01,", "not-an-address", 3),
        ("<x@example.com>,甲,企业,2026-01-01,", "not-an-address", 3),
        ("王五 <x@example.com>,甲,企业,2026-01-01,", "not-an-address", 3),
        ("x@example.com；y@example.com,甲,企业,2026-01-01,", "not-an-address", 3),
        (f"{'x' * 65}@example.com,甲,企业,2026-01-01,", "not-an-address", 3),
        ('"x@example.com\r\nBcc: y@example.com",甲,企业,2026-01-01,', "not-an-address", 3),
        ("x@示例.中国,甲,企业,2026-01-01,", "address-not-ascii", 3),
        ("x＠example.com,甲,企业,2026-01-01,", "address-not-ascii", 3),
        ("张@example.com,甲,企业,2026-01-01,", "address-not-ascii", 3),
        ("A@Example.com,乙,企业,2026-01-01,", "list-duplicate", 3),
        ("x@example.com,甲,企业,同意,", "list-consent", 3),
        ("x@example.com,甲,企业,2026-02-30,", "list-consent", 3),
        ("x@example.com,甲,企业,2026-11-27 以后,", "list-consent", 3),
        ("x@example.com,甲,企业,2026/2/30 签到表,", "list-consent", 3),
        ("x@example.com,甲,企业,2026-01-01,是", "list-day", 3),
        ("x@example.com,甲,企业,2026-01-01,2026-02-01 来电", "list-day", 3),
        ("x@example.com,甲,企业,2026-01-01,,多", "list-cells", 3),
        ('"x@example.com', "list-not-csv", 3),
    ],
)
def test_a_fault_is_told_by_its_line(tmp_path: Path, row: str, code: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        mailing(tmp_path, f"{GOOD}{row}\n")
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [(code, line)]


def test_all_faults_are_told_at_once_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = f'{GOOD}\nb@example.com,"两行的\n单位",企业,2026-01-01,\nx,丙,企业,,\ny,丁,企业,,\n'
    with pytest.raises(ContentError) as caught:
        mailing(tmp_path, text)
    assert [problem.line for problem in caught.value.problems] == [6, 7]


def test_who_left_who_bounced_and_who_never_agreed_may_not_get_it(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = ["a@example.com,,,2026-01-01,,", "b@example.com,,,2026-01-01,2026-02-01,", "c@example.com,,,,,"]
    file.write_text("\n".join([f"{HEADER},bounced", *rows, "d@example.com,,,2026-01-01,,2026-03-01"]), encoding="utf-8")
    known = read_list(Project(tmp_path / "project"), file, TODAY)
    assert [reader.address for reader in known.entitled()] == ["a@example.com"]


@pytest.mark.parametrize(
    "day", ["2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "2026/3/1 0:00:00", "２０２６－３－１"]
)
def test_days_are_read_as_office_programs_write_them(tmp_path: Path, day: str) -> None:
    known = mailing(tmp_path, f"a@example.com,甲,企业,{day}签到表,\nb@example.com,乙,企业,{day},{day}\n")
    assert [reader.address for reader in known.entitled()] == ["a@example.com"]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEADER.replace(",", ";"), GOOD.replace(",", ";")),
        (f"sep=;\n{HEADER.replace(',', ';')}", GOOD.replace(",", ";")),
        (HEADER.replace(",", "\t"), GOOD.replace(",", "\t")),
        (f"\ufeff{HEADER.title()}", GOOD.replace("a@", "\u200ba@")),
    ],
)
def test_what_separates_cells_and_what_nobody_sees_is_known(tmp_path: Path, head: str, row: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{head}\n{row}x\n", encoding="utf-8-sig")
    with pytest.raises(ContentError) as caught:
        read_list(Project(tmp_path / "project"), file, TODAY)
    assert [(one.code, one.line) for one in caught.value.problems] == [("not-an-address", head.count("\n") + 3)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_of_excel_and_wps_are_read(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(f"{HEADER}\r\n{GOOD}".encode(codec))
    assert [reader.unit for reader in read_list(Project(tmp_path / "project"), file, TODAY).readers] == ["甲"]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"\xff\x00\xfe\x81", 1, "list-not-text"),
        (b"PK\x03\x04xl/workbook.xml", 1, "list-not-text"),
        (b"", 1, "list-columns"),
        (b"address,unit\n", 1, "list-columns"),
        (b"\n,,\naddress,unit\n", 3, "list-columns"),
        (b"\n" + f"{HEADER},unit\n".encode(), 2, "list-columns-twice"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes, line: int, code: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_list(Project(tmp_path / "project"), file, TODAY)
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(line, code)]


def test_a_list_in_the_project_is_refused_by_any_way_into_it(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    inside = project.root / "build" / "list.csv"
    inside.parent.mkdir(parents=True)
    inside.write_text(f"{HEADER}\n{GOOD}", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(inside)
    for file in (inside, tmp_path / "link.csv"):
        with pytest.raises(UsageError) as caught:
            read_list(project, file, TODAY)
        assert caught.value.problem.code == "list-in-project"
    with pytest.raises(UsageError) as caught:
        read_list(project, tmp_path / "none.csv", TODAY)
    assert caught.value.problem.code == "no-list"


def test_the_new_list_keeps_every_cell_and_the_old_file(tmp_path: Path) -> None:
    known = mailing(tmp_path, f'{GOOD}b@example.com,"有,逗号",企业,,\n')
    before = known.file.read_bytes()
    marks = {"a@example.com": {"unsubscribed": "2026-11-20"}, "b@example.com": {"bounced": "2026-11-21"}}
    written = [write_list(known, marks, TODAY) for _ in range(2)]
    assert [file.name for file in written] == ["list-2026-11-26.csv", "list-2026-11-26-2.csv"]
    assert known.file.read_bytes() == before
    assert written[0].stat().st_mode & 0o777 == 0o600
    with written[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        [*HEADER.split(","), "bounced"],
        ["a@example.com", "甲", "企业", "2026-01-01 签到表", "2026-11-20", ""],
        ["b@example.com", "有,逗号", "企业", "", "", "2026-11-21"],
    ]
    again = read_list(Project(tmp_path / "project"), written[0], TODAY)
    assert again.entitled() == ()


def test_the_new_list_keeps_columns_that_share_a_name_or_have_none(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"备注,{HEADER},备注,\n甲,a@example.com,u,k,2026-01-01,,乙,丙\n", encoding="utf-8")
    known = read_list(Project(tmp_path / "project"), file, TODAY)
    marks = {"a@example.com": {"unsubscribed": "2026-11-20", "bounced": "2026-11-21"}}
    with write_list(known, marks, TODAY).open(encoding="utf-8-sig", newline="") as written:
        assert list(csv.reader(written)) == [
            ["备注", *HEADER.split(","), "备注", "", "bounced"],
            ["甲", "a@example.com", "u", "k", "2026-01-01", "2026-11-20", "乙", "丙", "2026-11-21"],
        ]


def test_a_column_that_is_read_must_be_the_only_one_of_its_name(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{HEADER},unsubscribed\na@example.com,u,k,2026-01-01,2026-02-01,\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_list(Project(tmp_path / "project"), file, TODAY)
    assert [problem.code for problem in caught.value.problems] == ["list-columns-twice"]
