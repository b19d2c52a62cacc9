"""Country guides: facts by topic, each with its source, and all countries side by side."""

from collections.abc import Iterator
from typing import Any

from publicity.addresses import url_of
from publicity.models import COUNTRY_FACTS, Fact, Language
from publicity.models.entries import Country
from publicity.read.content import Column, Document
from publicity.stage.cards import source_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a country guide."""
    meta = document.meta_as(Country)
    yield from published_row(meta, language)


def _extras(_: Column, document: Document, language: Language) -> dict[str, Any]:
    meta = document.meta_as(Country)
    return {
        "facts": [
            {"key": key, "facts": [_fact(fact, language) for fact in meta.facts[key]]}
            for key in COUNTRY_FACTS
            if meta.facts.get(key)
        ],
        "risks": [risk[language] for risk in meta.risks],
    }


def _fact(fact: Fact, language: Language) -> dict[str, Any]:
    """A fact of a country guide with its source."""
    source = source_of(fact.source, language) if fact.source else None
    return {"text": fact.text[language], "status": fact.status, "source": source}


def _index(documents: list[Document], language: Language) -> dict[str, Any]:
    return {"comparison": _comparison(documents, language)}


def _comparison(documents: list[Document], language: Language) -> dict[str, Any]:
    """Every country's facts by topic; the page lets the reader choose countries without script."""
    countries = [(document, document.meta_as(Country)) for document in documents]
    return {
        "countries": [
            {"code": meta.code.lower(), "name": meta.names[language], "url": url_of(document.path, language)}
            for document, meta in countries
        ],
        "topics": [
            {
                "key": key,
                "cells": [[_fact(fact, language) for fact in meta.facts.get(key, [])] for _, meta in countries],
            }
            for key in COUNTRY_FACTS
        ],
    }


COUNTRY = Kind(Country, _rows, _extras, template="country.html", index=_index)
