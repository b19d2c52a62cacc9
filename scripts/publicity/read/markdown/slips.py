"""Slips of typing that Markdown lets pass and readers see, with their mends where they have only one.

Python-Markdown, which renders the bodies, reads some of them otherwise than CommonMark does, and shows others as they were typed.
The line of a problem counts from 1 within the body, and its path is empty.
"""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.markdown.footnotes import footnote_slips
from publicity.read.markdown.lines import line_slips
from publicity.read.markdown.marks import indented_texts, mark_slips, parted_rows
from publicity.read.markdown.prose import line_at, without_code
from publicity.read.slip import Slip


def markdown_slips(text: str) -> Iterator[Slip]:
    """What was surely meant otherwise in a Markdown body."""
    prose, codes = without_code(text)
    for code in codes:
        if code.unclosed:
            yield Slip(Problem("", line_at(text, code.start), "unclosed-code", {"fence": code.unclosed}))
    yield from indented_texts(text, codes)
    yield from mark_slips(prose)
    yield from footnote_slips(prose)
    parted = parted_rows(prose)
    yield from (slip for slip in line_slips(prose) if slip.problem.line not in parted)
