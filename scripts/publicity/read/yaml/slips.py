"""What editors who come from Word mistype in YAML, said in their terms and not in the parser's.

The line of a problem counts from 1 within the text, and its path is empty: whoever read the text knows its place.
"""

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from publicity.problems import Problem

_KEY = r"^ *(?:- +)?(?P<key>[A-Za-z_][A-Za-z0-9_]*)"
# In YAML that cannot be read, these are slips wherever they stand.
_ANYWHERE = [
    (re.compile(pattern), code)
    for pattern, code in (
        (_KEY + " ?：", "full-width-colon"),
        (_KEY + ":\u3000", "full-width-space-after-colon"),
        (_KEY + ": *\t", "tab-after-colon"),
        (r"^ *\u3000", "full-width-space-at-start"),
        (r"^ *\t", "tab-at-start"),
        (_KEY + r":(?!//)(?=[^\s])", "no-space-after-colon"),
    )
]
# These are so only on the line that the parser stumbled over.
_ON_THE_FAILING_LINE = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"""[:\[{,] *[“”‘’]""", "curly-quotes"),
        (r"[{\[].*，", "full-width-comma"),
        (r"""[:\-] +(?P<quote>["'])[^"']*(?P=quote) *[^\s,#}\]]""", "text-after-quote"),
        (_KEY.replace("^ *", "^ +") + r":(?: |$)", "uneven-lines"),
    )
]
# What the parser says, where no slip is known by its looks.
_WORDS = (
    ("mapping values are not allowed", "colon-in-text"),
    ("undefined alias", "sign-before-text"),
    ("scanning an alias", "sign-before-text"),
    ("scanning an anchor", "sign-before-text"),
    ("cannot start any token", "sign-before-text"),
    ("scanning a block scalar", "sign-before-text"),
    ("expected ',' or", "unsound-brackets"),
    ("expected <block end>", "uneven-lines"),
    ("expected ':'", "no-key"),
    ("unknown escape", "backslash-in-quotes"),
    ("unexpected end of stream", "unclosed-quote"),
)


_LONGEST_ROW = 500
"""Some patterns take time by the square of a line's length."""
_MOST_SLIPS = 50


def parse_problems(text: str, error: yaml.MarkedYAMLError) -> Iterator[Problem]:
    """Why YAML cannot be read: each reason with its line."""
    mark = error.problem_mark or error.context_mark
    stumbled = mark.line if mark else 0
    rows = text.split("\n")
    problems = list(islice(yaml_slips(text), _MOST_SLIPS))
    yield from problems
    if any(problem.line <= stumbled + 1 for problem in problems):
        return
    if (opened := _unclosed_quote(rows, stumbled)) is not None:
        yield Problem("", opened + 1, "unclosed-quote")
        return
    row = rows[stumbled] if stumbled < len(rows) else ""
    for pattern, code in _ON_THE_FAILING_LINE:
        if pattern.search(row[:_LONGEST_ROW]):
            yield Problem("", stumbled + 1, code)
            return
    yield _as_parsed(rows, error)


def _as_parsed(rows: list[str], error: yaml.MarkedYAMLError) -> Problem:
    """The problem as the parser understands it, at the place where what cannot be read begins."""
    what = ", ".join(part for part in (error.context, error.problem) if part)
    code = next((code for words, code in _WORDS if words in what), "unreadable-yaml")
    mark = (error.problem_mark if code in _WHERE_IT_ENDS else error.context_mark) or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    row = rows[line] if line < len(rows) else ""
    values: dict[str, object] = {}
    if code == "sign-before-text":
        values["sign"] = row[column : column + 1]
    elif code == "unreadable-yaml":
        values["why"] = what
    if code not in ("uneven-lines", "unclosed-quote"):
        values["row"] = row.strip()[:60]
    return Problem("", line + 1, code, values)


_WHERE_IT_ENDS = frozenset({"colon-in-text", "uneven-lines", "backslash-in-quotes"})


def yaml_slips(text: str) -> Iterator[Problem]:
    """What is mistyped in YAML that cannot be read as it was meant."""
    for number, row in enumerate(text.split("\n"), 1):
        for pattern, code in _ANYWHERE:
            if match := pattern.search(row[:_LONGEST_ROW]):
                yield Problem("", number, code, match.groupdict())
                break


def _unclosed_quote(rows: list[str], stumbled: int) -> int | None:
    """The nearest line up to where the parser stumbled that opens a quote and does not close it."""
    for number in range(min(stumbled, len(rows) - 1), -1, -1):
        for quote in "\"'":
            if rows[number].count(quote) % 2 and re.search(rf"[:\[{{,-] *{quote}", rows[number][:_LONGEST_ROW]):
                return number
    return None
