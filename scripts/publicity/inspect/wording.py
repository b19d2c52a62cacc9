"""Slips of wording: our own list (`wording.yml`), AutoCorrect for punctuation, brackets without their other half, and impossible dates."""

import calendar
import datetime
import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

import autocorrect_py
from pydantic import Field

from publicity.data_files import data_file
from publicity.inspect.findings import Finding, Severity
from publicity.inspect.inspection import Inspection
from publicity.models import Model
from publicity.read.passages import Passage

_NOTED_IN_DOCUMENTS = frozenset({"typo", "name", "term", "impossible-date"})
"""What is worth a note in an official document, whose own punctuation and form are not ours to judge."""
_AS_PEOPLE_ASK = "variants"
"""The key of questions in other words, which call a body as people do; what is misspelt in them is told all the same."""


class KnownSlip(Model):
    """A slip to look for; `wording.yml` says what the keys mean."""

    rule: Literal["typo", "name", "term", "punctuation", "format"]
    find: str
    source: str
    right: str | None = None
    reason: str | None = None
    weight: Severity | None = None
    not_in: list[str] = Field(default_factory=list)
    outside_titles: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """`find`, compiled."""
        return re.compile(self.find)


class Wording(Model):
    """`wording.yml`."""

    sources: dict[str, str]
    entries: list[KnownSlip] = Field(min_length=1)


@dataclass(frozen=True)
class Slip:
    """A slip in a text, from `start` to `end`."""

    rule: str
    start: int
    end: int
    advice: str
    weight: Severity | None = None


@cache
def wording() -> Wording:
    """Our own list."""
    return Wording.model_validate(data_file("publicity.inspect", "wording.yml"))


def inspect_wording(inspection: Inspection) -> Iterator[Finding]:
    """Slips in the Chinese texts; those of official documents are noted, never to be corrected."""
    for passage in inspection.passages:
        if not passage.chinese:
            continue
        for slip in slips_in(passage):
            shown = _around(passage.text, slip.start, slip.end)
            weight, advice = slip.weight, slip.advice
            if passage.key[:1] == (_AS_PEOPLE_ASK,) and slip.rule != "typo" and weight != "error":
                continue
            if passage.verbatim:
                if slip.rule not in _NOTED_IN_DOCUMENTS:
                    continue
                weight, advice = "notice", f"{advice}（官方文件照原文发布，不作改动；如系录入之误，请对照公文原件）"
            values = {"found": shown, "advice": advice}
            yield Finding(slip.rule, passage.path, passage.line_at(slip.start), values, weight)


def slips_in(passage: Passage) -> list[Slip]:
    """All slips of a passage, but for what is on record as printed so. Of two that overlap the first found stands."""
    text = passage.text
    slips: list[Slip] = []
    taken = bytearray(len(text))  # every slip has a length
    for slip in (*_listed(passage), *_unpaired(text), *_dates(text), *_autocorrect(text)):
        if not any(taken[slip.start : slip.end]) and not _as_printed(passage, slip):
            slips.append(slip)
            taken[slip.start : slip.end] = b"\1" * (slip.end - slip.start)
    return slips


def _listed(passage: Passage) -> Iterator[Slip]:
    titles = [match.span() for match in re.finditer(r"《[^》]*》", passage.text)]
    for entry in wording().entries:
        if passage.collection in entry.not_in:
            continue
        for match in entry.pattern.finditer(passage.text):
            if entry.outside_titles and any(start < match.start() < end for start, end in titles):
                continue
            parts = [f"应为“{entry.right}”" if entry.right else "", entry.reason or ""]
            basis = f"（依据：{wording().sources[entry.source]}）"
            yield Slip(entry.rule, *match.span(), "；".join(filter(None, parts)) + basis, entry.weight)


_PAIRS = {"》": "《", "”": "“", "）": "（", "〕": "〔", "】": "【"}


