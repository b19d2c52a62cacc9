"""Texts compared word by word; of Chinese each character is a word."""

import pytest

from publicity.edit.compare import compare


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("甲乙丙", "甲丁丙", "甲[-乙][+丁]丙"),
        ("在2025年施行", "在2026年施行", "在[-2025][+2026]年施行"),
        ("一\n二", "一\n二\n三", "一|二|[+三]"),
        ("一\n二\n三", "一\n三", "一|[-二]|三"),
        ("same words", "same word", "same [-words][+word]"),
        ("同", "同", ""),
        ("", "新", "[+新]"),
        ("旧", "", "[-旧]"),
    ],
)
def test_what_has_changed_is_marked(old: str, new: str, told: str) -> None:
    marks = {"same": "{}", "added": "[+{}]", "removed": "[-{}]", "gap": "{}"}
    assert "|".join("".join(marks[piece.kind].format(piece.text) for piece in row) for row in compare(old, new)) == told


def test_what_lies_between_two_changes_is_left_out() -> None:
    old = "\n".join(map(str, range(30)))
    rows = compare(old, old.replace("2\n", "二\n", 1).replace("28", "二八"))
    assert [piece.text for row in rows for piece in row if piece.kind == "gap"] == ["……"]
