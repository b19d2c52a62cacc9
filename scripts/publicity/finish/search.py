"""The search index of each language, beside its search page: `search/index.json`, `en/search/index.json`."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from publicity.cards import newest_first, url_of
from publicity.content import Column, Document
from publicity.dates import format_date
from publicity.models import ENTRY_MODELS, Entry, Language, Page, Translation
from publicity.prepare import Prepared
from publicity.search.index import IndexWriter, load_synonyms
from publicity.search.pages import read_page
from publicity.texts import labels

OWN_PAGES = "pages"
"""What pages outside the collections are narrowed by."""


def index_site(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """Index what the finished pages mark as searched."""
    synonyms = load_synonyms()
    for language in prepared.languages:
        words = labels(language)
        names = {name: words["collections"][name]["title"] for name in ENTRY_MODELS}
        here = url_of("search.md", language)
        index = IndexWriter(site / here)
        for path, document in _pages(prepared.column):
            address = url_of(path, language)
            page = read_page((site / address / "index.html").read_bytes())
            if page is None:
                continue
            meta = document.meta if document else None
            published = meta.published if isinstance(meta, Entry) else None
            page.keywords = _keywords(document, language) if document else ()
            index.add(
                page,
                url=posixpath.relpath(address, here) + "/",
                collection=meta.collection if isinstance(meta, Entry) else OWN_PAGES,
                year=str(published.year) if published else "",
                date=format_date(published, language) if published else "",
            )
        index.finish(synonyms, {**names, OWN_PAGES: words["search_page"]["own_pages"]})


def _pages(column: Column) -> Iterator[tuple[str, Document | None]]:
    """All pages in the order in which equals are listed: the column's own, the collections' indexes, entries by date."""
    for document in column.content.pages.values():
        if isinstance(document.meta, Page) and document.meta.template not in ("404.html", "search.html"):
            yield document.path, document
    for collection in column.content.entries:
        yield f"{collection}/index.md", None
    entries = (one for found in column.content.entries.values() for one in found.values())
    for document in sorted(entries, key=newest_first):
        yield document.path, document


def _keywords(document: Document, language: Language) -> tuple[str, ...]:
    meta = document.translation.meta if language == "en" and document.translation else document.meta
    return tuple(meta.keywords) if isinstance(meta, Entry | Page | Translation) else ()
