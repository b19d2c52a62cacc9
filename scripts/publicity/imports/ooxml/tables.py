"""Tables whose rows leave columns out, or say nothing of them: pandoc puts what follows into others, or drops it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import W, child, value

_SLIVER = 300
"""Twentieths of a point, about half a centimetre: what is left out by so little is no column; a border was moved by a hair."""
_MOST_COLUMNS = 63
"""Of which Word knows no more."""


@dataclass(frozen=True)
class _Place:
    """A cell, or what a row leaves out, and the columns that it takes."""

    cell: ET.Element | None
    start: int
    span: int


def square_tables(root: ET.Element) -> None:
    """Give every row of every table cells for all columns, and every table the columns that its rows begin cells at."""
    for table in list(root.iter(W + "tbl")):
        rows = [(row, list(_places(row))) for row in _own(table, "tr")]
        most = max((places[-1].start + places[-1].span for _, places in rows if places), default=0)
        if not 0 < most <= _MOST_COLUMNS:
            continue
        widths = [_number(value(column, "w:w")) for column in _own(table, "gridCol")]
        laid = [(row, _filled(places, most, widths)) for row, places in rows]
        starts = sorted({place.start for _, places in laid for place in places})
        for row, places in laid:
            _write(row, places, starts)
        _write_grid(table, len(starts))


def _own(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The parts of a table or row itself, also those in controls, and none of a table in a cell."""
    for part in element:
        if part.tag == W + tag:
            yield part
        elif part.tag not in (W + "tc", W + "tbl"):
            yield from _own(part, tag)


def _places(row: ET.Element) -> Iterator[_Place]:
    at = _left_out(row, "gridBefore")
    if at:
        yield _Place(None, 0, at)
    for cell in _own(row, "tc"):
        span = max(_number(value(child(cell, "w:tcPr", "w:gridSpan"))), 1)
        yield _Place(cell, at, span)
        at += span
    if after := _left_out(row, "gridAfter"):
        yield _Place(None, at, after)


def _filled(places: list[_Place], most: int, widths: list[int]) -> list[_Place]:
    """The places of a row over all columns; what it leaves out by a hair belongs to the cell beside it."""
    end = places[-1].start + places[-1].span if places else 0
    filled = [*places, _Place(None, end, most - end)] if end < most else list(places)
    for at, beside in ((0, 1), (-1, -2)):
        if len(filled) < 2 or filled[at].cell is not None:
            continue
        gap, cell = filled[at], filled[beside]
        width = sum(widths[gap.start : gap.start + gap.span])
        if 0 < width < _SLIVER and cell.cell is not None:
            filled[beside] = replace(cell, start=min(gap.start, cell.start), span=gap.span + cell.span)
            del filled[at]
    return filled


def _write(row: ET.Element, places: list[_Place], starts: list[int]) -> None:
    properties = child(row, "w:trPr")
    if properties is not None:
        properties[:] = [part for part in properties if part.tag not in (W + "gridBefore", W + "gridAfter")]
    for number, place in enumerate(places):
        cell = place.cell
        if cell is None:
            cell = ET.Element(W + "tc")
            ET.SubElement(cell, W + "p")
            at = list(row).index(properties) + 1 if properties is not None else 0
            row.insert(len(row) if number else at, cell)
        _set_span(cell, sum(place.start <= start < place.start + place.span for start in starts))


def _set_span(cell: ET.Element, span: int) -> None:
    properties = child(cell, "w:tcPr")
    if properties is None:
        properties = ET.Element(W + "tcPr")
        cell.insert(0, properties)
    properties[:] = [part for part in properties if part.tag != W + "gridSpan"]
    if span > 1:
        ET.SubElement(properties, W + "gridSpan", {W + "val": str(span)})


def _write_grid(table: ET.Element, columns: int) -> None:
    grid = child(table, "w:tblGrid")
    if grid is None:
        grid = ET.Element(W + "tblGrid")
        table.insert(sum(part.tag == W + "tblPr" for part in table), grid)
    grid[:] = [ET.Element(W + "gridCol", {W + "w": "1000"}) for _ in range(columns)]


def _left_out(row: ET.Element, tag: str) -> int:
    return _number(value(child(row, "w:trPr", f"w:{tag}")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
