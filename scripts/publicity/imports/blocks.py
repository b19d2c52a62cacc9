"""A text in the making: its blocks, as the import moves them about before they become Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Mark = Literal["strong", "em", "sup", "sub", "s", "u", "code"]
Role = Literal["", "addressee", "signature", "document-title"]


@dataclass(frozen=True)
class Facts:
    """What Word knows of a paragraph beside its words.

    Attributes:
        number: Its place in the file, counted from 1; 0 where it has none.
        size: Of its largest letters, in half points; 0 where the file does not say.
        outline: The level of a heading by its style, 1 to 9; 0 for a text.
        tabs: How many tabs stand between its words.
        counted: The number that Word counted, which stands before its words.
    """

    number: int = 0
    centred: bool = False
    size: int = 0
    outline: int = 0
    is_title: bool = False
    boxed: bool = False
    tabs: int = 0
    counted: str = ""


@dataclass(frozen=True)
class Run:
    """Words that look alike; or a line break, a note by its name, or a picture by its part."""

    text: str = ""
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    note: str = ""
    picture: str = ""


@dataclass(eq=False)
class Paragraph:
    """A paragraph, or with a level a heading: 1 becomes `##`."""

    runs: list[Run]
    facts: Facts = Facts()
    level: int = 0
    role: Role = ""

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs if not run.picture)

    def pieces(self) -> "list[Paragraph]":
        """It as a paragraph for each of its lines."""
        lines: list[list[Run]] = [[]]
        for run in self.runs:
            if run.text == "\n":
                lines.append([])
            else:
                lines[-1].append(run)
        return [replace(self, runs=line) for line in lines]


@dataclass(eq=False)
class Cell:
    """A cell of a table."""

    blocks: "list[Block]"
    columns: int = 1
    rows: int = 1


@dataclass(eq=False)
class Table:
    """A table; the first rows are its head."""

    rows: list[list[Cell]]
    head: int = 0


@dataclass(eq=False)
class Listing:
    """A list with its items."""

    items: "list[list[Block]]"
    ordered: bool = False


@dataclass(eq=False)
class Quotation:
    """Blocks that are set off."""

    blocks: "list[Block]"


@dataclass(eq=False)
class Code:
    """Text with its spaces."""

    text: str


Block = Paragraph | Table | Listing | Quotation | Code


@dataclass
class Text:
    """All blocks, and the notes by their names."""

    blocks: list[Block]
    notes: dict[str, list[Block]] = field(default_factory=dict)


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """All paragraphs of some blocks, those inside others too."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from paragraphs(cell.blocks)
            case Listing():
                for item in block.items:
                    yield from paragraphs(item)
            case Quotation():
                yield from paragraphs(block.blocks)


def plain_text(text: Text) -> str:
    """All words of a text, then those of its notes."""
    return "\n".join(_words([*text.blocks, *(block for note in text.notes.values() for block in note)]))


def _words(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Code():
                yield block.text
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from _words(cell.blocks)
            case Listing():
                for item in block.items:
                    yield from _words(item)
            case Quotation():
                yield from _words(block.blocks)


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs, of which those that look alike and follow one another are one; empty ones are left out."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        plain = run.text and run.text != "\n" and not run.note and not run.picture
        if last and plain and last.text not in ("", "\n") and replace(last, text="") == replace(run, text=""):
            found[-1] = replace(last, text=last.text + run.text)
        elif run.text or run.note or run.picture:
            found.append(run)
    return found


def stripped(runs: list[Run]) -> list[Run]:
    """Runs without white space and line breaks at both ends."""
    runs = list(runs)
    while runs and _is_words(runs[0]):
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        if runs[0].text:
            break
        runs.pop(0)
    while runs and _is_words(runs[-1]):
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        if runs[-1].text:
            break
        runs.pop()
    return runs


def _is_words(run: Run) -> bool:
    return not run.note and not run.picture
