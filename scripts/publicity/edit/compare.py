"""Two texts compared word by word: of Chinese each character is a word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `added` or `removed`."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[list[Piece]]:
    """The lines of both texts in pieces, with two lines of what is the same around each change."""
    before, after = old.splitlines(), new.splitlines()
    rows: list[list[Piece]] = []
    for number, group in enumerate(difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(2)):
        if number:
            rows.append([Piece("gap", "……")])
        for tag, a, b, c, d in group:
            if tag == "equal":
                rows += [[Piece("same", line)] for line in before[a:b]]
            else:
                rows += _changed(before[a:b], after[c:d])
    return rows


def _changed(before: list[str], after: list[str]) -> Iterator[list[Piece]]:
    """Lines that became others: those that still are alike are compared word by word."""
    for old, new in zip(before, after, strict=False):
        yield list(_words(old, new))
    yield from ([Piece("removed", line)] for line in before[len(after) :])
    yield from ([Piece("added", line)] for line in after[len(before) :])


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(before[a:b]))
        if c < d:
            yield Piece("added", "".join(after[c:d]))
