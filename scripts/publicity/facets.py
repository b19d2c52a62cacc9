"""What an index can be narrowed by: the facets of each collection, as data for its form, its entries and its stylesheet.

A facet's values hold no spaces and are the same in both languages, so that an address keeps its meaning in either.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from publicity.content import Column, Document, particulars
from publicity.models import Alert, Case, Country, Entry, Language, Policy
from publicity.texts import labels

_MOST_SINGLE = 0.75
"""Where more of a facet's answers than this find one entry alone, choosing among them is no quicker than reading the index."""

Values = Callable[[Column, Document], Iterable[str]]
Titles = Callable[[Column, list[Document], Language], dict[str, str]]


@dataclass(frozen=True)
class Facet:
    """One question to narrow an index by. `key` names it in the address; `titles` gives its answers in their order."""

    key: str
    values: Values
    titles: Titles


def grouping(collection: str) -> Facet | None:
    """The facet by which a collection's index is set out under headings; None for one list."""
    return next((facet for facet in _FACETS.get(collection, ()) if facet.key == _GROUPED.get(collection)), None)


def values_of(column: Column, document: Document) -> dict[str, list[str]]:
    """An entry's values by facet; one that has none in a facet is found under no answer of it."""
    collection = particulars(document, Entry).collection
    return {facet.key: sorted(set(facet.values(column, document))) for facet in _FACETS.get(collection, ())}


def choices(column: Column, documents: list[Document], language: Language) -> list[dict[str, Any]]:
    """The facets that narrow these entries down, each with the answers that occur and how many entries each finds."""
    if not documents:
        return []
    names = labels(language)["filters"]["names"]
    found = []
    for facet in _FACETS.get(particulars(documents[0], Entry).collection, ()):
        counts = Counter(value for one in documents for value in set(facet.values(column, one)))
        answers = [
            {"value": value, "title": title, "count": counts[value]}
            for value, title in facet.titles(column, documents, language).items()
            if counts[value]
        ]
        single = sum(one["count"] == 1 for one in answers)
        if len(answers) > 1 and single <= _MOST_SINGLE * len(answers):
            found.append({"key": facet.key, "title": names[facet.key], "answers": answers})
    return found


def stylesheet(column: Column) -> str:
    """The rules that narrow an index without script: an answer chosen hides what does not have it."""
    answers = {
        (facet.key, value)
        for collection, entries in column.content.entries.items()
        for facet in _FACETS.get(collection, ())
        for one in entries.values()
        for value in facet.values(column, one)
    }
    return "".join(
        f'.filters:has([name="{key}"] [value="{value}"]:checked) ~ .results [data-entry]:not([data-facet-{key}~="{value}"])'
        " { display: none; }\n"
        for key, value in sorted(answers)
    )


def _attribute(name: str) -> Values:
    """The value of a particular that is one word or a list of words."""

    def values(_: Column, document: Document) -> Iterable[str]:
        value = getattr(document.meta, name)
        return value if isinstance(value, list) else [value]

    return values


def _words(section: str, name: str) -> Titles:
    """A vocabulary of the labels, in its order."""
    return lambda _column, _documents, language: labels(language)[section][name]


def _year(_: Column, document: Document) -> Iterable[str]:
    year = particulars(document, Entry).year
    return [str(year)] if year else []


def _years(column: Column, documents: list[Document], language: Language) -> dict[str, str]:
    """The years that occur, the newest first."""
    years = sorted({year for one in documents for year in _year(column, one)}, reverse=True)
    return {year: labels(language)["filters"]["year"].format(year=year) for year in years}


# Bands in yuan. Sums in other currencies are not converted: no rate is ours to choose.
_BANDS = (("under-1m", 1_000_000), ("under-10m", 10_000_000), ("under-100m", 100_000_000))


def _amount(_: Column, document: Document) -> Iterable[str]:
    amount = particulars(document, Case).amount
    if amount is None:
        return ["unstated"]
    if amount.currency != "CNY":
        return ["foreign-currency"]
    return [next((band for band, limit in _BANDS if amount.value < limit), "from-100m")]


def _industry(_: Column, document: Document) -> Iterable[str]:
    return [_industry_key(particulars(document, Case))]


def _industry_key(case: Case) -> str:
    return re.sub(r"[^a-z0-9]+", "-", case.industry.en.lower()).strip("-")


def _industries(_: Column, documents: list[Document], language: Language) -> dict[str, str]:
    """Industries as the cases name them, the most frequent first."""
    cases = [particulars(one, Case) for one in documents]
    titles = {_industry_key(one): one.industry[language] for one in cases}
    return {key: titles[key] for key, _ in Counter(map(_industry_key, cases)).most_common()}


def _section(column: Column, document: Document) -> Iterable[str]:
    """The sections of the region's standard that an entry supports: of `4.3.1`, section 4."""
    meta = particulars(document, Entry)
    return [item.split(".")[0] for item in meta.supports] if meta.supports_standard == column.region.standard else []


def _sections(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    loaded = column.content.standards.get(column.region.standard or "")
    sections = loaded.standard.sections if loaded else ()
    return {
        section.id: re.sub(r"（[^（）]*分）$", "", section.title) if language == "zh" else section.title_en
        for section in sections
    }


def _validity(_: Column, document: Document) -> Iterable[str]:
    return [particulars(document, Policy).validity.status]


def _country(_: Column, document: Document) -> Iterable[str]:
    code = particulars(document, Alert).country
    return [code.lower()] if code else []


def _countries(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    guides = [particulars(one, Country) for one in column.content.entries["countries"].values()]
    return {one.code.lower(): one.names[language] for one in guides}


# What a reader would look by first: the kind of law, of case, of text.
_GROUPED = {
    "regulations": "level",
    "cases": "procedure",
    "templates": "purpose",
    "guides": "audience",
    "alerts": "level",
}

_YEAR = Facet("year", _year, _years)
_SECTION = Facet("section", _section, _sections)

_FACETS: dict[str, tuple[Facet, ...]] = {
    "policies": (_YEAR, Facet("validity", _validity, _words("policy", "validities"))),
    "interpretations": (_YEAR, Facet("form", _attribute("form"), _words("interpretation", "forms"))),
    "regulations": (
        Facet("status", _attribute("status"), _words("regulation", "statuses")),
        Facet("level", _attribute("level"), _words("regulation", "levels")),
        Facet("effective", _year, _years),
    ),
    "cases": (
        Facet("procedure", _attribute("procedure"), _words("case", "procedures")),
        _YEAR,
        Facet("amount", _amount, _words("filters", "amounts")),
        Facet("lesson", _attribute("lessons"), _words("case", "lesson_names")),
        Facet("industry", _industry, _industries),
    ),
    "templates": (Facet("purpose", _attribute("purpose"), _words("template", "purposes")), _SECTION),
    "guides": (Facet("audience", _attribute("audience"), _words("guide", "audiences")), _SECTION),
    "alerts": (
        Facet("level", _attribute("level"), _words("alert", "levels")),
        Facet("country", _country, _countries),
    ),
    "newsletter": (_YEAR,),
    "events": (_YEAR,),
}