def _unpaired(text: str) -> Iterator[Slip]:
    """Brackets and quotation marks without their other half; `1）` is a number, not a bracket."""
    open_marks: list[tuple[str, int]] = []
    for index, mark in enumerate(text):
        if mark in _PAIRS.values():
            open_marks.append((mark, index))
        elif mark in _PAIRS:
            if open_marks and open_marks[-1][0] == _PAIRS[mark]:
                open_marks.pop()
            elif not re.search(r"(?:^|[\s；。，、])[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,2}$", text[:index]):
                yield Slip("punctuation", index, index + 1, f"“{mark}”前面没有相应的“{_PAIRS[mark]}”")
    for mark, index in open_marks:
        yield Slip("punctuation", index, index + 1, f"“{mark}”没有相应的后一半")


_DATE = re.compile(r"(?<!\d)([12]\d{3})年(\d{1,2})月(\d{1,2})日(?:[（(](?:星期|周)([一二三四五六日天])[）)])?")
_WEEKDAYS = "一二三四五六日"


def _dates(text: str) -> Iterator[Slip]:
    """Days that no calendar has, and days of the week that are wrong."""
    for match in _DATE.finditer(text):
        year, month, day = map(int, match.groups()[:3])
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            yield Slip("impossible-date", *match.span(), "日历上没有这一天")
        elif match[4]:
            right = _WEEKDAYS[datetime.date(year, month, day).weekday()]
            if match[4].replace("天", "日") != right:
                yield Slip("impossible-date", *match.span(), f"这一天是星期{right}")


# Spaces between Chinese and Latin letters are left to the style sheet (`text-autospace`), so the rules about those are off.
_OFF = (
    "space-word",
    "space-punctuation",
    "space-bracket",
    "space-backticks",
    "space-dash",
    "space-dollar",
    "spellcheck",
)
_ON = ("fullwidth", "halfwidth-word", "halfwidth-punctuation", "no-space-fullwidth", "no-space-fullwidth-quote")
_CONFIG = json.dumps({"rules": dict.fromkeys(_OFF, 0) | dict.fromkeys(_ON, 1)})
autocorrect_py.load_config(_CONFIG)  # type: ignore[attr-defined] # its stub forgets it


def _autocorrect(text: str) -> Iterator[Slip]:
    """What AutoCorrect would change, piece by piece. A wide space is meant: it sets off 第一条　 and leaves room to fill in."""
    text = text.replace("\u3000", "〓")
    for piece in _PIECES.finditer(text):
        for slip in _corrected(piece[0]):
            yield replace(slip, start=piece.start() + slip.start, end=piece.start() + slip.end)


_PIECES = re.compile(r"(?s).{1,250}(?:(?<=[。\n])|$)|.{1,250}")
"""As much as is compared at a time: the time grows with more than the square of it."""


def _corrected(text: str) -> Iterator[Slip]:
    corrected = autocorrect_py.format(text)
    if corrected == text:
        return
    for change, start, end, first, last in difflib.SequenceMatcher(None, text, corrected, autojunk=False).get_opcodes():
        if change != "equal":
            right = corrected[first:last]
            advice = f"应为“{right}”" if right else "这里多了空格"
            yield Slip("punctuation", start, max(end, start + 1), f"{advice}（AutoCorrect）")


def _as_printed(passage: Passage, slip: Slip) -> bool:
    """Whether the slip stands in words that are on record as printed so."""
    for words in passage.as_printed:
        start = passage.text.find(words)
        while start >= 0:
            if start <= slip.start and slip.end <= start + len(words):
                return True
            start = passage.text.find(words, start + 1)
    return False


def _around(text: str, start: int, end: int, reach: int = 6) -> str:
    """The slip with a few characters on either side, to be found by."""
    shown = text[max(0, start - reach) : end + reach].replace("\n", " ")
    return f"{'…' if start > reach else ''}{shown}{'…' if end + reach < len(text) else ''}"
