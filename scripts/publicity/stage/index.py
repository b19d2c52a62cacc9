"""The index of a collection: its entries, under headings where its kind has them."""

from collections.abc import Iterator
from typing import Any

from publicity.labels import labels
from publicity.models import Language
from publicity.read.content import Column, Document
from publicity.stage import facets
from publicity.stage.base import page_base
from publicity.stage.cards import card, newest_first
from publicity.stage.kinds import KINDS
from publicity.stage.kinds.case import case_line


def index_page(column: Column, collection: str, language: Language) -> dict[str, Any]:
    """The front matter of a collection's index."""
    words = labels(language)["collections"][collection]
    documents = sorted(column.content.entries[collection].values(), key=newest_first)
    return page_base(language, f"{collection}/index.md", words["title"], words["about"], "collection.html") | {
        "collection": collection,
        "count": len(documents),
        "filters": facets.choices(column, documents, language),
        "groups": [
            _group(column, key, title, found, language)
            for key, title, found in _groups(column, documents, collection, language)
        ],
        **KINDS[collection].index(documents, language),
    }


def _group(column: Column, key: str, title: str, documents: list[Document], language: Language) -> dict[str, Any]:
    """A heading of an index with its entries; for the filters, it has every value that one of them has."""
    entries = []
    together: dict[str, set[str]] = {}
    for one in documents:
        values = facets.values_of(column, one)
        entries.append({"line": case_line(one, language)} | card(one, language) | {"facets": values})
        for facet, found in values.items():
            together.setdefault(facet, set()).update(found)
    return {
        "id": key,
        "title": title,
        "entries": entries,
        "facets": {facet: sorted(found) for facet, found in together.items()},
    }


def _groups(
    column: Column, documents: list[Document], collection: str, language: Language
) -> Iterator[tuple[str, str, list[Document]]]:
    """The headings of an index with what stands under them; a collection that has none is one list."""
    facet = KINDS[collection].grouping
    if facet is None:
        yield "all", "", documents
        return
    for key, title in facet.titles(column, documents, language).items():
        if found := [one for one in documents if key in facet.values(column, one)]:
            yield key, title, found
