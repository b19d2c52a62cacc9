"""Interpretations of policies: texts, questions and answers (问答), pictures (一图读懂)."""

from collections.abc import Iterator
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import Language, LocalText, Panel, Part
from publicity.models.entries import Interpretation, Policy
from publicity.read.content import Column, Document
from publicity.read.relations import interpretations_of, policy_of
from publicity.stage.cards import card
from publicity.stage.kinds.facet import YEAR, Facet, attribute, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, issuer_row, row


def _rows(column: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an interpretation."""
    meta = document.meta_as(Interpretation)
    words = labels(language)["interpretation"]
    yield from issuer_row(words["issuer"], meta.issuer, document, language)
    yield from row(words["compiler"], words["this_column"] if meta.compiled else None)
    yield from row(words["published"], format_date(meta.published, language))
    yield from row(words["form"], words["forms"][meta.form])
    policy = policy_of(column.content, document)
    yield from row(words["policy_published"], format_date(policy.meta_as(Policy).published, language))


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    meta = document.meta_as(Interpretation)
    policy = policy_of(column.content, document)
    others = [other for other in interpretations_of(column.content, policy) if other.path != document.path]
    return {
        "related": [policy],
        "related_title": labels(language)["interpretation"]["policy"],
        "form": meta.form,
        "compiled": meta.compiled,
        "policy": {"url": url_of(policy.path, language), "number": policy.meta_as(Policy).document_number},
        "others": [card(other, language) for other in others],
        "diagram": [_panel(panel, policy, language) for panel in meta.diagram],
    }


def _panel(panel: Panel, policy: Document, language: Language) -> dict[str, Any]:
    def said(text: LocalText | None) -> str | None:
        return text[language] if text else None

    largest = max((part.value or 0 for part in panel.parts or []), default=0)
    return {
        "id": f"panel-{panel.id}",
        "kind": panel.kind,
        "title": panel.title[language],
        "text": said(panel.text),
        "place": panel.place[language],
        "url": f"{url_of(policy.path, language)}{'#' if panel.anchor else ''}{panel.anchor or ''}",
        "figures": [
            {
                "value": format_number(figure.value),
                "upper": format_number(figure.upper) if figure.upper is not None else None,
                "unit": said(figure.unit),
                "name": figure.name[language],
                "quote": figure.quote,
            }
            for figure in panel.figures or []
        ],
        "steps": [
            {"period": step.period[language], "name": step.name[language], "text": said(step.text)}
            for step in panel.steps or []
        ],
        "parts": [_part(part, largest, language) for part in panel.parts or []],
        "flow": [{"name": step.name[language], "text": said(step.text)} for step in panel.flow or []],
    }


def _part(part: Part, largest: float, language: Language) -> dict[str, Any]:
    return {
        "name": part.name[language],
        "value": format_number(part.value) if part.value is not None else None,
        "share": round(100 * part.value / largest, 1) if part.value is not None and largest else None,
        "unit": part.unit[language] if part.unit else None,
        "text": part.text[language] if part.text else None,
        "items": [item[language] for item in part.items],
    }


INTERPRETATION = Kind(
    Interpretation,
    _rows,
    _extras,
    template="interpretation.html",
    facets=(YEAR, Facet("form", attribute("form"), words_of("interpretation", "forms"))),
)
