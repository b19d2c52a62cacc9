"""What editors who come from Word mistype in YAML, said in their terms and not in the parser's.

The line of a problem counts from 1 within the text, and its path is empty: whoever read the text knows its place.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

import yaml

from publicity.problems import Problem
from publicity.read.slip import Edit, Slip

_PAIRS = r" *[A-Za-z_][A-Za-z0-9_]* ?[:：][^{}｛｝]*)"
_KEY = r"^ *(?:- +)?(?P<key>[A-Za-z_][A-Za-z0-9_]*)"
# In YAML that cannot be read, these are slips wherever they stand; `it` is what another text takes the place of, which may repeat `inner`.
_ANYWHERE = [
    (re.compile(pattern), code, new)
    for pattern, code, new in (
        (_KEY + "(?P<it> ?：[ \u00a0\u3000\t]*)", "full-width-colon", ": "),
        # At the margin, where nothing can go on from the line above, a key in Chinese is meant for one, too.
        ("^(?P<key>[\u4e00-\u9fff]{1,12})(?P<it> ?：[ \u00a0\u3000\t]*)(?=\\S)", "full-width-colon", ": "),
        (
            _KEY + ": *(?P<it>(?:｛(?P<inner>" + _PAIRS + "[}｝]|{(?P<rest>" + _PAIRS + "｝))",
            "full-width-braces",
            r"{\g<inner>\g<rest>}",
        ),
        ("^ *(?P<it>－[ \u00a0\u3000]*)(?=\\S)", "full-width-dash", "- "),
        (r"^ *(?P<it>-)(?=[A-Za-z_][A-Za-z0-9_]*:(?: |$)|[\u4e00-\u9fff])", "no-space-after-dash", "- "),
        (r"^(?P<it>\.\.\.)[ \t]*$", "dots-alone", ""),
        (_KEY + "(?P<it>:[ \u00a0\u3000]*[\u00a0\u3000][ \u00a0\u3000]*)", "full-width-space-after-colon", ": "),
        (_KEY + "(?P<it>:[ \t]*\t[ \t]*)", "tab-after-colon", ": "),
        (r"^(?P<it>[ \u00a0\u3000]*[\u00a0\u3000][ \u00a0\u3000]*)", "full-width-space-at-start", "  "),
        (r"^(?P<it>[ \t]*\t[ \t]*)", "tab-at-start", "  "),
        (_KEY + r"(?P<it>:)(?!//)(?=[^\s])", "no-space-after-colon", ": "),
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
_TWO_COLONS = re.compile(_KEY + r":[ ]+[^'\"{\[\s][^:]*: ")
"""The parser stumbles over these for the second, not for where the line begins."""
# What the parser says, where no slip is known by its looks.
_WORDS = (
    ("mapping values are not allowed", "colon-in-text"),
    ("undefined alias", "sign-before-text"),
    ("scanning an alias", "sign-before-text"),
    ("scanning an anchor", "sign-before-text"),
    ("cannot start any token", "sign-before-text"),
    ("scanning a block scalar", "sign-before-text"),
    ("parsing a tag", "sign-before-text"),
    ("expected the node content", "sign-before-text"),
    ("sequence entries are not allowed", "sign-before-text"),
    ("expected ',' or", "unsound-brackets"),
    ("expected <block end>", "uneven-lines"),
    ("expected ':'", "no-key"),
    ("unknown escape", "backslash-in-quotes"),
    ("unexpected end of stream", "unclosed-quote"),
)


HIDING = frozenset(
    {
        "other-encoding",
        "bad-byte",
        "merge-conflict",
        "radical-for-character",
        "false-dashes",
        "blank-above-dashes",
        "no-front-matter",
        "unclosed-front-matter",
        "unclosed-quote",
        "unreadable-yaml",
    }
    | {code for _, code, _ in _ANYWHERE}
    | {code for _, code in (*_ON_THE_FAILING_LINE, *_WORDS)}
)
"""Problems that keep all others of a file's particulars from being found."""

_LONGEST_ROW = 500
"""Some patterns take time by the square of a line's length."""
_MOST_SLIPS = 50


def parse_problems(text: str, error: yaml.MarkedYAMLError) -> Iterator[Slip]:
    """Why YAML cannot be read: each reason with its line."""
    mark = error.problem_mark or error.context_mark
    stumbled = mark.line if mark else 0
    rows = text.split("\n")
    found = list(islice(yaml_slips(text), _MOST_SLIPS))
    yield from found
    if any(slip.problem.line <= stumbled + 1 for slip in found):
        return
    if (opened := _unclosed_quote(rows, stumbled)) is not None:
        yield Slip(Problem("", opened + 1, "unclosed-quote"))
        return
    row = rows[stumbled] if stumbled < len(rows) else ""
    problem = next(
        (
            Problem("", stumbled + 1, code)
            for pattern, code in _ON_THE_FAILING_LINE
            if pattern.search(row[:_LONGEST_ROW]) and not (code == "uneven-lines" and _TWO_COLONS.search(row))
        ),
        None,
    )
    problem = problem or _as_parsed(rows, error)
    yield Slip(problem, _mends_of(problem, rows))


_IN_ITS_LINE = frozenset({
    "full-width-colon", "full-width-space-after-colon", "tab-after-colon", "no-space-after-colon", "curly-quotes", "full-width-comma",
    "full-width-braces", "text-after-quote", "colon-in-text", "sign-before-text", "backslash-in-quotes", "dots-alone", "no-key",
})  # fmt: skip
"""Problems that end with their line."""
_LINE = re.compile(r"(?P<before> *(?:- +)?(?:[A-Za-z_一-鿿][\w-]*(?= ?[:：]))?)(?P<rest>.*)")


