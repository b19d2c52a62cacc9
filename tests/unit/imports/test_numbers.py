"""The numbers that Word counts, as LibreOffice shows them for the same files, and Word's names for their forms."""

import pytest

from publicity.imports.ooxml.numbering import formatted


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十"},
        ),
        ("chineseCountingThousand", {19: "十九", 1005: "一千零五", 2026: "二千零二十六"}),
        ("japaneseCounting", {12: "十二"}),
        ("ideographDigital", {10: "一〇", 12: "一二"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍", 104: "壹佰零肆"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 19: "XIX", 90: "XC"}),
        ("lowerRoman", {9: "ix"}),
        ("none", {1: ""}),
        ("a form of tomorrow", {7: "7"}),
        ("chineseCounting", {0: "0", 10_000: "10000"}),
    ],
)
def test_a_number_is_shown_as_word_shows_it(form: str, numbers: dict[int, str]) -> None:
    assert {count: formatted(count, form) for count in numbers} == numbers
