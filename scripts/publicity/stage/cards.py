"""How an entry is named, dated and addressed wherever it is shown."""

import datetime
import re
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Entry, Interpretation, Language, Page, Regulation, SourceNote
from publicity.read.content import Document

_HAN = re.compile(r"[\u4e00-\u9fff]")


def newest_first(document: Document) -> tuple[int, str]:
    """Sorts documents by date, the newest first."""
    return -document.meta_as(Entry).published.toordinal(), document.path


def card(document: Document, language: Language) -> dict[str, Any]:
    """An entry as an index or another entry shows it."""
    meta = document.meta_as(Entry)
    translated = document.translation.meta if document.translation else None
    title, summary, title_language = meta.title, meta.summary, "zh"
    if language == "en" and translated and not isinstance(translated, Page):
        title, summary, title_language = translated.title, translated.summary, "en"
    shown = {
        "title": title,
        "summary": summary,
        "language": title_language,
        "url": url_of(document.path, language),
        "collection": meta.collection,
        "collection_name": labels(language)["collections"][meta.collection]["title"],
        "date": date_of(meta.published, language),
        "pending": meta.review.status == "pending",
    }
    if isinstance(meta, Interpretation):
        words = labels(language)["interpretation"]
        shown["line"] = [words["forms"][meta.form], *([words["compiled"]] if meta.compiled else [])]
    if isinstance(meta, Regulation):  # laws have days of their own
        day = shown["date"]
        shown["date"] = day | {"text": labels(language)["regulation"]["listed_on"].format(date=day["text"])}
    return shown


def name_language(name: str, language: Language) -> str:
    """The language of a name on a page: it may be Chinese in both."""
    return HTML_LANGUAGE["zh" if _HAN.search(name) else language]


def source_of(source: SourceNote, language: Language) -> dict[str, Any]:
    """A source with the language of its name, which may be Chinese in both, and the day it was checked."""
    name = source.name[language]
    return {
        "name": name,
        "language": name_language(name, language),
        "url": source.url,
        "checked": format_date(source.checked, language),
    }


def date_of(day: datetime.date, language: Language) -> dict[str, str]:
    """A day for machines and for people."""
    return {"iso": day.isoformat(), "text": format_date(day, language)}
