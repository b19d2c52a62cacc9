"""The index of a collection: its entries, under headings where its kind has them."""

from collections.abc import Iterator
from typing import Any

from publicity.labels import labels
from publicity.models import Entry, Language
from publicity.read.content import Column, Document
from publicity.stage import facets
from publicity.stage.base import page_base
from publicity.stage.cards import card
from publicity.stage.kinds import KINDS
from publicity.stage.kinds.kind import Kind
from publicity.stage.marks import marks_of


def index_page(column: Column, collection: str, language: Language) -> dict[str, Any]:
    """The front matter of a collection's index."""
    words, kind = labels(language)["collections"][collection], KINDS[collection]
    documents = in_order(column, collection)
    return page_base(language, f"{collection}/index.md", words["title"], words["about"], "collection.html") | {
        "collection": collection,
        "count": len(documents),
        "filters": facets.choices(column, documents, language),
        "filters_sheet": facets.stylesheet(column, collection)[0],
        "groups": [
            _group(column, key, title, members, language)
            for key, title, members in _groups(column, documents, kind, language)
        ],
        **kind.index(documents, language),
    }


def in_order(column: Column, collection: str) -> list[Document]:
    """The entries of a collection as its index has them; what is over stands last."""
    order = KINDS[collection].order
    return sorted(
        column.content.entries[collection].values(),
        key=lambda document: (document.meta_as(Entry).is_over(column.today), order(column, document)),
    )


def listed(column: Column, document: Document, language: Language) -> dict[str, Any]:
    """An entry as a list shows it that tells it at a glance, with its states."""
    kind = KINDS[document.meta_as(Entry).collection]
    marks = marks_of(column, document, language)
    told = card(document, language) | kind.listed(column, document, language)
    return {"line": kind.line(document, language), "marks": marks} | told


def _group(column: Column, key: str, title: str, documents: list[Document], language: Language) -> dict[str, Any]:
    """A heading of an index with its entries; for the filters, it has every value that one of them has."""
    entries = []
    together: dict[str, set[str]] = {}
    for document in documents:
        values = facets.values_of(column, document)
        entries.append(listed(column, document, language) | {"facets": values})
        for facet, answers in values.items():
            together.setdefault(facet, set()).update(answers)
    return {
        "id": key,
        "title": title,
        "entries": entries,
        "facets": {facet: sorted(answers) for facet, answers in together.items()},
    }


def _groups(
    column: Column, documents: list[Document], kind: Kind, language: Language
) -> Iterator[tuple[str, str, list[Document]]]:
    """The headings of an index with what stands under them; a collection that has none is one list."""
    facet = kind.grouping
    if facet is None:
        yield "all", "", documents
        return
    for key, title in facet.titles(column, documents, language).items():
        if members := [document for document in documents if key in facet.values(column, document)]:
            yield key, title, members
