"""Country guides: facts by topic, each with its source, and all countries side by side."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from publicity.addresses import url_of
from publicity.labels import labels
from publicity.models import COUNTRY_AREAS, COUNTRY_FACTS, COUNTRY_LAWS, Fact, Language
from publicity.models.entries import Country
from publicity.read.content import Column, Document
from publicity.stage.cards import source_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row
from scoring.words import fill

MOST = 4
"""How many countries are compared at once: as many columns as can be read side by side."""
_FIRST = 3
"""How many are chosen before the reader chooses."""


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
    return {"comparison": _comparison(documents, language), "world": _world(documents, language)}


def _by_area(documents: list[Document]) -> list[tuple[Document, Country]]:
    """The countries in the order of the map, and within an area by their codes."""
    areas = (*COUNTRY_AREAS, None)
    countries = [(document, document.meta_as(Country)) for document in documents]
    return sorted(countries, key=lambda one: (areas.index(one[1].area), one[1].code))


def _world(documents: list[Document], language: Language) -> dict[str, Any]:
    """The countries as tiles by areas of the world, each with how it has its law; nothing where no guide says so."""
    countries = _by_area(documents)
    if not any(meta.law for _, meta in countries):
        return {}
    words = labels(language)["country"]
    tiles: dict[str, list[dict[str, Any]]] = {}
    for document, meta in countries:
        tile = {"name": meta.names[language], "law": meta.law, "url": url_of(document.path, language)}
        tiles.setdefault(meta.area or "other", []).append(tile)
    counts = Counter(meta.law for _, meta in countries if meta.law)
    parts = [
        words["laws_part"].format(law=words["laws"][law], count=counts[law]) for law in COUNTRY_LAWS if counts[law]
    ]
    comma = "，" if language == "zh" else ", "
    return {
        "says": fill(words["laws_say"], count=len(countries), parts=comma.join(parts)),
        "areas": [{"key": area, "tiles": shown} for area, shown in tiles.items()],
    }


def _comparison(documents: list[Document], language: Language) -> dict[str, Any]:
    """Every country's facts by topic; until the reader chooses, those of which most has been checked are shown."""
    countries = _by_area(documents)
    checked = {
        document.path: sum(fact.status == "checked" for facts in meta.facts.values() for fact in facts)
        for document, meta in countries
    }
    first = sorted(checked, key=lambda path: (-checked[path], path))[:_FIRST]
    return {
        "most": MOST,
        "countries": [
            {
                "code": meta.code.lower(),
                "name": meta.names[language],
                "url": url_of(document.path, language),
                "first": document.path in first,
            }
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
