"""Page tags (网页标签): what inspectors and other governments' collectors read in a page's head.

Site tags stand on every page, column tags on columns and their articles, article tags on articles. The registered names of the site
and the ColumnType stay Chinese on English pages, because machines compare them; everything else is in the page's language.
"""

import posixpath
from typing import Any

from publicity.labels import collections, labels
from publicity.models import TO_COME, Entry, Event, Interpretation, Language, Moment, Question, Translation
from publicity.problems import BuildError
from publicity.read.content import Column, Document, page_of
from publicity.read.markdown.body import read_body
from publicity.read.markdown.questions import questions_of
from publicity.stage.cards import card

Tags = dict[str, str]

_MIDNIGHT = "00:00"  # PubDate needs a time; an entry that names none was published at some hour of its day


def site_tags(column: Column) -> Tags:
    """The tags of every page. A domain or code that is not known is left out; `check --release` names it."""
    site = column.region.site
    known = {"SiteName": site.name.zh, "SiteDomain": site.domain, "SiteIDCode": site.id_code}
    return {name: value for name, value in known.items() if value}


def page_tags(column: Column, document: Document, title: str, summary: str, language: Language) -> Tags:
    """The tags of a page of `docs/`: a column's where it says that it is one, else the site's alone."""
    page = page_of(document, "zh")
    if not page.column_type:
        return site_tags(column)
    keywords = page_of(document, language).keywords
    return site_tags(column) | _column(document.source.name, title, summary, page.column_type, keywords)


def index_tags(column: Column, collection: str, language: Language) -> Tags:
    """The tags of a collection's index.

    Raises:
        BuildError: the collection has no type or keywords.
    """
    words, kind = labels(language)["collections"][collection], collections()[collection].get("type")
    where = f"scripts/publicity/labels/collections.yml: {collection}"
    return site_tags(column) | _column(where, words["title"], words["about"], kind, words.get("keywords", []))


def entry_tags(column: Column, document: Document, language: Language) -> Tags:
    """The tags of an article: all that are required, and of the optional ones those that have a value."""
    meta, shown = document.meta_as(Entry), card(document, language)
    translated = document.translation.meta if document.translation and language == "en" else None
    keywords = meta.keywords if language == "zh" else []
    if isinstance(translated, Translation):
        keywords = translated.keywords
    article = {
        "ArticleTitle": shown["title"],
        "PubDate": f"{meta.published.isoformat()} {meta.published_time or _MIDNIGHT}",
        "ContentSource": meta.source.name[language],
        "Keywords": ",".join(keywords),
        "Author": _author(column, meta, language),
    }
    return index_tags(column, meta.collection, language) | {name: value for name, value in article.items() if value}


def picture_of(document: Document) -> str | None:
    """The first picture of an entry's text, by its path in the site."""
    if "![" not in document.source.body:
        return None
    pictures = (link.target for link in read_body(document.source.body).links if link.is_image)
    return next(
        (posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target)) for target in pictures), None
    )


def _author(column: Column, meta: Entry, language: Language) -> str:
    """The body that issued an article; the column itself where it compiled one; nothing elsewhere."""
    if isinstance(meta, Interpretation) and meta.compiled:
        return column.region.title[language]
    return getattr(meta, "issuer", None) or ""


def faq_of(document: Document, language: Language) -> list[dict[str, str]]:
    """The questions of an interpretation that is made of them, or a question itself, for schema.org's FAQPage."""
    meta = document.meta
    if isinstance(meta, Question):
        shown = card(document, language)
        return [{"question": shown["title"], "answer": shown["summary"]}]
    if not isinstance(meta, Interpretation) or meta.form != "questions":
        return []
    body = document.translation.source.body if document.translation and language == "en" else ""
    asked = questions_of(body) or questions_of(document.source.body)
    return [{"question": question.question, "answer": question.answer} for question in asked]


def event_of(document: Document, language: Language) -> dict[str, Any] | None:
    """An event for schema.org; nothing of other entries, and nothing of a sample, which never takes place."""
    meta = document.meta
    if not isinstance(meta, Event) or meta.sample:
        return None
    shown = card(document, language)
    places: list[dict[str, Any]] = []
    if meta.place:
        address = {"address": meta.address[language]} if meta.address else {}
        places.append({"@type": "Place", "name": meta.place[language], **address})
    if meta.online:
        url = {} if meta.online == TO_COME else {"url": meta.online}
        places.append({"@type": "VirtualLocation", **url})
    organisers = [name[language] for name in (meta.organiser, *meta.co_organisers) if name]
    return {
        "@type": "Event",
        "name": shown["title"],
        "description": shown["summary"],
        "startDate": _iso(meta.start),
        **({"endDate": _iso(meta.end)} if meta.end else {}),
        "eventAttendanceMode": _attendance(meta),
        "location": places,
        **({"organizer": [{"@type": "Organization", "name": name} for name in organisers]} if organisers else {}),
    }


def _attendance(meta: Event) -> str:
    mode = "Mixed" if meta.place and meta.online else "Offline" if meta.place else "Online"
    return f"https://schema.org/{mode}EventAttendanceMode"


def _iso(moment: Moment) -> str:
    return f"{moment.day}T{moment.clock:%H:%M}:00+08:00" if moment.clock else str(moment.day)


def _column(where: str, name: str, description: str, kind: str | None, keywords: list[str]) -> Tags:
    tags = {
        "ColumnName": name,
        "ColumnDescription": description,
        "ColumnKeywords": ",".join(keywords),
        "ColumnType": kind or "",
    }
    missing = [tag for tag, value in tags.items() if not value]
    if missing:
        raise BuildError("no-page-tag", where=where, tags=tuple(missing))
    return tags
