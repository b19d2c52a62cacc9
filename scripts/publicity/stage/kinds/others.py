"""Kinds that need little of their own: templates, guides, alerts, events, newsletters."""

from collections.abc import Iterable, Iterator
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Alert, Country, Event, Guide, Newsletter, Template
from publicity.read.content import Column, Document
from publicity.stage.cards import card
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


def _alert_rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an alert."""
    meta = document.meta_as(Alert)
    words = labels(language)["alert"]
    yield from row(words["level"], words["levels"][meta.level])
    yield from published_row(meta, language)
    yield from row(words["expires"], format_date(meta.expires, language))


def _country(_: Column, document: Document) -> Iterable[str]:
    code = document.meta_as(Alert).country
    return [code.lower()] if code else []


def _countries(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    guides = [document.meta_as(Country) for document in column.content.entries["countries"].values()]
    return {guide.code.lower(): guide.names[language] for guide in guides}


def _event_rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an event."""
    meta = document.meta_as(Event)
    words = labels(language)["event"]
    days = [format_date(day, language) for day in (meta.start, meta.end) if day]
    yield from row(words["when"], ("至" if language == "zh" else " to ").join(days))
    yield from row(words["place"], meta.place[language])
    yield from published_row(meta, language)


def _event_extras(_column: Column, document: Document, _language: Language) -> dict[str, Any]:
    return {"calendar": f"{url_of(document.path, 'zh')}event.ics"}


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
    facets=(
        Facet("level", attribute("level"), words_of("alert", "levels")),
        Facet("country", _country, _countries),
    ),
    grouped_by="level",
)
EVENT = Kind(Event, _event_rows, _event_extras, template="event.html", facets=(YEAR,))
NEWSLETTER = Kind(Newsletter, _newsletter_rows, _newsletter_extras, facets=(YEAR,))
