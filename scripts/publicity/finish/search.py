"""The search index of each language, beside its search page: `search/index.json`, `en/search/index.json`."""

import datetime
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from publicity.addresses import url_of
from publicity.finish.rendered import RenderedSite
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, Entry, Language, Newsletter, Page, Question, Regulation
from publicity.read.content import Column, Document
from publicity.search.extract import PageText
from publicity.search.index import IndexWriter, load_synonyms
from publicity.stage.cards import card, newest_first
from publicity.stage.kinds import KINDS
from publicity.stage.marks import marks_of
from publicity.work.names import name_of

OWN_PAGES = "pages"
"""What pages outside the collections are narrowed by."""
_UNSEARCHED = frozenset({"404.html", "home.html", "leaving.html", "search.html"})
"""Templates of pages that only lead to others."""


@dataclass(frozen=True)
class _Row:
    """A page to be indexed, and what its text does not say. `address` is from the site's root."""

    address: str
    collection: str = OWN_PAGES
    year: str = ""
    date: str = ""
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class SearchIndex:
    """The search index of one language, page by page in any order."""

    def __init__(self, site: RenderedSite, language: Language, kept: Path) -> None:
        """`kept` is where the index of an earlier build is."""
        self._language = language
        self._here = url_of("search.md", language)
        self._writer = IndexWriter(site.folder / self._here, kept, site.former)
        self._names: dict[str, str] = {}
        self._rows = {
            path: (number, _row(site.column, url_of(path, language), document, language))
            for number, (path, document) in enumerate(_pages(site.column))
        }

    def lists(self, path: str) -> bool:
        """Whether the page at a path is searched."""
        return path in self._rows

    def take(self, names: Mapping[str, str]) -> frozenset[str]:
        """Begin with the index of an earlier build; returns the paths of the pages that need not be added.

        `names` are those of all pages by their paths, each standing for the whole page.
        """
        self._names = {path: name_of(names.get(path), row) for path, (_, row) in self._rows.items()}
        same = self._writer.take([self._names[path] for path in self._rows])
        return frozenset(path for path, (number, _) in self._rows.items() if number in same)

    def add(self, path: str, page: PageText) -> None:
        """Add the page at a path."""
        number, row = self._rows[path]
        self._writer.add(
            replace(page, names=row.names, keywords=row.keywords),
            url=posixpath.relpath(row.address, self._here) + "/",
            collection=row.collection,
            year=row.year,
            date=row.date,
            number=number,
            name=self._names.get(path, ""),
        )

    def write(self) -> None:
        """Write it, when every page has been added."""
        words = labels(self._language)
        names = {name: words["collections"][name]["title"] for name in ENTRY_MODELS}
        self._writer.finish(load_synonyms(), {**names, OWN_PAGES: words["search_page"]["own_pages"]})


def _row(column: Column, address: str, document: Document | None, language: Language) -> _Row:
    if document is None:
        return _Row(address)
    meta, keywords = document.meta, _keywords(document, language)
    if isinstance(meta, Newsletter):  # an issue need not say what it is one of
        keywords += (labels(language)["collections"][meta.collection]["title"],)
    if not isinstance(meta, Entry):
        return _Row(address, keywords=keywords)
    date = _told(column, document, language)
    return _Row(address, meta.collection, str(meta.published.year), date, _names(document, meta, language), keywords)


def _told(column: Column, document: Document, language: Language) -> str:
    """What a result says of an entry below its title: its day and its states, as lists have them."""
    states = (mark["text"] for mark in marks_of(column, document, language))
    comma: str = labels(language)["event"]["comma"]
    return comma.join([card(document, language)["date"]["text"], *states])


def _pages(column: Column) -> Iterator[tuple[str, Document | None]]:
    """All pages in the order in which equals are listed: entries by kind and date, the column's own, the collections' indexes."""
    for document in sorted(column.content.all_entries(), key=_rank):
        yield document.path, document
    for document in column.content.pages.values():
        if isinstance(document.meta, Page) and document.meta.template not in _UNSEARCHED:
            yield document.path, document
    for collection in column.content.entries:
        yield f"{collection}/index.md", None


def _rank(document: Document) -> tuple[int, bool, int, tuple[int, str]]:
    """Sorts entries: by kind, the newest first; laws by their own dates, those of the past last."""
    meta = document.meta_as(Entry)
    day, past = meta.published, False
    if isinstance(meta, Regulation):
        day, past = meta.in_force or meta.issued or datetime.date.min, meta.status not in ("in_force", "unverified")
    return list(KINDS).index(meta.collection), past, -day.toordinal(), newest_first(document)


def _names(document: Document, meta: Entry, language: Language) -> tuple[str, ...]:
    """What an entry is also called: by its short title, and by its number or numbers."""
    side = document.translation.meta if language == "en" and document.translation else meta
    numbers = getattr(meta, "document_number", None), getattr(meta, "number", None), *getattr(meta, "numbers", ())
    return tuple(name for name in (getattr(side, "short_title", None), *numbers) if isinstance(name, str))


def _keywords(document: Document, language: Language) -> tuple[str, ...]:
    """What a page is asked for by. A Chinese page also by its English title and words: people mix the two, and foreigners start there."""
    meta, translation = document.meta, document.translation and document.translation.meta
    if language == "en" and translation:
        return tuple(translation.keywords)
    own = (*meta.variants, *meta.keywords) if isinstance(meta, Question) else tuple(meta.keywords)
    return (*own, translation.title, *translation.keywords) if translation else own
