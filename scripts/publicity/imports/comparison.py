"""Whether an entry says what its original says, character by character; white space does not count."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from publicity.imports.remarks import shortened
from publicity.markup.converter import make_converter
from publicity.read.characters import is_clean

_LONGEST_COMPARED = 4_000
"""Characters of the part that differs: to find the least difference takes their square."""
_CHINESE = re.compile("[一-鿿]")
_REACH = 8


@dataclass(frozen=True)
class Difference:
    """Where the entry is not as the original.

    Attributes:
        original: The words there, with what stands around them.
        found: The same of the entry.
        line: The line of the body, counted from 1.
        count: How many characters are lost or added here.
    """

    original: str
    found: str
    line: int
    count: int


def letters(text: str) -> str:
    """A text without white space and without what cannot be seen."""
    return "".join(sign for sign in text if not sign.isspace() and is_clean(sign))


def rendered_text(body: str) -> str:
    """What a page shows of a body; notes stand at its end."""
    tree = LexborHTMLParser(make_converter().convert(body))
    for mark in tree.css(".footnote-ref, .footnote-backref"):
        mark.decompose()
    return tree.body.text() if tree.body else ""


def differences(original: str, taken: str, shown: str, body: str) -> list[Difference]:
    """Where what was `taken` into fields and what is `shown` after it are not, together, the original. `body` is the Markdown of it."""
    before, after = letters(original), letters(taken) + letters(shown)
    if before == after:
        return []
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) > _LONGEST_COMPARED or len(new) > _LONGEST_COMPARED:
        parts = [("replace", 0, len(old), 0, len(new))]
    else:
        parts = [
            part for part in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if part[0] != "equal"
        ]
    skipped = len(_CHINESE.findall(letters(taken)))
    return [
        Difference(
            original=_around(before, start + first, start + last),
            found=_around(after, start + low, start + high),
            line=_line(body, len(_CHINESE.findall(after[: start + low])) - skipped),
            count=max(last - first, high - low),
        )
        for _, first, last, low, high in parts
    ]


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _around(text: str, start: int, end: int) -> str:
    return shortened(text[max(0, start - _REACH) : end + _REACH]) or "—"


def _line(body: str, count: int) -> int:
    """The line that holds the character after so many Chinese ones, of which no mark of Markdown is made."""
    ends = _ends(body)
    return next((number for number, end in enumerate(ends, 1) if end > count), len(ends))


@lru_cache(maxsize=2)
def _ends(body: str) -> tuple[int, ...]:
    """How many Chinese characters there are up to the end of each line."""
    total, ends = 0, []
    for line in body.rstrip("\n").split("\n"):
        total += len(_CHINESE.findall(line))
        ends.append(total)
    return tuple(ends)
