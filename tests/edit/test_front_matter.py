"""Saving changes what was changed, and not a byte more."""

import difflib
from pathlib import Path

import pytest

from conftest import ROOT
from publicity.edit.front_matter import MarkdownFile

ENTRIES = sorted(path for path in (ROOT / "content").glob("*/*/*.md"))


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: str(path.relative_to(ROOT / "content")))
def test_an_entry_saved_as_it_was_opened_keeps_every_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = MarkdownFile.of(text)
    assert file.with_data(dict(file.data)).with_body(file.body.replace("\n", "\r\n")).text == text


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: str(path.relative_to(ROOT / "content")))
def test_a_changed_title_is_one_line_of_difference(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = MarkdownFile.of(text)
    saved = file.with_data(file.data | {"title": file.data["title"] + "改"})
    assert _difference(text, saved.text) == ["-title", "+title"]
    assert saved.data == file.data | {"title": file.data["title"] + "改"}


@pytest.mark.parametrize(
    "path", [path for path in ENTRIES if not path.name.endswith(".en.md")], ids=lambda path: path.name
)
def test_a_step_of_the_review_adds_its_own_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = MarkdownFile.of(text)
    review = {key: value for key, value in file.data["review"].items() if key != "reviewed"}
    step = {"role": {"zh": "法规科", "en": "Legal section"}, "date": "2026-11-26"}
    saved = file.with_data(file.data | {"review": review | {"reviewed": step}})
    lost = [line for line in _difference(text, saved.text) if line.startswith("-")]
    assert len(lost) <= ("reviewed" in file.data["review"])
    assert "reviewed: {role: {zh: 法规科, en: Legal section}, date: 2026-11-26}\n" in saved.text


def test_comments_order_and_quotes_stay_around_a_change() -> None:
    file = MarkdownFile.of(
        '---\n# head\ntitle: "A: b"   # why\nsource:\n  # read in print\n  name: \'甲\'\n  checked: 2026-11-22\nkeywords: [甲, "5"]\n'
        "# of the list below\nentries:\n- a\n---\n\nBody\n"
    )
    data = file.data
    data["source"] = data["source"] | {"checked": "2026-12-01"}
    data["published"] = "2026-12-02"
    assert file.with_data(data).text == file.text.replace("checked: 2026-11-22", "checked: 2026-12-01").replace(
        "- a\n---", "- a\npublished: 2026-12-02\n---"
    )


def test_a_key_that_goes_leaves_the_comment_of_the_next() -> None:
    file = MarkdownFile.of("---\na: 1\n# of b\nb: 2\n# of c\nc: 3\n---\n")
    assert file.with_data({"a": 1, "c": 3}).text == "---\na: 1\n# of b\n# of c\nc: 3\n---\n"


def test_text_that_would_read_as_something_else_is_quoted() -> None:
    data = {"a": "5", "b": "no", "c": "true", "d": "甲: 乙", "e": "2026-01-01", "f": "# 甲", "g": ""}
    assert MarkdownFile("", "").with_data(data).data == data


def test_a_member_moved_in_a_list_keeps_its_looks() -> None:
    file = MarkdownFile.of("---\nhistory:\n  - {date: 2026-01-01, note: 甲}\n  - {date: 2026-02-01, note: '乙'}\n---\n")
    first, second = file.data["history"]
    assert "note: '乙'}\n  - {date: 2026-01-01" in file.with_data({"history": [second, first]}).text


def _difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line.partition(":")[0] for line in list(lines)[2:] if not line.startswith("@@")]
