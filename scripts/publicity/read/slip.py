"""A slip of typing: what is wrong, and where only one writing can be meant, the edits that mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from publicity.problems import Problem


@dataclass(frozen=True, order=True)
class Edit:
    """What is to stand in a text from one place to another, counted in characters."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Slip:
    """A problem of a text, whose line counts from 1 within it; no edits where a person must say what was meant."""

    problem: Problem
    edits: tuple[Edit, ...] = ()


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with its edits; of two that overlap the first counts."""
    pieces, end = [], 0
    for edit in sorted(set(edits)):
        if edit.start >= end:
            pieces += [text[end : edit.start], edit.new]
            end = edit.end
    return "".join((*pieces, text[end:]))
