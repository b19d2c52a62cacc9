"""Tables that show as text: without their line of dashes, with full-width lines, or right below a paragraph."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_ROW = re.compile(r" {0,3}[|｜][^\n]{0,5000}[|｜][^|｜\n]{0,5000}")
_DASHES = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_MEANT_AS_DASHES = re.compile(r"(?=[^\-—－–─━=＝]*[\-—－–─━=＝])[|｜\s:：\-—－–─━=＝]+")
_CODE = re.compile(r"(`+)[^`]*\1")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class TableSlip:
    """What is wrong with a table among the lines of a paragraph, and its mend.

    Attributes:
        code: The problem.
        first: The table's first line, counted from 0.
        rows: What its lines should be, by their numbers, where they are to change.
        dashes: The line that is missing below the first.
        parted: Whether an empty line is missing above it.
    """

    code: str
    first: int
    rows: Mapping[int, str] = field(default_factory=dict)
    dashes: str = ""
    parted: bool = False


def table_slip(texts: Sequence[str]) -> TableSlip | None:
    """What is wrong with the first table among lines that follow one another, if anything is."""
    first = next((number for number, text in enumerate(texts) if _ROW.fullmatch(text)), None)
    if first is None:
        return None
    end = first
    while end < len(texts) and _ROW.fullmatch(texts[end]):
        end += 1
    if end - first < 2 or _has_dashes_above(texts, first):
        return None
    rows = {number: texts[number].replace("｜", "|") for number in range(first, end) if "｜" in texts[number]}
    head, second = (rows.get(number, texts[number]) for number in (first, first + 1))
    is_meant = bool(_MEANT_AS_DASHES.fullmatch(second))
    indent = head[: len(head) - len(head.lstrip())]
    dashes = f"{indent}|{' --- |' * _cells(head)}"
    if is_meant and not (_DASHES.fullmatch(second) and _cells(second) == _cells(head)):
        code, rows = ("full-width-table" if rows else "false-table-dashes"), rows | {first + 1: dashes}
    elif rows:
        code = "full-width-table"
    elif not is_meant:
        code = "table-without-dashes"
    elif first:
        code = "table-below-text"
    else:
        return None
    if _cells(head) < 2 and not is_meant:
        return None
    return TableSlip(code, first, rows, "" if is_meant else dashes, parted=first > 0)


def wide_rows(texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The rows of a table that have more cells than its head, by their numbers, with both counts: what is too much nobody sees."""
    if len(texts) < 3 or "|" not in texts[0] or not (_DASHES.fullmatch(texts[1]) and "|" in texts[1]):
        return
    most = _cells(texts[0])
    if most != _cells(texts[1]):
        return
    for number, text in enumerate(texts[2:], 2):
        if (count := _cells(text)) > most:
            yield number, count, most


def stray_rows(texts: Sequence[str]) -> tuple[int, bool] | None:
    """The first line below a table's dashes that is none of its rows, and whether the table ends there; it becomes a row all the same."""
    if len(texts) < 3 or "|" not in texts[0] or not (_DASHES.fullmatch(texts[1]) and "|" in texts[1]):
        return None
    is_closed = texts[0].lstrip().startswith("|")
    is_row = [_holds_bar(text) and (not is_closed or text.lstrip().startswith("|")) for text in texts]
    first = next((at for at in range(2, len(texts)) if not is_row[at]), None)
    if first is None or texts[first].lstrip().startswith("{:"):
        return None
    return first, not any(_holds_bar(text) for text in texts[first:])


def _holds_bar(text: str) -> bool:
    return bool(_BAR.search(_CODE.sub("", text)))


def _has_dashes_above(texts: Sequence[str], first: int) -> bool:
    """Whether the lines go on with a table whose head has no bar at its beginning."""
    return any(_DASHES.fullmatch(text) and "|" in text for text in texts[:first])


def _cells(row: str) -> int:
    return len(_BAR.split(_CODE.sub("", row).strip().removeprefix("|").removesuffix("|")))
