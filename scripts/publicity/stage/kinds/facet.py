"""What an index can be narrowed by. A kind of entry names its facets.

A facet's values hold no spaces and are the same in both languages, so that an address keeps its meaning in either.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publicity.labels import labels
from publicity.models import Entry, Language
from publicity.read.content import Column, Document

Values = Callable[[Column, Document], Iterable[str]]
Titles = Callable[[Column, list[Document], Language], dict[str, str]]


@dataclass(frozen=True)
class Facet:
    """One question to narrow an index by. `key` names it in the address; `titles` gives its answers in their order."""

    key: str
    values: Values
    titles: Titles


def attribute(name: str) -> Values:
    """The value of a particular that is one word or a list of words."""

    def values(_: Column, document: Document) -> Iterable[str]:
        value = getattr(document.meta, name)
        return value if isinstance(value, list) else [value]

    return values


def words_of(section: str, name: str) -> Titles:
    """A vocabulary of the labels, in its order."""
    return lambda _column, _documents, language: labels(language)[section][name]


def year_of(_: Column, document: Document) -> Iterable[str]:
    """The year that a reader would look for an entry under."""
    year = document.meta_as(Entry).year
    return [str(year)] if year else []


def years(column: Column, documents: list[Document], language: Language) -> dict[str, str]:
    """The years that occur, the newest first."""
    years = sorted({year for document in documents for year in year_of(column, document)}, reverse=True)
    return {year: labels(language)["filters"]["year"].format(year=year) for year in years}


def _section(column: Column, document: Document) -> Iterable[str]:
    """The sections of the region's standard that an entry supports: of `4.3.1`, section 4."""
    meta = document.meta_as(Entry)
    return [item.split(".")[0] for item in meta.supported(column.region.standard)]


def _sections(column: Column, _: list[Document], language: Language) -> dict[str, str]:
    loaded = column.content.standards.get(column.region.standard or "")
    sections = loaded.standard.sections if loaded else ()
    return {
        section.id: re.sub(r"（[^（）]*分）$", "", section.title) if language == "zh" else section.title_en
        for section in sections
    }


YEAR = Facet("year", year_of, years)
SECTION = Facet("section", _section, _sections)