def without_told(text: str, slips: Iterable[Slip]) -> str | None:
    """A text of the same length whose lines with these slips say nothing, to look for what else is wrong; None where they reach farther."""
    rows = text.split("\n")
    for problem in (slip.problem for slip in slips):
        row = rows[problem.line - 1]
        match = _LINE.fullmatch(row)
        is_whole = all(row.count(one) == row.count(other) for one, other in ("{}", "[]"))
        if problem.code not in _IN_ITS_LINE or not is_whole or match is None or len(row) > _LONGEST_ROW:
            return None
        before, rest = match["before"], match["rest"].removeprefix(" ")
        if problem.code in ("dots-alone", "no-key"):
            before, said = "", ""
        elif before.strip(" -"):  # what stands below may belong to the key
            said = ":" + " x"[: len(rest) - 1] * bool(rest[1:].strip())
        elif before.strip():
            said = "x"
        else:
            return None
        rows[problem.line - 1] = (before + said).ljust(len(row))
    return "\n".join(rows)


_WHOLE_VALUE = re.compile(_KEY + r":[ ]+(?P<value>[^'\[{>|\s][^']*?)[ ]*$")
_TEXT_AFTER_BRACKETS = re.compile(_KEY + r":[ ]+(?P<value>[\[{][^\[\]{}]*[\]}][ ]*[^\s,#\]}][^']*?)[ ]*$")
_COMMA = re.compile(r"[ ]*，[ \u00a0\u3000]*(?=[A-Za-z_][A-Za-z0-9_]*:(?: |$))")
_MEANT_AS_KEYS = re.compile(r"[(（｛【［〔] *[A-Za-z_][A-Za-z0-9_]*[:：]")
"""A bracket that was meant for a brace: quotes would make a text of it."""
_QUOTED = frozenset({"curly-quotes", "text-after-quote", "colon-in-text", "sign-before-text", "backslash-in-quotes"})
"""What single quotes around the whole text mend."""


def _mends_of(problem: Problem, rows: list[str]) -> tuple[Edit, ...]:
    """The edits for what the parser stumbled over."""
    number = problem.line - 1
    row = rows[number] if number < len(rows) else ""
    start = sum(len(row) + 1 for row in rows[:number])
    if problem.code == "full-width-comma" and "{" in row:
        return tuple(Edit(start + comma.start(), start + comma.end(), ", ") for comma in _COMMA.finditer(row))
    whole = (pattern.search(row[:_LONGEST_ROW]) for pattern in (_WHOLE_VALUE, _TEXT_AFTER_BRACKETS))
    value = next(filter(None, whole), None) if problem.code in _QUOTED else None
    if not value or len(row) > _LONGEST_ROW or _MEANT_AS_KEYS.match(value["value"]):
        return ()
    text = value["value"]
    if problem.code == "backslash-in-quotes":
        text = text[1:-1] if text[0] == text[-1] == '"' and text.count('"') == 2 else ""
    return (Edit(start + value.start("value"), start + value.end("value"), f"'{text}'"),) if text else ()


def _as_parsed(rows: list[str], error: yaml.MarkedYAMLError) -> Problem:
    """The problem as the parser understands it, at the place where what cannot be read begins."""
    what = ", ".join(part for part in (error.context, error.problem) if part)
    code = next((code for words, code in _WORDS if words in what), "unreadable-yaml")
    mark = (error.problem_mark if code in _WHERE_IT_ENDS else error.context_mark) or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    row = rows[line] if line < len(rows) else ""
    values: dict[str, object] = {}
    if code == "uneven-lines" and (match := _TEXT_AFTER_BRACKETS.search(row[:_LONGEST_ROW])):
        code, column = "sign-before-text", match.start("value")
    if code == "colon-in-text" and not _TWO_COLONS.search(row) and _KEY_ALONE.fullmatch(rows[line - 1] if line else ""):
        code, line = "no-key", line - 1  # the text that goes on with this line's key
        row = rows[line]
    if code == "sign-before-text":
        values["sign"] = row[column : column + 1]
    elif code == "unreadable-yaml":
        values["why"] = what
    if code not in ("uneven-lines", "unclosed-quote"):
        values["row"] = row.strip()[:60]
    return Problem("", line + 1, code, values)


_KEY_ALONE = re.compile(r"(?![ #-])[^:：]*[^\s:：][^:：]*")
"""A line at the margin without any colon."""
_WHERE_IT_ENDS = frozenset({"colon-in-text", "uneven-lines", "backslash-in-quotes"})


def yaml_slips(text: str) -> Iterator[Slip]:
    """What is mistyped in YAML that cannot be read as it was meant."""
    place = 0
    above = ""
    for number, row in enumerate(text.split("\n"), 1):
        for pattern, code, new in _ANYWHERE:
            if match := pattern.search(row[:_LONGEST_ROW]):
                rest = row[match.end("it") :].strip()
                new = match.expand(new)
                if not match.start("it") and new.isspace():  # at the line's beginning
                    new = new if above.startswith(" ") or above.rstrip().endswith((":", "：")) else ""
                edit = Edit(place + match.start("it"), place + match.end("it"), new if rest else new.rstrip())
                values = {name: value for name, value in match.groupdict().items() if name == "key"}
                yield Slip(Problem("", number, code, values), (edit,))
                break
        above = row if row.strip() else above
        place += len(row) + 1


def _unclosed_quote(rows: list[str], stumbled: int) -> int | None:
    """The nearest line up to where the parser stumbled that opens a quote and does not close it."""
    for number in range(min(stumbled, len(rows) - 1), -1, -1):
        for quote in "\"'":
            if rows[number].count(quote) % 2 and re.search(rf"[:\[{{,-] *{quote}", rows[number][:_LONGEST_ROW]):
                return number
    return None
