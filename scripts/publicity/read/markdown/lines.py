"""Lists, tables and quotations that Markdown makes running text of, or items of another level than they seem.

What is read here is how Python-Markdown takes lines together: a list or a table begins a block of its own, what belongs to an item
stands four spaces further in, and quotations, admonitions and items hold blocks themselves.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publicity.problems import Problem
from publicity.read.markdown.tables import TableSlip, stray_rows, table_slip, wide_rows
from publicity.read.slip import Edit, Slip


@dataclass(frozen=True)
class Row:
    """A line of a body, or what of it stands behind the marks of what holds it: `start` is where it begins in the body."""

    number: int
    prefix: str
    text: str
    start: int

    @property
    def indent(self) -> int:
        """The spaces that it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    def inner(self, length: int) -> "Row":
        """The same without its first characters."""
        return Row(self.number, self.prefix + self.text[:length], self.text[length:], self.start + length)

    def blank_line_before(self) -> Edit:
        """The edit that puts an empty line before it, in the same quotation."""
        here = self.start - len(self.prefix)
        return Edit(here, here, f"{self.prefix.rstrip()}\n")


_TAB = 4
"""Spaces by which what is held stands further in."""
_TABS = re.compile(r"^[ >]*\t", re.MULTILINE)
_ITEM = re.compile(r" *(?:[*+-]|(?P<number>[0-9]{1,9})\.) +\S")
_QUOTATION = re.compile(r" {0,3}> ?")
_HOLDER = re.compile(r"(?:!!!|\?\?\?\+?) ?\S|\[\^[^\]]+\]:")
_HTML = re.compile(r" {0,3}<(?![^>]*\bmarkdown\b)")
_BOUNDARY = re.compile(r"#{1,6}|<|:[ ]|\*\[[^\]]+\]:|\[[^\]^]+\]:|(?:[-=*_][ \t]*){3,}$")
"""Lines that a paragraph does not go on in: headings, HTML, definitions, rules."""
_ENDS_LINE = re.compile(r"(?:  |<br ?/?>|\\)$")
_FALSE_BULLET = re.compile(
    r" {0,3}(?P<it>[－＊][ \u00a0\u3000]*(?=[^\s\d＊－])|[*+-][\u00a0\u3000]\s*(?=\S)|-(?=[^\s\d\-|>=.—]))"
)
_FALSE_QUOTATION = re.compile(r" {0,3}(?P<it>＞[ \u00a0\u3000]*)(?=[^\s\d＞])")
_FALSE_MARKS = ("", *"－＊*+-＞")
_NUMERALS = "零〇一二三四五六七八九十百"
_BEGINNINGS = (
    re.compile(rf"\s*[（(](?:[0-9０-９]{{1,3}}|[{_NUMERALS}]+)[)）]"),
    re.compile(rf"\s*[{_NUMERALS}]{{1,4}}[、.．]"),
    re.compile(rf"\s*第[{_NUMERALS}]{{1,5}}[章节条款项][ \u3000]"),
    re.compile(r"\s*[0-9０-９]{1,3}[．、)）](?!\d)"),
    re.compile(r"\s*[0-9０-９]{1,3}\.(?=[^ \t\d])"),
    re.compile(r"\s*(?:[①-⒛㈠-㈩㊀-㊉❶-❿Ⅰ-Ⅻ]|[A-Za-z][.．、)）] ?(?=[^\x00-\x7f]))"),
    re.compile(r"\s*[\u4e00-\u9fff]{1,8}[：:](?=\S)"),
    re.compile(r"\s*[·•●○■□◆◇▪►▶※](?=\s?\S)"),
    re.compile(r"\s*——(?=[^—\s])"),
)
"""How lines begin that are members of something, though not of a Markdown list."""
_WIDE = "[\u2014\u2018-\u201d\u2026\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]"
_CHINESE_END = re.compile(rf"{_WIDE} ?$")
_CHINESE_BEGIN = re.compile(rf"\s*{_WIDE}")
_SENTENCE_END = re.compile(r"[。！？；：…][”’）」》]* ?$")
_DATE = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*")
_SIGNATURE = re.compile(r"[^，。；：、！？|]{2,30}")
_SHOWN = 20


