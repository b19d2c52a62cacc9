"""Kinds that need little of their own: templates, guides, alerts, newsletters."""

from collections.abc import Iterable, Iterator
from typing import Any

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Alert, Country, Guide, Newsletter, Template
from publicity.read.content import Column, Document
from publicity.stage.cards import card, newest_first
from publicity.stage.kinds.facet import SECTION, YEAR, Facet, attribute, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row, row


def _template_rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a template."""
    meta = document.meta_as(Template)
    words = labels(language)["template"]
    yield from row(words["purpose"], words["purposes"][meta.purpose])
    yield from published_row(meta, language)


def _guide_rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a guide."""
    meta = document.meta_as(Guide)
    words = labels(language)["guide"]
    yield from row(words["audience"], words["audiences"][meta.audience])
    yield from published_row(meta, language)


def _alert_rows(column: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an alert."""
    meta = document.meta_as(Alert)
    words = labels(language)["alert"]
    yield from row(words["level"], words["levels"][meta.level])
    yield from published_row(meta, language)
    yield from row(
        words["expires"], format_date(meta.expires, language), words["over"] if _is_over(column, document) else None
    )


def _is_over(column: Column, document: Document) -> bool:
    return document.meta_as(Alert).expires < column.today


def _alert_line(column: Column, document: Document, language: Language) -> list[str]:
    return [labels(language)["alert"]["over"]] if _is_over(column, document) else []


def _alert_order(column: Column, document: Document) -> tuple[bool, tuple[int, str]]:
    """The newest first; what has expired last."""
    return _is_over(column, document), newest_first(document)


def _country(_: Column, document: Document) -> Iterable[str]:
    code = document.meta_as(Alert).country
    return [code.lower()] if code else []


def _countries(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    guides = [document.meta_as(Country) for document in column.content.entries["countries"].values()]
    return {guide.code.lower(): guide.names[language] for guide in guides}


def _newsletter_rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an issue."""
    meta = document.meta_as(Newsletter)
    words = labels(language)["newsletter"]
    yield from row(words["number"], words["issue"].format(number=meta.number))
    yield from published_row(meta, language)


def _newsletter_extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    names = (name.split("/") for name in document.meta_as(Newsletter).entries)
    entries = (column.content.entries[collection][slug] for collection, slug in names)
    return {
        "related": [card(entry, language) for entry in entries],
        "related_title": labels(language)["newsletter"]["contents"],
    }


TEMPLATE = Kind(
    Template,
    _template_rows,
    template="template.html",
    facets=(Facet("purpose", attribute("purpose"), words_of("template", "purposes")), SECTION),
    grouped_by="purpose",
)
GUIDE = Kind(
    Guide,
    _guide_rows,
    facets=(Facet("audience", attribute("audience"), words_of("guide", "audiences")), SECTION),
    grouped_by="audience",
)
ALERT = Kind(
    Alert,
    _alert_rows,
    line=_alert_line,
    facets=(
        Facet("level", attribute("level"), words_of("alert", "levels")),
        Facet("country", _country, _countries),
    ),
    grouped_by="level",
    order=_alert_order,
)
NEWSLETTER = Kind(Newsletter, _newsletter_rows, _newsletter_extras, facets=(YEAR,))
