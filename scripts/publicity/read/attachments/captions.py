"""Captions, WebVTT files, held to what every player shows: a head, times in order, words without marks."""

import re
from collections.abc import Iterator

from publicity.problems import Problem

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?")
_OTHER_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_MARK = re.compile(r"<[^>]*>?|\{\\[^}]*\}?")
EXAMPLE = "00:00:01.000 --> 00:00:04.000"


def caption_problems(text: str, name: str, seconds: float) -> list[Problem]:
    """All that is wrong with the captions of a film of so many seconds; `name` is their file as shown to people."""
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return [Problem(name, 1, "captions-head", {"found": lines[0][:40]})]
    blocks = list(_blocks(lines))
    if not blocks:
        return [Problem(name, 1, "captions-without-cues")]
    problems, before = [], 0.0
    for number, rows in blocks:
        # The first row may be the cue's own name.
        at = next((index for index, row in enumerate(rows) if "-->" in row), None)
        times = _TIMES.fullmatch(rows[at].strip()) if at is not None else None
        if at is None or times is None or at > 1:
            found = rows[at or 0]
            problems.append(Problem(name, number + (at or 0), "captions-times", {"found": found, "example": EXAMPLE}))
            continue
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        problems += [Problem(name, number + at, *fault) for fault in _faults_of_times(start, end, before, seconds)]
        problems += [Problem(name, number + line, *fault) for line, fault in _faults_of_words(rows, at + 1)]
        before = start
    return problems


Fault = tuple[str, dict[str, object]]


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The cues: lines between empty ones, with the number of the first."""
    begin: int | None = None
    head = lines.index("") if "" in lines else len(lines)
    for number, line in enumerate([*lines[head:], ""], head):
        if line.strip() and begin is None:
            begin = number
        elif not line.strip() and begin is not None:
            if not _OTHER_BLOCKS.match(lines[begin]):
                yield begin + 1, lines[begin:number]
            begin = None


def _faults_of_times(start: float, end: float, before: float, seconds: float) -> Iterator[Fault]:
    if end <= start:
        yield "captions-end-before-start", {"start": _clock(start), "end": _clock(end)}
    if start < before:
        yield "captions-out-of-order", {"start": _clock(start), "before": _clock(before)}
    if seconds and end > round(seconds, 3):
        yield "captions-beyond-end", {"end": _clock(end), "length": _clock(seconds)}


def _faults_of_words(rows: list[str], first: int) -> Iterator[tuple[int, Fault]]:
    """What is wrong with the words of a cue, by their rows."""
    words = rows[first:]
    if not "".join(words).strip():
        yield first - 1, ("captions-empty", {})
    for line, row in enumerate(words, first):
        if "-->" in row:
            yield line, ("captions-run-on", {"found": row})
        elif mark := _MARK.search(row):
            yield line, ("captions-mark", {"mark": mark[0]})


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000


def _clock(seconds: float) -> str:
    """A time as captions write it."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
