"""What a kind of entry is to the pages: its particulars, what else its template shows, how its index is narrowed and set out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from publicity.models import Language
from publicity.read.content import Column, Document
from publicity.stage.kinds.facet import Facet
from publicity.stage.kinds.rows import Row


def _nothing(_column: Column, _document: Document, _language: Language) -> dict[str, Any]:
    return {}


def _no_index(_documents: list[Document], _language: Language) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Kind:
    """How one collection's entries are shown.

    Attributes:
        name: The kind in the singular, `case`; its template is `overrides/case.html`.
        rows: The particulars above the text.
        extras: What else the template shows.
        facets: What the index can be narrowed by.
        grouped_by: The key of the facet by which the index is set out under headings; None for one list.
        index: What the index shows beside its list.
    """

    name: str
    rows: Callable[[Column, Document, Language], Iterator[Row]]
    extras: Callable[[Column, Document, Language], dict[str, Any]] = _nothing
    facets: tuple[Facet, ...] = ()
    grouped_by: str | None = None
    index: Callable[[list[Document], Language], dict[str, Any]] = _no_index

    @property
    def grouping(self) -> Facet | None:
        """The facet by which the index is set out under headings."""
        return next((facet for facet in self.facets if facet.key == self.grouped_by), None)
