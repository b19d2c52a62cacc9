"""What a kind of entry is to the pages: its particulars, what else its template shows, how its index is narrowed and set out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from publicity.models import Entry, Language
from publicity.read.content import Column, Document
from publicity.stage.cards import newest_first
from publicity.stage.kinds.facet import Facet
from publicity.stage.kinds.rows import Row


def _nothing(_column: Column, _document: Document, _language: Language) -> dict[str, Any]:
    return {}


def _no_line(_document: Document, _language: Language) -> list[str]:
    return []


def _no_marks(_column: Column, _document: Document, _language: Language) -> Iterator["Mark"]:
    yield from ()


def _newest_first(_column: Column, document: Document) -> tuple[int, str]:
    return newest_first(document)


def _no_index(_documents: list[Document], _language: Language) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Mark:
    """A state of an entry: the `kind` of its badge, the badge's `text`, and the `note` that its page adds."""

    kind: str
    text: str
    note: str


@dataclass(frozen=True)
class Kind:
    """How one collection's entries are shown.

    Attributes:
        model: The model of its front matter.
        rows: The particulars above the text.
        extras: What else the template shows; of `related` the documents, which get their cards with their states.
        template: The template in `overrides/`; that of all entries shows title, particulars and text.
        line: What the index tells of an entry at a glance.
        marks: The states of an entry on the day of the build, as lists and its page mark them.
        order: By what the index sorts its entries; what is over comes last in any case.
        facets: What the index can be narrowed by.
        grouped_by: The key of the facet by which the index is set out under headings; None for one list.
        index: What the index shows beside its list.
        listed: What the index shows of an entry beside its card.
    """

    model: type[Entry]
    rows: Callable[[Column, Document, Language], Iterator[Row]]
    extras: Callable[[Column, Document, Language], dict[str, Any]] = _nothing
    template: str = "document.html"
    line: Callable[[Document, Language], list[str]] = _no_line
    marks: Callable[[Column, Document, Language], Iterator[Mark]] = _no_marks
    order: Callable[[Column, Document], tuple[int, str]] = _newest_first
    facets: tuple[Facet, ...] = ()
    grouped_by: str | None = None
    index: Callable[[list[Document], Language], dict[str, Any]] = _no_index
    listed: Callable[[Column, Document, Language], dict[str, Any]] = _nothing

    @property
    def name(self) -> str:
        """The kind in the singular, `case`."""
        return self.model.kind_name()

    @property
    def grouping(self) -> Facet | None:
        """The facet by which the index is set out under headings."""
        return next((facet for facet in self.facets if facet.key == self.grouped_by), None)
