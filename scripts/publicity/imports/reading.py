"""pandoc's tree as blocks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from publicity.imports.blocks import (
    Block,
    Cell,
    Code,
    Facts,
    Listing,
    Mark,
    Paragraph,
    Quotation,
    Run,
    Table,
    Text,
    joined,
)
from publicity.imports.ooxml.flatten import CLOSE, OPEN
from publicity.imports.pandoc import Json

_MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_MARKS: dict[str, Mark] = {
    "Strong": "strong",
    "Emph": "em",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}

_FIRST_LETTERS = {"LowerAlpha": "a", "UpperAlpha": "A"}


def read_tree(tree: Json, facts: Mapping[int, Facts] | None = None) -> Text:
    """The blocks of a tree; `facts` are what is known of the paragraphs that bear a mark."""
    reader = _TreeReader(facts or {})
    blocks = list(reader.blocks(tree["blocks"]))
    return Text(blocks, reader.notes)


class _TreeReader:
    def __init__(self, facts: Mapping[int, Facts]) -> None:
        self.notes: dict[str, list[Block]] = {}
        self._facts = facts

    def blocks(self, rows: Iterable[Json]) -> Iterator[Block]:
        for row in rows:
            yield from self._block(row["t"], row.get("c"))

    def _block(self, kind: str, what: Any) -> Iterator[Block]:  # noqa: ANN401 - as JSON has it
        match kind:
            case "Para" | "Plain":
                yield self._paragraph(what)
            case "Header":
                paragraph = self._paragraph(what[2])
                paragraph.facts = paragraph.facts if paragraph.facts.number else Facts(outline=what[0])
                yield paragraph
            case "CodeBlock":
                yield Code(what[1])
            case "BlockQuote":
                yield Quotation(list(self.blocks(what)))
            case "BulletList":
                yield Listing([list(self.blocks(item)) for item in what])
            case "OrderedList":
                yield from self._ordered(what[0][0], what[0][1]["t"], [list(self.blocks(item)) for item in what[1]])
            case "Table":
                yield from self.blocks(what[1][1])  # its caption
                yield self._table(what)
            case _:
                yield from self._blocks_within(kind, what)

    def _blocks_within(self, kind: str, what: Any) -> Iterator[Block]:  # noqa: ANN401
        """Those of what only holds others."""
        match kind:
            case "Div":
                yield from self.blocks(what[1])
            case "Figure":
                yield from self.blocks(what[2])
                yield from self.blocks(what[1][1])
            case "LineBlock":
                for line in what:
                    yield self._paragraph(line)
            case "DefinitionList":
                for term, definitions in what:
                    yield self._paragraph(term)
                    for definition in definitions:
                        yield from self.blocks(definition)

    def _ordered(self, start: int, style: str, items: list[list[Block]]) -> Iterator[Block]:
        """A list that counts from 1. Pages count every list so: of one that goes on, or has letters, the items bear theirs as text."""
        first = _FIRST_LETTERS.get(style)
        if start == 1 and not first:
            yield Listing(items, ordered=True)
            return
        for number, item in enumerate(items, start):
            label = f"{chr(ord(first) + number - 1) if first else number}. "
            if item and isinstance(item[0], Paragraph):
                item[0].runs = joined([Run(label), *item[0].runs])
            yield from item

    def _table(self, what: Any) -> Table:  # noqa: ANN401
        _, _, _, head, bodies, foot = what
        heads = [*head[1], *(row for body in bodies for row in body[2])]
        rows = [*heads, *(row for body in bodies for row in body[3]), *foot[1]]
        cells = [[self._cell(cell) for cell in row[1]] for row in rows]
        return Table([row for row in cells if row], head=len(heads))

    def _cell(self, what: Any) -> Cell:  # noqa: ANN401
        _, _, rows, columns, blocks = what
        return Cell(list(self.blocks(blocks)), columns=columns, rows=rows)

    def _paragraph(self, inlines: Iterable[Json]) -> Paragraph:
        runs = joined(self._runs(inlines, Run()))
        facts = Facts()
        for at, run in enumerate(runs):
            if match := _MARK.search(run.text):
                facts = self._facts.get(int(match[1]), facts)
                runs[at] = replace(run, text=_MARK.sub("", run.text))
        return Paragraph(joined(runs), facts)

    def _runs(self, inlines: Iterable[Json], like: Run) -> Iterator[Run]:
        for row in inlines:
            yield from self._run(row["t"], row.get("c"), like)

    def _run(self, kind: str, what: Any, like: Run) -> Iterator[Run]:  # noqa: ANN401
        match kind:
            case "Str":
                yield replace(like, text=what)
            case "Space" | "SoftBreak":
                yield replace(like, text=" ")
            case "LineBreak":
                yield Run("\n")
            case "Code":
                yield replace(like, text=what[1], marks=like.marks | {"code"})
            case "Image":
                words = "".join(run.text for run in self._runs(what[1], Run()))
                yield Run(words, picture=what[2][0])
            case "Note":
                name = str(len(self.notes) + 1)
                self.notes[name] = []
                self.notes[name] = list(self.blocks(what))
                yield Run(note=name)
            case _:
                yield from self._runs_within(kind, what, like)

    def _runs_within(self, kind: str, what: Any, like: Run) -> Iterator[Run]:  # noqa: ANN401
        """Those of what only makes others look so."""
        match kind:
            case "Link":
                yield from self._runs(what[1], replace(like, link=what[2][0]))
            case "Math":
                yield replace(like, text=what[1])
            case "Span" | "Cite" | "Quoted":
                yield from self._runs(what[1], like)
            case "SmallCaps":
                yield from self._runs(what, like)
            case _ if kind in _MARKS:
                yield from self._runs(what, replace(like, marks=like.marks | {_MARKS[kind]}))
