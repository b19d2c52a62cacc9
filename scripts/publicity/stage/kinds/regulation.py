"""Laws and rules: their articles here, and where these stand in the law of today."""

from collections.abc import Iterator
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language, Translation
from publicity.models.entries import Regulation
from publicity.models.fields.articles import in_english, order_of
from publicity.models.fields.web import read_address
from publicity.read.content import Column, Content, Document
from publicity.read.relations import Application, applications_of, current_article, earlier_texts
from publicity.stage.cards import card, source_of
from publicity.stage.kinds.facet import Facet, attribute, words_of, year_of, years
from publicity.stage.kinds.kind import Kind, Mark
from publicity.stage.kinds.rows import Row, issuer_row, published_row, row


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a law or rule."""
    meta = document.meta_as(Regulation)
    words = labels(language)["regulation"]
    yield from row(
        words["status"], words["statuses"][meta.status], meta.status_note[language] if meta.status_note else None
    )
    yield from row(words["level"], words["levels"][meta.level])
    yield from row(words["number"], meta.number, language="zh-CN")
    yield from issuer_row(words["issuer"], meta.issuer, document, language)
    yield from row(words["issued"], format_date(meta.issued, language) if meta.issued else words["unknown"])
    yield from row(words["in_force"], format_date(meta.in_force, language) if meta.in_force else words["unknown"])
    yield from row(
        words["official"], None if meta.official_url else words["unknown"]
    )  # a known one stands above the text
    yield from published_row(meta, language, words["listed"])  # laws have days of publication of their own


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    content, meta = column.content, document.meta_as(Regulation)
    kinds = labels(language)["regulation"]["kinds"]
    applied = applications_of(content, document)
    earlier = earlier_texts(content, document)
    now = content.entries["regulations"].get(meta.replaced_by or "")
    return {
        "official_url": meta.official_url,
        "official_site": source_of(meta.source, language)["name"]
        if meta.source.url == meta.official_url or not meta.official_url
        else read_address(meta.official_url).site,
        "replaced_by": card(now, language) if now else None,
        "articles": [
            {
                "id": anchor,
                "article": _told(summary.article, language),
                "text": summary.text[language],
                "now": article_now(content, meta, summary.article, language),
                "applied": [_application(case, language) for case in applied.get(anchor, [])],
            }
            for summary, anchor in zip(meta.articles, meta.article_ids, strict=True)
        ],
        "moves": [
            {
                "subject": move.subject[language],
                "old": _told(move.old, language) if move.old else None,
                "old_url": next(filter(None, (_row_url(law, move.old, language) for law in earlier)), None),
                "new": _told(move.new, language),
                "new_url": _row_url(document, move.new, language),
                "note": move.note[language] if move.note else "",
                "change": move.change,
            }
            for move in sorted(meta.moves, key=lambda move: order_of(move.new))
        ],
        "penalties": [
            {"kind": kinds[penalty.kind], "article": _told(penalty.article, language), "text": penalty.text[language]}
            for penalty in meta.penalties
        ],
    }


def short_title(document: Document, language: Language) -> dict[str, str]:
    """A law by the name that people use, and the language of that name."""
    if language == "en" and document.translation and isinstance(document.translation.meta, Translation):
        meta: Regulation | Translation = document.translation.meta
    else:
        meta, language = document.meta_as(Regulation), "zh"
    return {"law": meta.short_title or meta.title, "language": HTML_LANGUAGE[language]}


def _row_url(document: Document, article: str | None, language: Language) -> str | None:
    """Where the page of a law shows an article, if it does."""
    anchor = document.meta_as(Regulation).anchor_of(article) if article else None
    return f"{url_of(document.path, language)}#{anchor}" if anchor else None


def article_url(document: Document, article: str, language: Language) -> str:
    """The same, or else the page."""
    return _row_url(document, article, language) or url_of(document.path, language)


def article_name(article: str, language: Language) -> str:
    """An article as texts of a language cite it."""
    return in_english(article) if language == "en" else article


def _told(article: str, language: Language) -> str:
    """The same at the head of a line."""
    name = article_name(article, language)
    return name[0].upper() + name[1:]


def article_now(content: Content, meta: Regulation, article: str, language: Language) -> dict[str, Any] | None:
    """Where an article of a replaced text stands in today's law."""
    today = current_article(content, meta, article)
    if today is None:
        return None
    document, move = today
    note = move.note[language] if move.note else ""
    return {"article": article_name(move.new, language), "url": article_url(document, move.new, language), "note": note}


def _application(application: Application, language: Language) -> dict[str, Any]:
    earlier = short_title(application.earlier, language) if application.earlier else None
    return {
        "case": card(application.case, language),
        "article": article_name(application.article, language),
        "earlier": earlier,
    }


def _marks(_: Column, document: Document, language: Language) -> Iterator[Mark]:
    """What is not known to be in force says so in every list."""
    status, words = document.meta_as(Regulation).status, labels(language)
    if status != "in_force":
        kind = "pending" if status == "unverified" else "quiet"
        yield Mark(kind, words["regulation"]["statuses"][status], words["marks"]["law"][status])


REGULATION = Kind(
    Regulation,
    _rows,
    _extras,
    template="regulation.html",
    marks=_marks,
    facets=(
        Facet("status", attribute("status"), words_of("regulation", "statuses")),
        Facet("level", attribute("level"), words_of("regulation", "levels")),
        Facet("effective", year_of, years),
    ),
    grouped_by="level",
)
