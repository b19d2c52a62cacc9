"""Bodies made to take long: what is bounded is refused before anything converts it, and below the bounds nothing fails."""

import pytest

from publicity.markup.bounds import DEEPEST, MOST_BLOCKS, MOST_LINES, SIGNS, excesses
from publicity.markup.placed import UNREADABLE, body_faults
from publicity.read.markdown.body import Body, read_body

FILL = "字" * 100


def codes(body: str) -> list[tuple[int, str]]:
    return [(line, fault.code) for line, fault in excesses(body)]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_stands_too_often(sign: str) -> None:
    line = f"{sign} 字\n"
    assert (SIGNS[sign] + 1, "too-much-of") in codes(line * (SIGNS[sign] + 1))
    assert not any(code == "too-much-of" for _, code in codes(f"{sign} " * SIGNS[sign]))


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("字\n" * MOST_LINES, MOST_LINES, "too-many-lines"),
        ("字\n\n" * (MOST_BLOCKS + 1), 2 * MOST_BLOCKS + 3, "too-many-blocks"),
        ("".join(f"*[a{number}]: x\n" for number in range(1500)), 593, "too-much-of"),
        ("字\n\n" + "    " * DEEPEST + "- 字", 3, "too-nested"),
        ("字\n" + ">" * (DEEPEST + 1) + "字", 2, "too-nested"),
        ("字\n\n" + "- " * (DEEPEST + 1) + "字", 3, "too-nested"),
        (">" * DEEPEST + "字\n\n" + (">" * DEEPEST + "字\n\n") * 2000, 1, "too-many-levels"),
        ("字\n\n" + "[" * 1500, 3, "left-open"),
        ("字\n\n" + "![a](" * 1000, 3, "left-open"),
        ("字\n\n" + "<a " * 1500, 3, "left-open"),
        ("字\n\n" + "<http://" * 1500, 3, "left-open"),
        ("字\n" + "< " * 1000 + "字" * 30_000, 2, "left-open"),
        ("字\n" + "{" * 1000 + "字" * 30_000, 2, "left-open"),
        ("字\n\n" + "# 一\n" * 1500, 3, "too-close"),
        ("字\n\n" + "[a]:\n" * 1500, 3, "too-close"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_what_markdown_takes_long_for_is_bounded(body: str, line: int, code: str) -> None:
    assert (line, code) in codes(body)
    assert read_body(body) == Body((), frozenset(), ())


@pytest.mark.parametrize(
    "body",
    [
        "[文字](https://www.example.com/)，" * 400,
        "| 甲 | 乙 |\n|---|---|\n" + "| [一](a.md) | <br>二 |\n" * 500,
        "".join(f"{FILL}[^{number}]。\n\n[^{number}]: {FILL}\n\n" for number in range(150)),
        "".join(
            f"## 第{number}条\n\n{FILL * 5}\n\n1. {FILL}\n    1. {FILL}\n        - {FILL}\n\n" for number in range(150)
        ),
        "*[TRIPS]: 协定\n\n" + FILL * 500,
    ],
    ids=["links", "table", "footnotes", "articles", "abbreviation"],
)
def test_a_long_text_is_within_the_bounds(body: str) -> None:
    assert excesses(body) == ()
    assert body_faults(body, ()) == []


def test_that_markdown_fails_is_a_fault_of_the_text_with_its_line() -> None:
    nested = "*a _b " * 1500 + "c_ d*" * 1500
    assert excesses(nested) == ()
    assert body_faults(f"字\n\n字\n\n{nested}\n\n字", ()) == [(5, UNREADABLE)]