def line_slips(prose: str) -> Iterator[Slip]:
    """What of a body's lines is put together otherwise than was meant; the body's code is left blank."""
    rows, place = [], 0
    for number, text in enumerate(prose.split("\n"), 1):
        rows.append(Row(number, "", text, place))
        place += len(text) + 1
    if not _TABS.search(prose):
        yield from _level(rows)
        return
    # A tab is four spaces, and then no place is where it was.
    for slip in _level([Row(row.number, "", row.text.expandtabs(_TAB), row.start) for row in rows]):
        yield Slip(slip.problem)


def _level(rows: Sequence[Row]) -> Iterator[Slip]:
    """The slips of lines that stand at one level, and of what they hold."""
    at, blocks_of_list = 0, False
    while at < len(rows):
        row = rows[at]
        if not row.text.strip():
            at += 1
            continue
        if _QUOTATION.match(row.text):
            end = _run(rows, at, lambda other: bool(_QUOTATION.match(other.text)))
            marks = [(other, _QUOTATION.match(other.text)) for other in rows[at:end]]
            yield from _level([other.inner(mark.end()) for other, mark in marks if mark])
        elif _HOLDER.match(row.text):
            end = _held(rows, at + 1)
            yield from _level([other.inner(min(_TAB, other.indent)) for other in rows[at + 1 : end]])
        elif _ITEM.match(row.text) and row.indent < _TAB:
            end = _end_of_list(rows, at)
            yield from _list(rows[at:end], goes_on=blocks_of_list)
            yield from _outside(rows, at, end)
            at, blocks_of_list = end, True
            continue
        else:
            end = _run(rows, at, lambda other: bool(other.text.strip()) and not _QUOTATION.match(other.text))
            if not _HTML.match(row.text):
                yield from _paragraph(rows[at:end])
        at, blocks_of_list = end, False


def _run(rows: Sequence[Row], at: int, belongs: Callable[[Row], bool]) -> int:
    """Where the lines end that follow one another and belong together; the first does in any case."""
    end = at + 1
    while end < len(rows) and belongs(rows[end]):
        end += 1
    return end


def _held(rows: Sequence[Row], at: int) -> int:
    """Where the lines end that stand four spaces in; empty ones among them count, and those right below, too."""
    end, last = at, at
    while end < len(rows) and (not rows[end].text.strip() or rows[end].indent >= _TAB):
        end += 1
        last = end if rows[end - 1].text.strip() else last
    return last


def _end_of_list(rows: Sequence[Row], at: int) -> int:
    """Where a list ends: before a block that is no item and does not stand four spaces in."""
    end = at
    for other in range(at, len(rows)):
        row = rows[other]
        after_blank = other > at and not rows[other - 1].text.strip()
        if row.text.strip():
            if after_blank and row.indent < _TAB and not _ITEM.match(row.text):
                break
            if _QUOTATION.match(row.text) or row.text.startswith(("#", "<")):
                break
            end = other + 1
    return end


