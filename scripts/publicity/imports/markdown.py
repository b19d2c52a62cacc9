"""Blocks as Markdown, in the dialect of the pages (`markup/converter.py`): every character stays what it was."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from publicity.imports.blocks import Block, Cell, Code, Listing, Mark, Paragraph, Quotation, Run, Table, Text

_ORDER: tuple[Mark, ...] = ("strong", "em", "u", "s", "sup", "sub", "code")
_SIGNS = re.compile(r"[\\`*_\[\]{}]")
_ENTITY = re.compile(r"&(?=#|\w+;)")
"""What begins a reference to a character; Python-Markdown takes a number without `;` for one, too."""
_PICTURE = "\ufdd2"
"""Stands for the `!` of a picture until all others have been looked at; no text has it."""
_BEGINNINGS = (
    (re.compile(r"(\d+)([.)])(?=\s|$)"), r"\1\\\2"),  # a list
    (re.compile(r"([-+])(?=\s|$|-*\s*$)"), r"\\\1"),  # a list, or a heading's line
    (re.compile(r"(#|>|!!!)"), r"\\\1"),
    (re.compile(r"=(?==*\s*$)"), "&#61;"),
    (re.compile(r":(?=\s)"), "&#58;"),
    (re.compile(r"\?\?\?"), "&#63;??"),
    (re.compile(r"~~~"), "&#126;~~"),
)  # fmt: skip
"""What begins something at the beginning of a line, and how it is written to be itself."""


class Written:
    """Blocks as lines of Markdown, and on which each of them begins."""

    def __init__(self, text: Text, pictures: dict[str, str]) -> None:
        self.places: dict[Block, int] = {}
        self._pictures = pictures
        """The file of each picture of the text; the others are left out."""
        self._lines: list[str] = []
        self._blocks(text.blocks, "")
        for name, blocks in text.notes.items():
            self._note(name, blocks)

    @property
    def body(self) -> str:
        """The Markdown."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def _blocks(self, blocks: Iterable[Block], indent: str) -> None:
        for block in blocks:
            start = len(self._lines)
            self._lines += [*(f"{indent}{line}".rstrip(" ") if not line.endswith("  ") else f"{indent}{line}"
                              for line in self._lines_of(block, start)), ""]  # fmt: skip

    def _lines_of(self, block: Block, start: int) -> list[str]:
        self.places[block] = start + 1
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return _TableWriter(self._runs, self.places, start + 1).write(block)
            case Code():
                fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.text)), default=0))
                return [fence, *block.text.split("\n"), fence]
            case Quotation():
                return [f"> {line}".rstrip() for line in self._inside(block.blocks, start)]
            case Listing():
                return self._listing(block, start)

    def _inside(self, blocks: Iterable[Block], start: int) -> list[str]:
        """The lines of blocks that stand in another one, with their places."""
        outer, self._lines = self._lines, [""] * start
        self._blocks(blocks, "")
        inner, self._lines = self._lines[start:], outer
        while inner and not inner[-1]:
            inner.pop()
        return inner

    def _listing(self, listing: Listing, start: int) -> list[str]:
        lines: list[str] = []
        is_tight = all(len(item) == 1 and isinstance(item[0], Paragraph) for item in listing.items)
        for number, item in enumerate(listing.items, 1):
            sign = f"{number}." if listing.ordered else "-"
            first, *rest = self._inside(item, start + len(lines)) or [""]
            lines += [f"{sign} {first}", *(f"    {line}" if line else "" for line in rest)]
            lines += [] if is_tight else [""]
        return lines[:-1] if not is_tight else lines

    def _paragraph(self, paragraph: Paragraph) -> list[str]:
        if paragraph.level:
            runs = [replace(run, marks=run.marks & {"sup", "sub"}) for run in paragraph.runs]
            words = self._runs([replace(run, text=" ") if run.text == "\n" else run for run in runs])
            words = re.sub(
                "#+$", lambda match: "\\#" * len(match[0]), words
            )  # signs at the end would belong to the mark
            role = f" {{: .{paragraph.role} }}" if paragraph.role else ""
            return [f"{'#' * (paragraph.level + 1)} {words}{role}"]
        lines = [_begun(line.lstrip()) for line in self._runs(paragraph.runs).split("\n") if line.strip()]
        if len(lines) > 1:  # one is no table
            lines = [line.replace("|", "\\|") for line in lines]
        broken = [*(f"{line.rstrip()}  " for line in lines[:-1]), *lines[-1:]]
        return [*broken, *([f"{{: .{paragraph.role} }}"] if paragraph.role else [])]

    def _note(self, name: str, blocks: list[Block]) -> None:
        first, *rest = self._inside(blocks, len(self._lines)) or [""]
        self._lines += [f"[^{name}]: {first}", *(f"    {line}" if line else "" for line in rest), ""]

    def _runs(self, runs: list[Run], *, as_html: bool = False) -> str:
        text = "".join(_linked(runs, _html_words if as_html else _words, self._piece, as_html=as_html))
        if as_html:
            return text
        return text.replace("![", "\\![").replace(
            _PICTURE, "!"
        )  # before a link an exclamation mark makes no picture of it

    def _piece(self, run: Run, *, as_html: bool) -> str | None:
        """What is not words: a note, or a picture."""
        if run.note:
            return f"[^{run.note}]"
        if run.picture:
            file = self._pictures.get(run.picture)
            if file is None:
                return ""
            if as_html:
                return f'<img src="{file}" alt="{html.escape(run.text)}">'
            return f"{_PICTURE}[{_words(run.text)}]({file})"
        return None


Words = Callable[[str], str]


