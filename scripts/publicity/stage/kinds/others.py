"""Kinds that need little of their own: templates, guides, alerts."""

from collections.abc import Iterable, Iterator

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Alert, Country, Guide, Template
from publicity.read.content import Column, Document
from publicity.stage.kinds.facet import SECTION, Facet, attribute, words_of
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


def _level(column: Column, document: Document) -> Iterable[str]:
    """An alert that has expired is of no level any more."""
    meta = document.meta_as(Alert)
    return ["expired" if meta.is_over(column.today) else meta.level]


def _levels(_column: Column, _documents: list[Document], language: Language) -> dict[str, str]:
    words = labels(language)
    return {**words["alert"]["levels"], "expired": words["marks"]["expired"]["text"]}


def _country(_: Column, document: Document) -> Iterable[str]:
    code = document.meta_as(Alert).country
    return [code.lower()] if code else []


def _countries(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    guides = [document.meta_as(Country) for document in column.content.entries["countries"].values()]
    return {guide.code.lower(): guide.names[language] for guide in guides}


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
    template="template.html",
    facets=(Facet("audience", attribute("audience"), words_of("guide", "audiences")), SECTION),
    grouped_by="audience",
)
ALERT = Kind(
    Alert,
    _alert_rows,
    facets=(
        Facet("level", _level, _levels),
        Facet("country", _country, _countries),
    ),
    grouped_by="level",
)
