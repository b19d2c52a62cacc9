"""How an entry is named, dated and addressed wherever it is shown."""

import datetime
import re
from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.dates import format_date, format_money, format_number
from publicity.labels import labels
from publicity.models import Case, Entry, Interpretation, Language, Page, SourceNote
from publicity.read.content import Document, particulars

_HAN = re.compile(r"[\u4e00-\u9fff]")


def newest_first(document: Document) -> tuple[int, str]:
    """Sorts documents by date, the newest first."""
    return -particulars(document, Entry).published.toordinal(), document.path


def card(document: Document, language: Language) -> dict[str, Any]:
    """An entry as an index or another entry shows it."""
    meta = particulars(document, Entry)
    translated = document.translation.meta if document.translation else None
    title, summary, spoken = meta.title, meta.summary, "zh"
    if language == "en" and translated and not isinstance(translated, Page):
        title, summary, spoken = translated.title, translated.summary, "en"
    shown = {
        "title": title,
        "summary": summary,
        "language": spoken,
        "url": url_of(document.path, language),
        "collection": meta.collection,
        "collection_name": labels(language)["collections"][meta.collection]["title"],
        "date": date_of(meta.published, language),
        "pending": meta.review.status == "pending",
    }
    if isinstance(meta, Interpretation):
        words = labels(language)["interpretation"]
        shown["line"] = [words["forms"][meta.form], *([words["compiled"]] if meta.compiled else [])]
    return shown


def case_line(document: Document, language: Language) -> list[str]:
    """What an index tells of a case at a glance: who decided, when, how much. Nothing for other entries."""
    meta = document.meta
    if not isinstance(meta, Case):
        return []
    words = labels(language)
    line = [meta.authority[language]]
    if meta.year:
        line.append(words["filters"]["year"].format(year=meta.year))
    if meta.amount:
        note = meta.amount.note
        sum_of_money = format_money(meta.amount.value, words["case"]["currency"][meta.amount.currency], language)
        line.append(words["filters"]["noted"].format(text=sum_of_money, note=note[language]) if note else sum_of_money)
    if meta.multiplier is not None:
        line.append(words["filters"]["multiplier"].format(number=format_number(meta.multiplier)))
    return line


def source_of(source: SourceNote, language: Language) -> dict[str, Any]:
    """A source with the language of its name, which may be Chinese in both, and the day it was checked."""
    name = source.name[language]
    spoken = HTML_LANGUAGE["zh" if _HAN.search(name) else language]
    return {"name": name, "language": spoken, "url": source.url, "checked": format_date(source.checked, language)}


def date_of(day: datetime.date, language: Language) -> dict[str, str]:
    """A day for machines and for people."""
    return {"iso": day.isoformat(), "text": format_date(day, language)}
