"""A Markdown body without its code, in which nothing is a slip."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyromark

_FENCE = re.compile(r"`{3,}|~{3,}")
_NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True)
class Code:
    """Code of a body: its place in characters, and where it is fenced and never closed, the fence."""

    start: int
    end: int
    is_block: bool
    unclosed: str = ""


@lru_cache(maxsize=8)
def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_at(text: str, place: int) -> int:
    """The line of a place in a text, counted from 1."""
    return bisect_right(_starts(text), place)


def without_code(text: str) -> tuple[str, list[Code]]:
    """A text with its code left blank, every character at its old place; and the code."""
    found = list(_code(text))
    pieces, end = [], 0
    for code in found:
        if code.start >= end:
            pieces += [text[end : code.start], _NOT_LINE_END.sub(" ", text[code.start : code.end])]
            end = code.end
    return "".join((*pieces, text[end:])), found


def _code(text: str) -> Iterator[Code]:
    if not any(sign in text for sign in ("`", "~~~", "\n    ", "\t")) and not text.startswith("    "):
        return
    raw = text.encode()
    places = _Places(raw)
    # A text of its own, for pyromark leaves the UTF-8 form in the one that it is given.
    for event, where in pyromark.events_with_range(raw.decode(), options=pyromark.Options.ENABLE_TABLES):
        match event:
            case {"Code": _}:
                yield Code(places.of(where["start"]), places.of(where["end"]), is_block=False)
            case {"Start": {"CodeBlock": _}}:
                code = raw[where["start"] : where["end"]].decode()
                fence = _FENCE.match(code)
                unclosed = fence[0] if fence and not _is_closed(code, fence[0]) else ""
                yield Code(places.of(where["start"]), places.of(where["end"]), is_block=True, unclosed=unclosed)


class _Places:
    """Places in the UTF-8 form of a text, as places in the text."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._byte, self._character = 0, 0

    def of(self, place: int) -> int:
        """The same place, counted in characters; quick where it is asked for places one after another."""
        if place < self._byte:
            self._byte, self._character = 0, 0
        self._character += len(self._raw[self._byte : place].decode())
        self._byte = place
        return self._character


def _is_closed(code: str, fence: str) -> bool:
    _, *rest = code.rstrip().split("\n")
    return bool(rest) and bool(re.fullmatch(rf"[\s>]*{re.escape(fence)}{re.escape(fence[0])}*", rest[-1]))
