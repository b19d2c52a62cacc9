"""Tables in Word documents: columns as wide as what they hold asks for, and pages on their side for the sections with a wide table."""

import json
import re
from collections.abc import Iterator
from itertools import chain, groupby, pairwise
from typing import Any
from unicodedata import east_asian_width

from publicity.data_files import data_text

WIDE = 7
"""Columns from which on a table is too wide for an upright page."""
_NARROWEST, _WIDEST, _MARGINS = 9, 40, 2
"""Of columns, in the width of letters; a Chinese character is two wide."""
_SIZE = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"/>')

Node = dict[str, Any]
"""Of pandoc's tree: what kind it is at `t`, and at `c` what it holds."""


def laid_out(tree: str) -> tuple[str, bool]:
    """A text as pandoc's JSON with its tables laid out, and whether its last pages lie on their side, as the reference document's must."""
    document = json.loads(tree)
    for table in _tables(document["blocks"]):
        _set_widths(table)
    runs = [(is_wide, list(chain(*run))) for is_wide, run in groupby(_sections(document["blocks"]), _is_wide)]
    ended = list(chain(*([*blocks, _end(turned=is_wide)] for is_wide, blocks in runs)))
    return json.dumps(document | {"blocks": ended[:-1]}), runs[-1][0]


def page(*, turned: bool) -> str:
    """The pages of a Word document, upright or on their side."""
    section = data_text("publicity.word", "section.xml").partition("-->")[2].strip()
    return _SIZE.sub(r'<w:pgSz w:w="\2" w:h="\1" w:orient="landscape"/>', section) if turned else section


def _end(*, turned: bool) -> Node:
    """What ends such pages within a document."""
    return {"t": "RawBlock", "c": ["openxml", f"<w:p><w:pPr>{page(turned=turned)}</w:pPr></w:p>"]}


def _sections(blocks: list[Node]) -> Iterator[list[Node]]:
    heads = [place for place, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 2]
    return (blocks[start:end] for start, end in pairwise([0, *heads, len(blocks)]))


def _is_wide(section: list[Node]) -> bool:
    return any(len(table["c"][2]) >= WIDE for table in _tables(section))


def _set_widths(table: Node) -> None:
    _, _, columns, (_, head), bodies, _ = table["c"]
    rows = [cells for _, cells in chain(head, *(body[3] for body in bodies))]
    widths = [_width([row[place] for row in rows if place < len(row)]) for place in range(len(columns))]
    for column, width in zip(columns, widths, strict=True):
        column[1] = {"t": "ColWidth", "c": width / sum(widths)}


def _width(cells: list[object]) -> int:
    longest = max(map(_length, cells), default=0)
    return min(max(longest + _MARGINS, _NARROWEST), _WIDEST)


def _length(cell: object) -> int:
    lines = "".join(map(_text, _nodes(cell, "Str", "Code", "Space", "SoftBreak", "LineBreak"))).split("\n")
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in line) for line in lines)


def _text(node: Node) -> str:
    if node["t"] == "Str":
        return str(node["c"])
    if node["t"] == "Code":
        return str(node["c"][1])
    return "\n" if node["t"] == "LineBreak" else " "


def _tables(blocks: list[Node]) -> Iterator[Node]:
    return _nodes(blocks, "Table")


def _nodes(part: object, *kinds: str) -> Iterator[Node]:
    """The nodes of some kinds in a part of the tree."""
    if isinstance(part, dict):
        if part.get("t") in kinds:
            yield part
        part = part.get("c")
    if isinstance(part, list):
        for one in part:
            yield from _nodes(one, *kinds)