def _list(rows: Sequence[Row], *, goes_on: bool) -> Iterator[Slip]:
    items = list(_items(rows))
    first = items[0][1]["number"]
    if first and int(first) != 1 and not goes_on:
        found = items[0][0].text.strip()[:_SHOWN]
        yield Slip(Problem("", items[0][0].number, "list-begins-later", {"number": int(first), "found": found}))
    levels = _levels(items)
    wrong = [row for (row, _), level in zip(items, levels, strict=True) if level != row.indent // _TAB]
    if wrong:
        edits = tuple(_indents(rows, {row: level for (row, _), level in zip(items, levels, strict=True)}))
        for row in wrong:
            yield Slip(Problem("", row.number, "item-of-another-level", {"found": row.text.strip()[:_SHOWN]}), edits)
        return
    at = 0
    while at < len(rows):  # what each item holds after an empty line
        end = _run(rows, at, lambda row: row.indent >= _TAB or not row.text.strip() or not _ITEM.match(row.text))
        held = rows[at + 1 : end]
        blank = next((number for number, row in enumerate(held) if not row.text.strip()), len(held))
        yield from _level([row.inner(min(_TAB, row.indent)) for row in held[blank:]])
        at = end


def _items(rows: Sequence[Row]) -> Iterator[tuple[Row, re.Match[str]]]:
    """The items of a list at all levels; a line of a paragraph that an item holds is none, whatever it looks like."""
    in_text, after_blank = False, False
    for row in rows:
        match = _ITEM.match(row.text)
        if after_blank:
            in_text = match is None
        after_blank = not row.text.strip()
        if match and not in_text:
            yield row, match


def _levels(items: Sequence[tuple[Row, re.Match[str]]]) -> list[int]:
    """The level that each item was meant for: two spaces more than an item above it are one level more."""
    levels, above = [], list[tuple[int, int | None]]()
    for row, match in items:
        number = int(match["number"]) if match["number"] else None
        has_sibling = False
        while above and row.indent < above[-1][0] + 2:
            above.pop()
            has_sibling = True
        if not has_sibling and above and number and number > 1 and above[-1][1] == number - 1:
            above.pop()  # it goes on with the numbers
        levels.append(len(above))
        above.append((row.indent, number))
    return levels


def _indents(rows: Sequence[Row], levels: dict[Row, int]) -> Iterator[Edit]:
    """The edits that put each item of a list, and the lines that follow it, where its level has them."""
    base, shift = rows[0].indent, 0
    for row in rows:
        if row in levels:
            level = levels[row]
            shift = (base + _TAB * level if level else row.indent) - row.indent
        if shift and row.text.strip():
            take = min(-shift, row.indent) if shift < 0 else 0
            yield Edit(row.start, row.start + take, " " * max(shift, 0))


def _outside(rows: Sequence[Row], at: int, end: int) -> Iterator[Slip]:
    """A paragraph after an item that stands two or three spaces in, and so does not belong to it."""
    begin = end
    while begin < len(rows) and not rows[begin].text.strip():
        begin += 1
    if begin == end or begin == len(rows) or not max(rows[at].indent, 1) < rows[begin].indent < _TAB:
        return
    after = _run(rows, begin, lambda row: bool(row.text.strip()))
    edits = tuple(Edit(row.start, row.start + row.indent, " " * _TAB) for row in rows[begin:after])
    yield Slip(
        Problem("", rows[begin].number, "text-outside-item", {"found": rows[begin].text.strip()[:_SHOWN]}), edits
    )


def _paragraph(block: Sequence[Row]) -> Iterator[Slip]:
    """The slips of lines that follow one another without an empty one between."""
    begin = 0
    for end in range(len(block) + 1):
        if end == len(block) or _BOUNDARY.match(block[end].text):
            if segment := block[begin:end]:
                yield from _segment(segment)
            begin = end + 1


def _segment(rows: Sequence[Row]) -> Iterator[Slip]:
    if len(rows) == 1 and rows[0].text.lstrip()[:1] not in _FALSE_MARKS:
        return
    texts = [row.text for row in rows]
    for at, count, most in wide_rows(texts):
        values = {"found": texts[at].strip()[: 2 * _SHOWN], "count": count, "most": most}
        yield Slip(Problem("", rows[at].number, "row-too-wide", values))
    if stray := stray_rows(texts):
        row, is_below = rows[stray[0]], stray[1]
        values = {"found": row.text.strip()[:_SHOWN]}
        edits = (row.blank_line_before(),) if is_below else ()
        yield Slip(Problem("", row.number, "text-below-table" if is_below else "row-broken", values), edits)
    table = table_slip(texts)
    if table:
        yield _table(rows, table)
        return
    yield from _false_quotations(rows)
    bullets = [row for row in rows if _FALSE_BULLET.match(row.text)]
    if len(bullets) > 1 or (bullets and re.match(r" {0,3}(?:－[ \u00a0\u3000]|[*+-][\u00a0\u3000])", bullets[0].text)):
        yield _false_bullets(rows, bullets)
        return
    for number, (above, row) in enumerate(pairwise(rows), 1):
        item = _ITEM.match(row.text)
        if item and row.indent < _TAB and not _ITEM.match(above.text) and item["number"] in (None, "1"):
            values = {"found": row.text.strip()[:_SHOWN]}
            inner = (edit for slip in _list(rows[number:], goes_on=False) for edit in slip.edits)
            yield Slip(Problem("", row.number, "list-below-text", values), (row.blank_line_before(), *inner))
            return
    yield from _run_together(rows)


def _table(rows: Sequence[Row], slip: TableSlip) -> Slip:
    edits = []
    for number, text in slip.rows.items():
        row = rows[number]
        edits.append(Edit(row.start, row.start + len(row.text), text))
    if slip.dashes:
        below = rows[slip.first + 1]
        here = below.start - len(below.prefix)
        edits.append(Edit(here, here, f"{below.prefix}{slip.dashes}\n"))
    if slip.parted:
        edits.append(rows[slip.first].blank_line_before())
    row = rows[slip.first]
    return Slip(Problem("", row.number, slip.code, {"found": row.text.strip()[: 2 * _SHOWN]}), tuple(edits))


def _false_quotations(rows: Sequence[Row]) -> Iterator[Slip]:
    marks = [(row, match) for row in rows if (match := _FALSE_QUOTATION.match(row.text))]
    if marks:
        edits = tuple(Edit(row.start + match.start("it"), row.start + match.end("it"), "> ") for row, match in marks)
        first = marks[0][0]
        yield Slip(Problem("", first.number, "full-width-quotation", {"found": first.text.strip()[:_SHOWN]}), edits)


def _false_bullets(rows: Sequence[Row], bullets: Sequence[Row]) -> Slip:
    edits = []
    for row in bullets:
        match = _FALSE_BULLET.match(row.text)
        if match:
            edits.append(Edit(row.start + match.start("it"), row.start + match.end("it"), "- "))
    if bullets[0] is not rows[0]:
        edits.append(bullets[0].blank_line_before())
    values = {"found": bullets[0].text.strip()[:_SHOWN]}
    return Slip(Problem("", bullets[0].number, "false-bullet", values), tuple(edits))


def _run_together(rows: Sequence[Row]) -> Iterator[Slip]:
    """Lines that begin like members of something, and stand on the page as one."""
    for beginning in _BEGINNINGS:
        members = {row.number for row in rows if beginning.match(row.text)}
        joined = [row for above, row in pairwise(rows) if row.number in members and not _ENDS_LINE.search(above.text)]
        if len(members) > 1 and joined:
            values = {"found": joined[0].text.strip()[:_SHOWN]}
            edits = tuple(row.blank_line_before() for row in joined)
            yield Slip(Problem("", joined[0].number, "lines-run-together", values), edits)
            return
    is_signature = _DATE.fullmatch(rows[-1].text) and all(_SIGNATURE.fullmatch(row.text) for row in rows)
    joined = [row for above, row in pairwise(rows) if is_signature or _are_apart(above.text, row.text)]
    if joined:
        values = {"found": joined[0].text.strip()[:_SHOWN]}
        yield Slip(
            Problem("", joined[0].number, "lines-run-together", values),
            tuple(row.blank_line_before() for row in joined),
        )


def _are_apart(above: str, below: str) -> bool:
    """Whether a line of Chinese begins what was meant to stand apart: after a sentence that has ended, or as the day below a signature.

    A line that ends within a sentence may have been broken by hand.
    """
    if "|" in above + below:
        return False
    follows = _SENTENCE_END.search(above) and _CHINESE_BEGIN.match(below)
    return bool(follows or (_CHINESE_END.search(above) and _DATE.fullmatch(below)))
