"""Rows of the table of particulars that stands on an entry's page."""

from collections.abc import Iterator
from typing import Any

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Entry, Language, Translation
from publicity.read.content import Document

Row = dict[str, Any]


def row(label: str, value: str | None, note: str | None = None, language: str | None = None) -> Iterator[Row]:
    """A row of the particulars; nothing where there is no value."""
    if value:
        yield {"label": label, "value": value, "note": note, "language": language}


def issuer_row(label: str, issuer: str | None, document: Document, language: Language) -> Iterator[Row]:
    """Who issued a document: on an English page by the English name, where the translation has one."""
    translated = document.translation.meta if language == "en" and document.translation else None
    if issuer and isinstance(translated, Translation) and translated.issuer:
        return row(label, translated.issuer)
    return row(label, issuer, language="zh-CN")


def published_row(meta: Entry, language: Language, label: str | None = None) -> Iterator[Row]:
    """The day of publication: the column's `own`, not that of what the page is about."""
    for one in row(label or labels(language)["entry"]["published"], format_date(meta.published, language)):
        yield one | {"own": True}
