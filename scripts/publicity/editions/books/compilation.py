"""A collection as a book: its entries with their particulars and sources, tables of old and new articles, an index by articles."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from publicity.dates import format_date
from publicity.labels import labels
from publicity.markup.converter import make_converter
from publicity.models import Case, Entry, Regulation
from publicity.models.fields.articles import anchor_of
from publicity.read.content import Column, Document
from publicity.stage.cards import source_of
from publicity.stage.kinds import KINDS
from publicity.stage.kinds.kind import Kind

COLLECTIONS = ("cases", "regulations")
"""Those that are compiled."""
_INSIDE = re.compile(r'<a [^>]*href="(?!https?:)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_NAMES = re.compile(r' (?:id|class|role|tabindex|aria-[a-z]+|data-[a-z]+)="[^"]*"')
_HEADING = re.compile(r"(</?h)([2-5])")
_PICTURE = re.compile(r"<img [^>]*>")
_ALT = re.compile(r' alt="([^"]+)"')
_WAY_BACK = re.compile(r'(?:&#160;)?<a class="footnote-backref"[^>]*>.*?</a>')


@dataclass(frozen=True)
class Chapter:
    """An entry. `rows` are its particulars, `articles` summaries of articles, `moves` and `penalties` rows of tables."""

    id: str
    title: str
    summary: str
    rows: tuple[tuple[str, str], ...]
    articles: tuple[tuple[str, str], ...]
    moves: tuple[tuple[str, str, str, str], ...]
    penalties: tuple[tuple[str, str, str], ...]
    body: str
    sources: tuple[tuple[str, str, str], ...]
    is_pending: bool


@dataclass(frozen=True)
class Part:
    """The entries under one heading of the collection's index."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Law:
    """A law in the index: its articles, each with the titles and the names of the chapters where it is found."""

    title: str
    articles: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Compilation:
    """A collection as it is published, in Chinese; `day` is that of its latest change."""

    collection: str
    title: str
    column: str
    host: str
    day: datetime.date
    date: str
    count: int
    parts: tuple[Part, ...]
    index: tuple[Law, ...]


def compilation_of(column: Column, collection: str) -> Compilation:
    """The published entries of a collection in the order of its index; there is at least one."""
    kind, words = KINDS[collection], labels("zh")["compilation"]
    documents = sorted(column.content.entries[collection].values(), key=lambda one: kind.order(column, one))
    day = max(document.meta_as(Entry).updated for document in documents)
    return Compilation(
        collection=collection,
        title=words["titles"][collection],
        column=column.region.title["zh"],
        host=column.region.issuer[0].name["zh"],
        day=day,
        date=format_date(day, "zh"),
        count=len(documents),
        parts=tuple(_parts(column, kind, documents)),
        index=tuple(_index(column, collection, documents)),
    )


def _parts(column: Column, kind: Kind, documents: list[Document]) -> Iterator[Part]:
    facet = kind.grouping
    titles = facet.titles(column, documents, "zh") if facet else {}
    for key, title in titles.items():
        members = [document for document in documents if facet and key in facet.values(column, document)]
        if members:
            yield Part(title, tuple(_chapter(column, kind, document) for document in members))


def _chapter(column: Column, kind: Kind, document: Document) -> Chapter:
    meta, told = document.meta_as(Entry), kind.extras(column, document, "zh")
    sources = [source_of(meta.source, "zh"), *told.get("sources", ())]
    return Chapter(
        id=document.slug,
        title=meta.title,
        summary=meta.summary,
        rows=tuple(_row(row) for row in kind.rows(column, document, "zh")),
        articles=tuple((row["article"], row["text"]) for row in told.get("articles", ())),
        moves=tuple((row["subject"], row["old"] or "", row["new"], row["note"]) for row in told.get("moves", ())),
        penalties=tuple((row["kind"], row["article"], row["text"]) for row in told.get("penalties", ())),
        body=plain_html(document.source.body, deeper=1),
        sources=tuple((source["name"], source["url"] or "", source["checked"]) for source in sources),
        is_pending=meta.review.status == "pending",
    )


def _row(row: dict[str, Any]) -> tuple[str, str]:
    """A row of the particulars as two texts."""
    if "cited" in row:
        return row["label"], "；".join(f"{one['law']}{one.get('article', '')}" for one in row["cited"])
    return row["label"], f"{row['value']}（{row['note']}）" if row.get("note") else row["value"]


def plain_html(markdown: str, deeper: int) -> str:
    """A body as HTML with its headings so many levels deeper, without links into the site and names; of pictures what they show."""
    html = _WAY_BACK.sub("", make_converter().convert(markdown))
    html = _PICTURE.sub(_told, _NAMES.sub("", _INSIDE.sub(r"\1", html)))
    return _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + deeper}", html)


def _told(picture: re.Match[str]) -> str:
    alt = _ALT.search(picture[0])
    return str(labels("zh")["compilation"]["picture"].format(alt=alt[1])) if alt else ""


def _index(column: Column, collection: str, documents: Iterable[Document]) -> Iterator[Law]:
    """Every article that the entries hold or apply, law by law, in the order of the articles."""
    see = labels("zh")["compilation"]["see"]
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for document in documents:
        for law, article in _articles(column, collection, document):
            places = found.setdefault(law, {}).setdefault(article, [])
            title = document.meta_as(Entry).title
            place = see if title == law else title, document.slug
            if place not in places:
                places.append(place)
    for law, articles in found.items():
        rows = sorted(articles.items(), key=lambda row: _place(row[0]))
        yield Law(law, tuple((article, tuple(places)) for article, places in rows))


def _articles(column: Column, collection: str, document: Document) -> Iterator[tuple[str, str]]:
    if collection == "regulations":
        meta = document.meta_as(Regulation)
        yield from ((meta.title, row.article) for row in meta.articles)
        return
    for cited in document.meta_as(Case).articles:
        if not isinstance(cited, str):
            yield column.content.entries["regulations"][cited.regulation].meta_as(Entry).title, cited.article


def _place(article: str) -> tuple[list[int], str]:
    numbers = re.findall(r"[0-9]+", anchor_of(article) or "")
    return [int(number) for number in numbers], article
