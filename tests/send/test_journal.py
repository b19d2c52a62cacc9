"""The journal: what a kill or a second run can do to it."""

import json
from pathlib import Path

import pytest

from publicity.problems import ContentError, UsageError
from publicity.send.journal import Fate, open_journal, read_journal

AT = "2026-11-26T09:00:00+08:00"


def _written(file: Path) -> tuple[str, str]:
    with open_journal(file) as journal:
        names = journal.token("mini/issue-3", "a@example.com"), journal.token("mini/issue-3", "b@example.com")
        journal.begin("mini/issue-3", AT, digest="x", count=2, anyway=["f.md: still-sample"])
        journal.note(names[0], "try", AT)
        journal.note(names[0], "sent", AT, "250 fine")
        journal.note(names[1], "try", AT)
    return names


def test_what_was_noted_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "list.csv.journal"
    first, second = _written(file)
    journal = read_journal(file)
    assert journal.fates == {first: Fate("sent", AT, "250 fine"), second: Fate("try", AT)}
    assert journal.issues == {"mini/issue-3": "x"}
    assert journal.token("mini/issue-3", "A@example.com") == first  # however the address is written
    assert file.stat().st_mode & 0o777 == 0o600
    assert "example.com" not in file.read_text(encoding="utf-8")  # addresses stand in the list alone


def test_a_torn_last_line_counts_for_nothing_wherever_it_was_torn(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    _, second = _written(file)
    whole = file.read_bytes()
    last = len(whole.splitlines(keepends=True)[-1])
    for cut in range(1, last + 1):
        file.write_bytes(whole[:-cut])
        assert second not in read_journal(file).fates
        with open_journal(file) as journal:
            journal.note(second, "sent", AT)
        assert [json.loads(row) for row in file.read_bytes().splitlines()]
        assert read_journal(file).fates[second].state == "sent"


def test_a_torn_first_line_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "journal"
    file.write_bytes(b'{"journal": 1, "secr')
    first, _ = _written(file)
    assert first in read_journal(file).fates


def test_tokens_cannot_be_told_without_the_journal(tmp_path: Path) -> None:
    names = []
    for number in range(2):
        with open_journal(tmp_path / str(number)) as journal:
            names.append(journal.token("mini/issue-3", "a@example.com"))
    assert names[0] != names[1]


@pytest.mark.parametrize("row", [b"x", b"[]", b"{}", b'{"what": "posted", "letter": "x", "at": ""}'])
def test_a_journal_that_was_changed_stops_everything(tmp_path: Path, row: bytes) -> None:
    file = tmp_path / "journal"
    _written(file)
    rows = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([*rows[:2], row, *rows[2:], b""]))
    with pytest.raises(ContentError) as caught:
        read_journal(file)
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("journal-line", 3)]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with open_journal(tmp_path / "journal"), pytest.raises(UsageError) as caught, open_journal(tmp_path / "journal"):
        pass
    assert caught.value.problem.code == "journal-in-use"
    with pytest.raises(UsageError) as caught, open_journal(tmp_path / "none" / "journal"):
        pass
    assert caught.value.problem.code == "no-journal-folder"
