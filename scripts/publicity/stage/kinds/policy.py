"""Policies: official documents, printed as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Policy
from publicity.read.content import Column, Document
from publicity.read.relations import interpretations_of
from publicity.stage.kinds.facet import YEAR, Facet, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, issuer_row, row


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a policy."""
    meta = document.meta_as(Policy)
    words = labels(language)["policy"]
    note = meta.published_note
    if language == "en":
        note = getattr(document.translation.meta, "published_note", None) if document.translation else None
    yield from row(words["document_number"], meta.document_number, language="zh-CN")
    yield from issuer_row(words["issuer"], meta.issuer, document, language)
    yield from row(words["written"], format_date(meta.written, language))
    yield from row(words["published"], format_date(meta.published, language), note)
    checked = words["checked"].format(date=format_date(meta.validity.checked, language))
    note = f"{meta.validity.note}（{checked}）" if language == "zh" and meta.validity.note else checked
    yield from row(words["validity"], words["validities"][meta.validity.status], note)


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    return {
        "annex": document.meta_as(Policy).annex,
        "related": interpretations_of(column.content, document),
        "related_title": labels(language)["policy"]["interpretations"],
    }


def _validity(_: Column, document: Document) -> Iterable[str]:
    return [document.meta_as(Policy).validity.status]


POLICY = Kind(
    Policy,
    _rows,
    _extras,
    template="policy.html",
    facets=(YEAR, Facet("validity", _validity, words_of("policy", "validities"))),
)
