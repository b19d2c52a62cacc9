"""Styles in older words: they say the same, and hold nothing that the oldest browsers do not know."""

import re

import pytest

from conftest import ROOT
from publicity.stage.files.assets import stylesheets
from publicity.stage.files.lowering import browsers, lowered


@pytest.mark.parametrize(
    ("rule", "older"),
    [
        (".a { margin-inline: auto }", ".a{margin-left:auto;margin-right:auto}"),
        (
            ".a { padding-block: var(--x) calc(1px + var(--y)) }",
            ".a{padding-top:var(--x);padding-bottom:calc(1px + var(--y))}",
        ),
        (".a { inset-inline-start: var(--x) }", ".a{left:var(--x)}"),
        (".a { inset-inline: 0; inset-block-end: 1px }", ".a{bottom:1px;left:0;right:0}"),
        (
            ".a { border-block: 1px solid var(--x) }",
            ".a{border-top:1px solid var(--x);border-bottom:1px solid var(--x)}",
        ),
        (".a :is(.b, .c .d) { top: 0 }", ".a .b,.a .c .d{top:0}"),
        (":is(.a, .b) :is(h1, h2) { top: 0 }", ".a h1,.a h2,.b h1,.b h2{top:0}"),
        (".a, .b:has(c) { top: 0 }", ".a{top:0}.b:has(c){top:0}"),
        (".a { inset: 0 }", ".a{top:0;bottom:0;left:0;right:0}"),
        (".a { display: grid; gap: 1px }", ".a{gap:1px;display:grid}"),
    ],
)
def test_a_rule_in_older_words(rule: str, older: str) -> None:
    assert lowered(rule) == older


@pytest.mark.parametrize(
    ("rule", "margins"),
    [
        ("gap: 1px 2px", ".a>:not(:last-child){margin-right:2px}"),
        ("gap: 1px 2px; flex-wrap: wrap", ".a>:not(:last-child){margin-right:2px}.a>*{margin-bottom:1px}"),
        ("gap: var(--x); flex-direction: column", ".a>:not(:last-child){margin-bottom:var(--x)}"),
        ("column-gap: 3px", ".a>:not(:last-child){margin-right:3px}"),
    ],
)
def test_margins_stand_for_gaps_where_there_are_none(rule: str, margins: str) -> None:
    made = lowered(f".a {{ display: flex; {rule} }}")
    assert made.endswith(f"@supports not (color:revert){{{margins}}}")


def test_our_own_sheets_hold_nothing_too_new() -> None:
    sheets = stylesheets(ROOT / "docs" / "assets" / "css")
    older = {name: sheet for name, sheet in sheets.items() if name.endswith("-old.css")}
    assert {name.replace("-old", "") for name in older} == sheets.keys() - older.keys() != set()
    for sheet in older.values():
        assert (
            re.findall(r"(?:margin|padding|inset)-(?:inline|block)\b(?!-)|inset:|:is\([^)]* [^)]*\)|:lang\(ae\)", sheet)
            == []
        )


def test_the_oldest_browsers_are_named_once() -> None:
    assert browsers() == ("chrome >= 80",)