def _linked(runs: list[Run], words: Words, piece: Callable[..., str | None], *, as_html: bool) -> Iterator[str]:
    for link, group in groupby(runs, lambda run: run.link):
        shown = _marked(list(group), _ORDER, words, lambda run: piece(run, as_html=as_html), as_html=as_html)
        if not link or not shown.strip():
            yield shown
        elif as_html:
            yield f'<a href="{html.escape(link)}">{shown}</a>'
        else:
            shown = shown.replace("\\]", "&#93;")  # or `[\\]:` would begin a reference
            yield f"[{shown}](<{link}>)" if re.search(r"[()\s]", link) else f"[{shown}]({link})"


def _marked(
    runs: list[Run], order: tuple[Mark, ...], words: Words, piece: Callable[[Run], str | None], *, as_html: bool
) -> str:
    if not order:
        return "".join(words(run.text) if (shown := piece(run)) is None else shown for run in runs)
    mark, text = order[0], ""
    for bears, group in groupby(runs, lambda run: mark in run.marks):
        inner = _marked(list(group), order[1:], words, piece, as_html=as_html)
        text += _wrapped(inner, mark, as_html=as_html) if bears else inner
    return text


def _wrapped(text: str, mark: Mark, *, as_html: bool) -> str:
    """Marked words; the white space around them stays outside."""
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    if mark == "strong" and not as_html:
        return f"{before}**{words}**{after}"
    return f"{before}<{mark}>{words}</{mark}>{after}"


def _words(text: str) -> str:
    """Words whose characters mean nothing in Markdown."""
    return _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\g<0>", text)).replace("<", "&lt;")


def _html_words(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _begun(line: str) -> str:
    """A line that begins nothing but itself."""
    for pattern, right in _BEGINNINGS:
        if pattern.match(line):
            return pattern.sub(right, line, count=1)
    return line


class _TableWriter:
    """A table with bars where all cells are plain; one of HTML where cells are merged or hold more than words.

    The latter bears `markdown="1"`, so that it gets its region that scrolls (`markup/tables.py`); its cells are HTML.
    """

    def __init__(self, runs: Callable[..., str], places: dict[Block, int], line: int) -> None:
        self._runs = runs
        self._places = places
        self._line = line

    def write(self, table: Table) -> list[str]:
        """Its lines."""
        widths = {len(row) for row in table.rows}
        cells = [cell for row in table.rows for cell in row]
        plain = all(cell.columns == cell.rows == 1 and _is_plain(cell) for cell in cells)
        if plain and len(widths) == 1 and len(table.rows) > 1 and table.head <= 1 and _has_words(table.rows[0]):
            return self._bars(table)
        return self._html(table)

    def _bars(self, table: Table) -> list[str]:
        lines: list[str] = []
        for number, row in enumerate(table.rows):
            self._place(row, len(lines))
            lines.append(f"| {' | '.join(self._bar_cell(cell) for cell in row)} |")
            lines += ["|---" * len(row) + "|"] if not number else []
        return lines

    def _bar_cell(self, cell: Cell) -> str:
        paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph)]
        texts = (self._runs(paragraph.runs).replace("\n", "<br>").replace("|", "\\|") for paragraph in paragraphs)
        return "<br>".join(texts)

    def _html(self, table: Table) -> list[str]:
        head = _head(table)
        lines = ['<table markdown="1">']
        for number, row in enumerate(table.rows):
            lines += ["<thead>"] if head and not number else ["<tbody>"] if number == head else []
            self._place(row, len(lines))
            tag = "th" if number < head else "td"
            lines.append(f"<tr>{''.join(self._html_cell(cell, tag) for cell in row)}</tr>")
            lines += ["</thead>"] if number == head - 1 else []
        return [*lines, "</tbody>", "</table>"]

    def _html_cell(self, cell: Cell, tag: str) -> str:
        spans = "".join(
            f' {name}="{count}"' for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1
        )
        if any(run.note for block in cell.blocks if isinstance(block, Paragraph) for run in block.runs):
            return f'<{tag}{spans} markdown="span">{self._bar_cell(cell)}</{tag}>'
        return f"<{tag}{spans}>{self._html_blocks(cell.blocks)}</{tag}>"

    def _html_blocks(self, blocks: list[Block]) -> str:
        texts: list[str] = []
        for block in blocks:
            match block:
                case Paragraph():
                    texts.append(self._runs(block.runs, as_html=True))
                case Listing():
                    tag = "ol" if block.ordered else "ul"
                    items = "".join(f"<li>{self._html_blocks(item)}</li>" for item in block.items)
                    texts.append(f"<{tag}>{items}</{tag}>")
                case Quotation():
                    texts.append(self._html_blocks(block.blocks))
                case Code():
                    texts.append(_html_words(block.text))
                case Table():
                    # No page holds a table in a table: neither the dialect nor a screen reader can make anything of it.
                    texts += ["\u3000".join(self._html_blocks(cell.blocks) for cell in row) for row in block.rows]
        return "<br>".join(texts)

    def _place(self, row: list[Cell], line: int) -> None:
        for cell in row:
            for block in cell.blocks:
                self._places[block] = self._line + line


def _is_plain(cell: Cell) -> bool:
    return all(isinstance(block, Paragraph) for block in cell.blocks)


def _has_words(row: list[Cell]) -> bool:
    return any(block.text.strip() for cell in row for block in cell.blocks if isinstance(block, Paragraph))


def _head(table: Table) -> int:
    """How many rows are the head: no cell reaches from it into the rest."""
    head = table.head or 1
    for number, row in enumerate(table.rows):
        if number < head:
            head = max([head, *(number + cell.rows for cell in row)])
    return head if head < len(table.rows) and _has_words(table.rows[0]) else 0
