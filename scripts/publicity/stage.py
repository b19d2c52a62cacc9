"""Write the column as plain Markdown pages, `<lang>/<collection>/<slug>.md`, whose front matter holds all that a template shows.

Nothing here knows MkDocs: any generator that reads Markdown with front matter could take over from this folder.
"""

import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from publicity import facets
from publicity.aliases import redirects
from publicity.assets import stylesheets
from publicity.cards import HTML_LANGUAGE, card, case_line, newest_first, url_of
from publicity.content import Column, Document, particulars
from publicity.documents import path_of
from publicity.entries import entry_page, fact_of
from publicity.glossary import Linker, glossary_data, linker_of
from publicity.models import COUNTRY_FACTS, LANGUAGES, Country, Entry, Language, Page, Translation
from publicity.project import files_below
from publicity.site import column_data, home_data, progress_data, register_data
from publicity.tags import entry_tags, faq_of, index_tags, page_tags, picture_of, site_tags
from publicity.texts import labels

FILTERS = "assets/filters.css"


def stage(column: Column, documents: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """All pages of a column, each with its path in the staging folder; `documents` are the .docx files by theirs."""
    linker = linker_of(column.content)
    for language in LANGUAGES:
        for path, meta, body in _pages(column, language, documents, linker):
            yield f"{language}/{path}", _write_page(meta, body)
    yield FILTERS, facets.stylesheet(column)


def write_staging(
    folder: Path, pages: Iterable[tuple[str, str]], media: dict[str, Path], assets: Path
) -> frozenset[str]:
    """Bring the staging folder to hold exactly these files; what has not changed is not touched.

    Returns the paths of what was written, and of what was removed.
    """
    copies = {f"{language}/{path}": source for path, source in media.items() for language in LANGUAGES}
    copies |= {f"assets/{path}": assets / path for path in files_below(assets) if not path.endswith(".css")}
    stale = set(files_below(folder))
    changed = set()
    texts = ((path, text.encode("utf-8")) for path, text in pages)
    styles = ((f"assets/{name}", text.encode("utf-8")) for name, text in stylesheets(assets / "css").items())
    for path, content in chain(texts, styles, ((path, source.read_bytes()) for path, source in copies.items())):
        target = folder / path
        if path not in stale or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            changed.add(path)
        stale.discard(path)
    for path in stale:
        (folder / path).unlink()
    for root in [Path(root) for root, _, _ in os.walk(folder, topdown=False)]:
        if not any(root.iterdir()):
            root.rmdir()
    return frozenset(changed | stale)


def _write_page(meta: dict[str, Any], body: str) -> str:
    # JSON is YAML, and an order of magnitude quicker to write and to read; in one line, also quicker than in several.
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{body.strip()}\n"


def read_page(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a staged page."""
    _, meta, body = text.split("---\n", 2)
    return json.loads(meta), body.lstrip("\n")


def _pages(
    column: Column, language: Language, documents: dict[str, Path], linker: Linker
) -> Iterator[tuple[str, dict[str, Any], str]]:
    for document in column.content.pages.values():
        staged, body = _page(column, document, language)
        staged["page_tags"] = page_tags(column, document, staged["title"], staged["description"], language)
        yield document.path, staged, linker.link(document, body, staged["body_language"])
    for path, target in redirects(column.content).items():
        yield path, _redirect(column, path, target, language), ""
    for collection, entries in column.content.entries.items():
        index = _index(column, collection, language) | {"page_tags": index_tags(column, collection, language)}
        yield f"{collection}/index.md", index, ""
        for document in entries.values():
            staged, body = entry_page(column, document, language)
            if docx := documents.get(path_of(document)):
                size = max(1, round(docx.stat().st_size / 1000))
                staged["download"] = {"url": f"{path_of(document)}", "size": f"{size} KB"}
            staged |= {"page_tags": entry_tags(column, document, language), "picture": picture_of(document)}
            staged["faq"] = faq_of(document, language)
            linked = linker.link(document, body, staged["body_language"])
            yield document.path, _base(language, document.path, "", "", "") | staged, linked


def _base(language: Language, path: str, title: str, summary: str, template: str) -> dict[str, Any]:
    return {
        "title": title,
        "description": summary,
        "template": template,
        "lang": language,
        "path": path,
        "alternates": {other: url_of(path, other) for other in LANGUAGES},
    }


def _page(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    """A page of `docs/`; where it has no English side, the Chinese one stands in, marked as Chinese."""
    meta: Entry | Page | Translation = document.meta
    body, body_language = document.source.body, "zh"
    if language == "en" and document.translation:
        meta, body, body_language = document.translation.meta, document.translation.source.body, "en"
    if not isinstance(meta, Page):
        raise TypeError(f"{document.path} is not a page")
    names = {"title": column.region.title[language], "region": column.region.names["short"][language]}
    names["standard"] = labels(language)["assessment"]["standard"]
    if standard := column.content.standards.get(column.region.standard or ""):
        names["standard"] = str(
            standard.data["title"] if language == "zh" else standard.data.get("title_en") or standard.data["title"]
        )
    staged = _base(language, document.path, _fill(meta.title, names), _fill(meta.summary, names), meta.template)
    if meta.template == "404.html":
        staged |= {"noindex": True, "alternates": {other: url_of("index.md", other) for other in LANGUAGES}}
    staged["body_language"] = HTML_LANGUAGE["en" if body_language == "en" else "zh"]
    if meta.template == "home.html":
        staged |= home_data(column, language)
    if meta.template == "glossary.html":
        staged |= glossary_data(column, language)
    if meta.template in ("404.html", "sitemap.html"):
        staged["columns"] = column_data(column, language, lambda text: _fill(text, names))
    if meta.template == "progress.html":
        staged |= progress_data(column, language)
    if meta.shows:
        staged |= register_data(column, meta.shows, language)
    if meta.template == "assessment.html":
        staged["standard"] = column.region.standard
        staged["offers"] = _offers(column, language)
    return staged, _fill(body, names)


def _redirect(column: Column, path: str, target: Document, language: Language) -> dict[str, Any]:
    """What stands at an old address. It is no page of its own: its other language is that of the page it leads to."""
    if isinstance(target.meta, Page):
        title = _page(column, target, language)[0]["title"]
    else:
        title = card(target, language)["title"]
    return _base(language, path, title, labels(language)["shell"]["moved"], "redirect.html") | {
        "noindex": True,
        "target": url_of(target.path, language),
        "alternates": {other: url_of(target.path, other) for other in LANGUAGES},
        "page_tags": site_tags(column),
    }


def _offers(column: Column, language: Language) -> dict[str, list[dict[str, Any]]]:
    """What the site offers for each item of the standard: the entries that say they support it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for document in column.content.documents():
        if isinstance(document.meta, Entry) and document.meta.supports_standard == column.region.standard:
            shown = card(document, language)
            for item in document.meta.supports:
                found.setdefault(item, []).append(
                    {key: shown[key] for key in ("title", "url", "language", "collection", "collection_name")}
                )
    # What can be filled in at once comes first; the page shows the first few and folds the rest away.
    return {item: sorted(cards, key=lambda card: card["collection"] != "templates") for item, cards in found.items()}


def _fill(text: str, names: dict[str, str]) -> str:
    """Put the region's names into a page's title or summary."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


def _index(column: Column, collection: str, language: Language) -> dict[str, Any]:
    words = labels(language)["collections"][collection]
    documents = sorted(column.content.entries[collection].values(), key=newest_first)
    return _base(language, f"{collection}/index.md", words["title"], words["about"], "collection.html") | {
        "collection": collection,
        "count": len(documents),
        "filters": facets.choices(column, documents, language),
        "groups": [
            _group(column, key, title, found, language)
            for key, title, found in _groups(column, documents, collection, language)
        ],
        "comparison": _comparison(documents, language) if collection == "countries" else None,
    }


def _group(column: Column, key: str, title: str, documents: list[Document], language: Language) -> dict[str, Any]:
    """A heading of an index with its entries; for the filters, it has every value that one of them has."""
    entries = []
    together: dict[str, set[str]] = {}
    for one in documents:
        values = facets.values_of(column, one)
        entries.append({"line": case_line(one, language)} | card(one, language) | {"facets": values})
        for facet, found in values.items():
            together.setdefault(facet, set()).update(found)
    return {
        "id": key,
        "title": title,
        "entries": entries,
        "facets": {facet: sorted(found) for facet, found in together.items()},
    }


def _groups(
    column: Column, documents: list[Document], collection: str, language: Language
) -> Iterator[tuple[str, str, list[Document]]]:
    """The headings of an index with what stands under them; a collection that has none is one list."""
    facet = facets.grouping(collection)
    if facet is None:
        yield "all", "", documents
        return
    for key, title in facet.titles(column, documents, language).items():
        if found := [one for one in documents if key in facet.values(column, one)]:
            yield key, title, found


def _comparison(documents: list[Document], language: Language) -> dict[str, Any]:
    """Every country's facts by topic; the page lets the reader choose countries without script."""
    countries = [(one, particulars(one, Country)) for one in documents]
    return {
        "countries": [
            {"code": meta.code.lower(), "name": meta.names[language], "url": url_of(one.path, language)}
            for one, meta in countries
        ],
        "topics": [
            {
                "key": key,
                "cells": [[fact_of(fact, language) for fact in meta.facts.get(key, [])] for _, meta in countries],
            }
            for key in COUNTRY_FACTS
        ],
    }
