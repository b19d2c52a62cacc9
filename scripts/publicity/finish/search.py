"""The search index of each language, beside its search page: `search/index.json`, `en/search/index.json`."""

import datetime
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.finish.parallel import in_each_language
from publicity.finish.rendered import RenderedSite
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, Entry, Language, Newsletter, Page, Question, Regulation, Translation
from publicity.read.content import Column, Document
from publicity.search.extract import page_text
from publicity.search.index import IndexWriter, load_synonyms
from publicity.stage.cards import newest_first
from publicity.stage.kinds import KINDS

OWN_PAGES = "pages"
"""What pages outside the collections are narrowed by."""


@dataclass(frozen=True)
class _Row:
    """A page to be indexed, and what its text does not say. `address` is from the site's root."""

    address: str
    collection: str = OWN_PAGES
    year: str = ""
    date: str = ""
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def index_site(site: RenderedSite) -> None:
    """Index what the finished pages mark as searched."""
    rows = {language: _rows(site.column, language) for language in site.prepared.languages}
    in_each_language(site.prepared, partial(_index, site.folder, rows))


def _index(folder: Path, rows: dict[Language, list[_Row]], language: Language) -> None:
    words = labels(language)
    names = {name: words["collections"][name]["title"] for name in ENTRY_MODELS}
    here = url_of("search.md", language)
    index = IndexWriter(folder / here)
    for row in rows[language]:
        page = page_text((folder / row.address / "index.html").read_bytes())
        if page is not None:
            page.names, page.keywords = row.names, row.keywords
            url = posixpath.relpath(row.address, here) + "/"
            index.add(page, url=url, collection=row.collection, year=row.year, date=row.date)
    index.finish(load_synonyms(), {**names, OWN_PAGES: words["search_page"]["own_pages"]})


def _rows(column: Column, language: Language) -> list[_Row]:
    return [_row(url_of(path, language), document, language) for path, document in _pages(column)]


def _row(address: str, document: Document | None, language: Language) -> _Row:
    if document is None:
        return _Row(address)
    meta, keywords = document.meta, _keywords(document, language)
    if isinstance(meta, Newsletter):  # an issue need not say what it is one of
        keywords += (labels(language)["collections"][meta.collection]["title"],)
    if not isinstance(meta, Entry):
        return _Row(address, keywords=keywords)
    date = format_date(meta.published, language)
    return _Row(address, meta.collection, str(meta.published.year), date, _names(document, meta, language), keywords)


def _pages(column: Column) -> Iterator[tuple[str, Document | None]]:
    """All pages in the order in which equals are listed: entries by kind and date, the column's own, the collections' indexes."""
    for document in sorted(column.content.all_entries(), key=_rank):
        yield document.path, document
    for document in column.content.pages.values():
        if isinstance(document.meta, Page) and document.meta.template not in ("404.html", "search.html"):
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
    meta = document.translation.meta if language == "en" and document.translation else document.meta
    if isinstance(meta, Question):
        return (*meta.variants, *meta.keywords)
    return tuple(meta.keywords) if isinstance(meta, Entry | Page | Translation) else ()
