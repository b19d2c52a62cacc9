"""How much a body may hold of what Markdown takes long for: it tries some signs with all that follows them, again and again.

The bounds lie far above what texts hold, and so low that at none of them Markdown takes more than about a second. Counting is quick,
and comes before anything else looks at a body. How long a file may be, `read/files/plain.py` says.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

from publicity.markup.allowed import Fault

MOST_LINES = 20_000
MOST_BLOCKS = 8_000
"""Paragraphs, items, tables: what blank lines lie between."""
DEEPEST = 25
"""Levels of lists, quotations and whatever else is told by the beginnings of lines."""
MOST_LEVELS = 40_000
"""The same, added up over all lines."""
SIGNS = {
    "[": 3_000, "[^": 600, "<": 4_000, "&": 5_000, "\\": 3_000, "`": 3_000, "```": 400, "~~~": 400, "{": 1_500, "*": 10_000,
    "_": 10_000, "|": 15_000, "!!!": 500, "???": 500,
}  # fmt: skip
"""Signs that begin something, and how often each may stand."""
_LONGEST_OPEN = 1_000_000
"""Signs that are looked through for the ends of what is open, added up over a body."""
_LONGEST_IN_LINES = 20_000_000
"""The same for what ends with its line, whether it is a tag or not: terms are looked for outside."""
_MOST_PASSED = 5_000_000
"""The lines of a block that make a block of their own, times its length, added up over a body: the rest is taken apart at each."""
_MOST_COMPARED = 10_000_000
"""Abbreviations times the length of a body."""

_BLANK = re.compile(r"\n[ \t]*\n")
_BEGINNING = re.compile(r"^(?:[ \t]*(?:>|(?:[*+-]|[0-9]+\.)(?=[ \t])))*[ \t]*")
_LONG_BEGINNING = re.compile(rf"^[ \t>*+\-0-9.]{{{DEEPEST + 1}}}.*", re.MULTILINE)
_LEVEL = re.compile(r">|[*+-]|[0-9]+\.|\t| {4}")
_OWN_BLOCK = re.compile(r"^ {0,3}(?:#|\[[^\]\n]*\]:|(?:[-=*_][ \t]*)+$)", re.MULTILINE)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[", re.MULTILINE)
_BRACKETS = re.compile(r"\]\(|[\[\]()]")
_TAG_SIGNS = re.compile(r"<(?=[A-Za-z/!?])|>")


@cache
def excesses(body: str) -> tuple[tuple[int, Fault], ...]:
    """What a body holds too much of, each with a line."""
    return (*_too_many(body), *_too_nested(body), *_open_too_long(body), *_open_in_lines(body))


def _too_many(body: str) -> Iterator[tuple[int, Fault]]:
    for sign, most in SIGNS.items():
        if (count := body.count(sign)) > most:
            yield _line(body, sign, most), _fault("too-much-of", sign=sign, count=count, most=most)
    lines = body.count("\n") + 1
    if lines > MOST_LINES:
        yield MOST_LINES, _fault("too-many-lines", count=lines, most=MOST_LINES)
    blocks = [match.end() for match in _BLANK.finditer(body)] if lines > MOST_BLOCKS else []
    if len(blocks) > MOST_BLOCKS:
        yield _line_at(body, blocks[MOST_BLOCKS]), _fault("too-many-blocks", count=len(blocks), most=MOST_BLOCKS)
    count, most = len(_ABBREVIATION.findall(body)), _MOST_COMPARED // (len(body) or 1)
    if count > most:
        yield _line(body, "*[", most), _fault("too-much-of", sign="*[", count=count, most=most)


def _too_nested(body: str) -> Iterator[tuple[int, Fault]]:
    for match in _LONG_BEGINNING.finditer(body):
        if (beginning := _BEGINNING.match(match[0])) and (count := len(_LEVEL.findall(beginning[0]))) > DEEPEST:
            yield _line_at(body, match.start()), _fault("too-nested", count=count, most=DEEPEST)
            return
    lines = body.split("\n")
    if len(lines) * DEEPEST > MOST_LEVELS:
        levels = sum(len(_LEVEL.findall(beginning[0])) for line in lines if (beginning := _BEGINNING.match(line)))
        if levels > MOST_LEVELS:
            yield 1, _fault("too-many-levels", count=levels, most=MOST_LEVELS)


def _open_too_long(body: str) -> Iterator[tuple[int, Fault]]:
    """What stays open too long, and blocks that hold too many lines which end them."""
    length = len(body)
    if body.count("\n") * length < _MOST_PASSED and max(body.count("["), body.count("<")) * length < _LONGEST_OPEN // 2:
        return  # a glance is enough for most bodies
    passed, brackets = 0, 0
    blanks = [match.span() for match in _BLANK.finditer(body)]
    for (_, start), (end, _) in pairwise([(0, 0), *blanks, (length, length)]):
        block = body[start:end]
        if passed <= _MOST_PASSED:
            count = len(_OWN_BLOCK.findall(block))
            passed += count * len(block)
            if passed > _MOST_PASSED:
                yield _line_at(body, start), _fault("too-close", count=count)
        if brackets <= _LONGEST_OPEN:
            brackets += _length_in_brackets(block)
            if brackets > _LONGEST_OPEN:
                yield _line_at(body, start), _fault("left-open", sign="[", end="]")
    if _length_in_tags(body) > _LONGEST_OPEN:
        yield _line_at(body, body.index("<")), _fault("left-open", sign="<", end=">")


def _open_in_lines(body: str) -> Iterator[tuple[int, Fault]]:
    for sign, end in (("<", ">"), ("{", "}")):
        if body.count(sign) * len(body) > _LONGEST_IN_LINES:
            lengths = accumulate(line.count(sign) * len(line) for line in body.split("\n"))
            number = next((number for number, length in enumerate(lengths, 1) if length > _LONGEST_IN_LINES), None)
            if number:
                yield number, _fault("left-open", sign=sign, end=end)


def _length_in_brackets(block: str) -> int:
    """How long all that begins with a bracket is, or the parenthesis of a link; what is not closed goes to the end."""
    length, opened, links = 0, [], []
    for match in _BRACKETS.finditer(block):
        sign, place = match[0], match.start()
        if sign == "[":
            opened.append(place)
        elif sign.startswith("]"):
            length += place - opened.pop() if opened else 0
            links += [place] if sign == "](" else []
        elif sign == "(":
            links += [place] if links else []
        elif links:
            length += place - links.pop()
    return length + sum(len(block) - place for place in (*opened, *links))


def _length_in_tags(body: str) -> int:
    """How far it is from every `<` of a tag to the next `>`."""
    length, opened, begins = 0, 0, 0
    for match in _TAG_SIGNS.finditer(body):
        if match[0] == "<":
            opened, begins = opened + 1, begins + match.start()
        else:
            length += opened * match.start() - begins
            opened, begins = 0, 0
    return length + opened * len(body) - begins


def _line(body: str, sign: str, most: int) -> int:
    """The line of the first sign that is too much."""
    places = re.finditer(re.escape(sign), body)
    place = next(match.start() for number, match in enumerate(places) if number == most)
    return _line_at(body, place)


def _line_at(body: str, place: int) -> int:
    return body.count("\n", 0, place) + 1


def _fault(code: str, **values: object) -> Fault:
    return Fault(code, tuple(values.items()))
