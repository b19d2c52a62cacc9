"""Saving changes what was changed, and not a byte more."""

import copy
import difflib
from collections.abc import Callable
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


_LAWS = (
    "title: a\narticles: # those of the case\n  # 现行法\n  - {regulation: a, article: 第一条} # 已核\n"
    "  # 旧法，勿删\n  - regulation: b # 旧\n    article: '第二条'\n# of the next\nsource: x\n"
)
_FIRST, _SECOND = (
    "  # 现行法\n  - {regulation: a, article: 第一条} # 已核\n",
    "  # 旧法，勿删\n  - regulation: b # 旧\n    article: '第二条'\n",
)


@pytest.mark.parametrize(
    ("members", "rows"),
    [
        (lambda laws: laws[::-1], _SECOND + _FIRST),
        (lambda laws: laws[1:], _SECOND),
        (lambda laws: laws[:1], _FIRST),
        (lambda laws: [*laws, laws[1]], _FIRST + _SECOND + "  - regulation: b\n    article: 第二条\n"),
        (lambda laws: [{"zh": "甲"}, *laws], "  - {zh: 甲}\n" + _FIRST + _SECOND),
        (lambda laws: [laws[0], laws[1] | {"article": "第三条"}], _FIRST + _SECOND.replace("第二条", "第三条")),
        (lambda laws: [laws[0] | {"article": "第三条"}, laws[1]], _FIRST.replace("第一条", "第三条") + _SECOND),
    ],
)
def test_members_of_a_list_keep_their_comments_wherever_they_stand(members: Callable, rows: str) -> None:
    file = MarkdownFile(_LAWS, "")
    saved = file.with_data(file.data | {"articles": members(file.data["articles"])})
    assert saved.front_matter == _LAWS.replace(_FIRST + _SECOND, rows)


def test_words_of_a_list_keep_their_comments_and_what_looks_like_one_stays_text() -> None:
    file = MarkdownFile("keywords:\n# first\n- one # why\n# second\n- two\n- three\n", "")
    assert file.with_data({"keywords": ["two", "four", "one"]}).front_matter == (
        "keywords:\n# second\n- two\n- four\n# first\n- one # why\n"
    )
    file = MarkdownFile("notes:\n  - |\n    a\n    # b\n  - c\n", "")
    assert file.with_data({"notes": ["c", "a\n# b\n"]}).data == {"notes": ["c", "a\n# b\n"]}


def test_a_list_that_is_emptied_leaves_the_comment_of_the_next() -> None:
    file = MarkdownFile("a:\n  - x\n# of b\nb: 1\n", "")
    assert file.with_data({"a": [], "b": 1}).front_matter == "a: []\n# of b\nb: 1\n"


def test_the_same_member_twice_is_written_twice() -> None:
    file = MarkdownFile("sources: {all: [{name: X, url: 1}, {name: Y}]}\n", "")
    saved = file.with_data({"sources": {"all": [{"name": "X", "url": 1}] * 2}})
    assert "&" not in saved.front_matter
    assert saved.data == {"sources": {"all": [{"name": "X", "url": 1}] * 2}}


def _difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line.partition(":")[0] for line in list(lines)[2:] if not line.startswith("@@")]


NESTED = """\
title: 甲
source:
  name: 报
  parts:
    # 第一部分
    - 一
    # 第二部分
    - 二
# 图
diagram:
  - id: goals
    figures:
      # 数一
      - {value: 1, unit: 个}
      # 数二
      - value: 2  # 约数
        unit: 个
    # 标题
    title: 目标
  # 下一块
  - id: steps
"""


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (lambda data: data["source"]["parts"].pop(0), ["    # 第一部分", "    - 一"], []),
        (lambda data: data["source"].update(name="另一报"), ["  name: 报"], ["  name: 另一报"]),
        (
            lambda data: data["diagram"][0]["figures"].pop(0),
            ["      # 数一", "      - {value: 1, unit: 个}"],
            [],
        ),
        (lambda data: data["diagram"][0]["figures"][1].update(unit="家"), ["        unit: 个"], ["        unit: 家"]),
        (lambda data: data["diagram"][0].update(title="任务"), ["    title: 目标"], ["    title: 任务"]),
        (lambda data: data["diagram"][1].update(id="parts"), ["  - id: steps"], ["  - id: parts"]),
    ],
)
def test_comments_stay_with_their_members_however_deep(change: Callable, gone: list[str], come: list[str]) -> None:
    file = MarkdownFile.of(f"---\n{NESTED}---\n")
    data = copy.deepcopy(file.data)
    change(data)
    changed = file.with_data(data)
    assert changed.data == data
    rows = [row for row in difflib.ndiff(NESTED.splitlines(), changed.front_matter.splitlines()) if row[0] in "+-"]
    assert [row[2:] for row in rows if row[0] == "-"] == gone
    assert [row[2:] for row in rows if row[0] == "+"] == come
