"""Bodies held to the list: what their HTML may not hold, with the line of the text that it comes from.

Markdown tells no lines. So the text is converted line by line further, by halves, up to the line that brings a fault in; where that
is the last line of something longer, what the fault names stands on it or above.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache

from publicity.markup.allowed import Fault, faults
from publicity.markup.converter import make_converter

_MOST_CONVERTED, _MOST_CONVERSIONS = 200_000, 60
"""Characters, and times, that are converted at most to find the places of a body's faults; then they are looked for by their words alone."""
UNREADABLE = Fault("markdown-fails", ())
"""That Markdown itself fails at a body."""
_FENCE = re.compile(r"[\s>]*(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_converter = cache(make_converter)


def html_faults(html: str, taken: Container[str]) -> list[Fault]:
    """The faults of a body's HTML; what only follows from another one is left out."""
    all_faults = list(faults(html, taken))
    named = {dict(fault.values).get("element") for fault in all_faults if fault.code == "html-element"}
    comment = any(fault.code == "html-comment" for fault in all_faults)
    return [
        fault
        for fault in all_faults
        if fault.code != "html-unclosed" or not (comment or dict(fault.values)["element"] in named)
    ]


def body_faults(body: str, taken: Container[str]) -> list[tuple[int, Fault]]:
    """What a page may not hold of a body, each fault with its line, counted from 1."""
    all_faults = _faults(body, taken)
    return list(_Places(body, taken).of(all_faults)) if all_faults else []


def line_of_fault(fault: Fault, lines: list[str], upto: int, *, certain: bool) -> int:
    """The line that shows a fault, at best: the last one up to one that holds its words.

    Where it is `certain` that the fault came with that line, only a tag may have begun much further above.
    """
    values = [str(value) for name, value in fault.values if name != "element" and value]
    element = dict(fault.values).get("element")
    words = (
        ("<!", "<?") if fault.code == "html-comment" else (values[-1] if values else f"<{element}" if element else "",)
    )
    for number in range(upto, 0, -1):
        line = lines[number - 1].lower()
        if any(word.lower() in line for word in words):
            return number
        if certain and not line.strip() and not words[0].startswith("<"):
            break
    return upto


def _faults(body: str, taken: Container[str]) -> list[Fault]:
    """The faults of a body; that Markdown fails at it is one, too."""
    try:
        html = _converter().reset().convert(body)
    except Exception:  # noqa: BLE001 - whatever a text does to Markdown is a fault of that text
        return [UNREADABLE]
    return html_faults(html, taken)


class _Places:
    """Finds the lines of one body that its faults come from."""

    def __init__(self, body: str, taken: Container[str]) -> None:
        self._lines = body.split("\n")
        self._ends = list(_ends(self._lines))
        self._taken = taken
        self._left = _MOST_CONVERTED
        self._known: dict[int, Counter[Fault]] = {0: Counter()}

    def of(self, all_faults: list[Fault]) -> Iterator[tuple[int, Fault]]:
        """The faults with their lines."""
        self._known[len(self._lines)] = Counter(all_faults)
        seen: Counter[Fault] = Counter()
        for fault in all_faults:
            seen[fault] += 1
            yield self._opening() if fault.code == "html-unclosed" else self._first(fault, seen[fault]), fault

    def _first(self, fault: Fault, number: int) -> int:
        """The first line with which the text has a fault so many times."""
        before, after = 0, len(self._ends) - 1
        while after - before > 1:
            middle = (before + after) // 2
            known = self._up_to(self._ends[middle])
            if known is None:
                break
            before, after = (before, middle) if known[fault] >= number else (middle, after)
        return line_of_fault(fault, self._lines, self._ends[after], certain=after - before == 1)

    def _opening(self) -> int:
        """The line from which on the text is not closed any more: the last one before which it was."""
        for number in reversed(self._ends[1:]):
            if "<" not in self._lines[number - 1]:
                continue
            known = self._up_to(number - 1)
            if known is None or not any(fault.code == "html-unclosed" for fault in known):
                return number
        return len(self._lines)

    def _up_to(self, line: int) -> Counter[Fault] | None:
        """The faults of the text up to a line; None where too much has been converted already."""
        if line not in self._known:
            body = "\n".join(self._lines[:line])
            self._left -= max(len(body), _MOST_CONVERTED // _MOST_CONVERSIONS)
            if self._left < 0:
                return None
            self._known[line] = Counter(_faults(body, self._taken))
        return self._known[line]


def _ends(lines: list[str]) -> Iterator[int]:
    """The lines after which a text can be cut off: half of a fenced code would be no code."""
    fence = ""
    yield 0
    for number, line in enumerate(lines, 1):
        if match := _FENCE.match(line):
            if not fence:
                fence = match["fence"]
            elif match["fence"].startswith(fence) and not match["rest"].strip():
                fence = ""
        if not fence or number == len(lines):
            yield number
