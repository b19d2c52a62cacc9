"""How an index is narrowed: the facets of its kind as data for its form, its entries and its stylesheet."""

from collections import Counter
from typing import Any

from publicity.labels import labels
from publicity.models import COUNTRY_FACTS, Country, Entry, Language
from publicity.read.content import Column, Document
from publicity.stage.files.filter_rules import sheet_of
from publicity.stage.kinds import KINDS

_MOST_SINGLE = 0.75
"""Hide a filter when more than this share of its choices match one entry: reading the index is then as quick."""


_FEWEST = 8
"""An index of fewer entries is read as quickly as it is narrowed."""


def values_of(column: Column, document: Document) -> dict[str, list[str]]:
    """An entry's values by facet; an entry without a value for a facet is under none of its answers."""
    collection = document.meta_as(Entry).collection
    return {facet.key: sorted(set(facet.values(column, document))) for facet in KINDS[collection].facets}


def choices(column: Column, documents: list[Document], language: Language) -> list[dict[str, Any]]:
    """The facets that narrow these entries down, each with the answers that occur and how many entries each finds."""
    if len(documents) < _FEWEST:
        return []
    names = labels(language)["filters"]["names"]
    filters = []
    for facet in KINDS[documents[0].meta_as(Entry).collection].facets:
        counts = Counter(value for document in documents for value in set(facet.values(column, document)))
        answers = [
            {"value": value, "title": title, "count": counts[value]}
            for value, title in facet.titles(column, documents, language).items()
            if counts[value]
        ]
        single = sum(answer["count"] == 1 for answer in answers)
        if len(answers) > 1 and single <= _MOST_SINGLE * len(answers):
            filters.append({"key": facet.key, "title": names[facet.key], "answers": answers})
    return filters


def stylesheet(column: Column, collection: str) -> tuple[str, str]:
    """The rules that narrow a collection's index, with their address."""
    entries = column.content.entries[collection]
    answers = (
        (facet.key, value)
        for facet in KINDS[collection].facets
        for document in entries.values()
        for value in facet.values(column, document)
    )
    more = ""
    if collection == Country.collection:
        more = _comparison_rules(len(entries))
    return sheet_of(answers, more)


def _comparison_rules(countries: int) -> str:
    """Of a comparison, the countries that are ticked, by their places, and on phones the topic chosen. Without script all stand there."""
    scripted = ":root[data-script] .compare"
    columns = "".join(
        f"{scripted}:has(.choose label:nth-of-type({place}) input:not(:checked)) tr > :nth-child({place + 1})"
        " { display: none; }\n"
        for place in range(1, countries + 1)
    )
    topics = "".join(
        f"{scripted}:has(.choose-topic option:nth-child({place}):checked) tbody tr:not(:nth-child({place})) {{ display: none; }}\n"
        for place in range(1, len(COUNTRY_FACTS) + 1)
    )
    return f"{columns}@media screen and (max-width: 47.99em) {{\n{topics}}}\n"
