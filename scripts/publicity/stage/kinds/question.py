"""Questions: the short answer, the law it stands on, what to do next, and where on the site it belongs."""

from collections.abc import Iterator
from typing import Any

from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Question
from publicity.read.content import Column, Document
from publicity.stage.kinds.case import laws_applied
from publicity.stage.kinds.facet import Facet, attribute, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row

_SHOWN = 8
"""Other wordings that stand on the page; the rest serve the search alone."""


def _rows(column: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a question."""
    meta = document.meta_as(Question)
    words = labels(language)["question"]
    if meta.articles:
        yield {"label": words["articles"], "cited": laws_applied(column.content, document, meta.articles, language)}
    yield from published_row(meta, language)


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    meta, words = document.meta_as(Question), labels(language)["question"]
    entries = (name.split("/") for name in meta.entries)
    return {
        "steps": [step[language] for step in meta.steps],
        "variants": meta.variants[:_SHOWN] if language == "zh" else [],
        "related": [column.content.entries[collection][slug] for collection, slug in entries],
        "related_title": words["entries"],
    }


def _by_name(_: Column, document: Document) -> tuple[int, str]:
    return 0, document.path


QUESTION = Kind(
    Question,
    _rows,
    _extras,
    template="question.html",
    order=_by_name,
    facets=(
        Facet("topic", attribute("topic"), words_of("question", "topics")),
        Facet("asker", attribute("askers"), words_of("question", "askers")),
    ),
    grouped_by="topic",
)
