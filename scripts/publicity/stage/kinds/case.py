"""Cases: who decided, what for, and the law that was applied."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from publicity.addresses import HTML_LANGUAGE
from publicity.dates import format_date, format_money, format_number
from publicity.labels import labels
from publicity.models import Citation, Language, Translation
from publicity.models.entries import Case, Regulation
from publicity.read.content import Column, Content, Document
from publicity.stage.cards import source_of
from publicity.stage.charts.amounts import amounts_of
from publicity.stage.kinds.facet import YEAR, Facet, attribute, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.regulation import article_name, article_now, article_url, short_title
from publicity.stage.kinds.rows import Row, published_row, row


def _rows(column: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of a case."""
    meta = document.meta_as(Case)
    words = labels(language)["case"]
    yield from row(words["authority"], meta.authority[language])
    yield from row(words["numbers"], "；".join(meta.numbers), language="zh-CN")
    decided = format_date(meta.decided, language) if meta.decided else None
    note = meta.decided_note[language] if meta.decided_note else None
    yield from row(words["decided"], decided or note, note if decided else None)
    yield from row(words["procedure"], words["procedures"][meta.procedure])
    yield from row(words["industry"], meta.industry[language])
    if meta.amount:
        amount = format_money(meta.amount.value, words["currency"][meta.amount.currency], language, whole=True)
        yield from row(words["amount"], amount, meta.amount.note[language] if meta.amount.note else None)
    if meta.multiplier is not None:
        yield from row(words["multiplier"], words["times"].format(number=format_number(meta.multiplier)))
    comma = "、" if language == "zh" else ", "
    yield from row(words["lessons"], comma.join(words["lesson_names"][lesson] for lesson in meta.lessons))
    yield from published_row(meta, language)
    if meta.articles:
        yield {"label": words["articles"], "cited": laws_applied(column.content, document, meta.articles, language)}


def _extras(_: Column, document: Document, language: Language) -> dict[str, Any]:
    return {
        "sources": [source_of(source, language) for source in document.meta_as(Case).sources],
        "line": _line(document, language),
        **_glance(document, language),
    }


def _listed(_: Column, document: Document, language: Language) -> dict[str, Any]:
    return {"undated": True, **_glance(document, language)}


def _glance(document: Document, language: Language) -> dict[str, Any]:
    """What a case comes to: the sum, what the sum is, and the first lesson."""
    amount = document.meta_as(Case).amount
    body = document.source.body
    if language == "en":
        body = document.translation.source.body if document.translation else ""
    currency = labels(language)["case"]["currency"]
    return {
        "figure": format_money(amount.value, currency[amount.currency], language) if amount else None,
        "figure_note": amount.note[language] if amount and amount.note else None,
        "lesson": lesson_of(body, language),
    }


_STRONG = re.compile(r"^[-*] \*\*(.+?)\*\*", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")


def lesson_of(body: str, language: Language) -> str | None:
    """The first lesson as a sentence: what is set strong at the head of the first point of the last part; None without any."""
    _, heading, part = body.rpartition("\n## ")
    point = _STRONG.search(part) if heading else None
    if point is None:
        return None
    text = _LINK.sub(r"\1", point[1]).replace("\\", "").rstrip("。.，,：:；; ")
    return text if text.endswith(("？", "?", "！", "!")) else text + ("。" if language == "zh" else ".")


def laws_applied(
    content: Content, document: Document, applied: Iterable[Citation | str], language: Language
) -> list[dict[str, Any]]:
    """What an entry applies; what it gives in words stands in Chinese where its translation has no English for it."""
    translation = document.translation.meta if document.translation else None
    english = translation.articles if language == "en" and isinstance(translation, Translation) else {}
    return [
        {"law": english.get(cited, cited), "language": HTML_LANGUAGE["en" if cited in english else "zh"]}
        if isinstance(cited, str)
        else law_applied(content, cited, language)
        for cited in applied
    ]


def law_applied(content: Content, cited: Citation, language: Language) -> dict[str, Any]:
    """An article that a case applies, with its place on the site, and with its place in today's law where it has moved."""
    document = content.entries["regulations"][cited.regulation]
    meta = document.meta_as(Regulation)
    return {
        **short_title(document, language),
        "article": article_name(cited.article, language),
        "url": article_url(document, cited.article, language),
        "now": article_now(content, meta, cited.article, language),
    }


def _line(document: Document, language: Language) -> list[str]:
    """Who decided, when, and by how much the damages were multiplied."""
    meta = document.meta_as(Case)
    words = labels(language)
    line = [meta.authority[language]]
    if meta.year:
        line.append(words["filters"]["year"].format(year=meta.year))
    if meta.multiplier is not None:
        line.append(words["filters"]["multiplier"].format(number=format_number(meta.multiplier)))
    return line


# Bands in yuan. Sums in other currencies are not converted: no rate is ours to choose.
_BANDS = (("under-1m", 1_000_000), ("under-10m", 10_000_000), ("under-100m", 100_000_000))


def _amount(_: Column, document: Document) -> Iterable[str]:
    amount = document.meta_as(Case).amount
    if amount is None:
        return ["unstated"]
    if amount.currency != "CNY":
        return ["foreign-currency"]
    return [next((band for band, limit in _BANDS if amount.value < limit), "from-100m")]


def _industry(_: Column, document: Document) -> Iterable[str]:
    return [_industry_key(document.meta_as(Case))]


def _industry_key(case: Case) -> str:
    return re.sub(r"[^a-z0-9]+", "-", case.industry.en.lower()).strip("-")


def _industries(_: Column, documents: list[Document], language: Language) -> dict[str, str]:
    """Industries as the cases name them, the most frequent first."""
    cases = [document.meta_as(Case) for document in documents]
    titles = {_industry_key(case): case.industry[language] for case in cases}
    return {key: titles[key] for key, _ in Counter(map(_industry_key, cases)).most_common()}


CASE = Kind(
    Case,
    _rows,
    _extras,
    template="case.html",
    line=_line,
    facets=(
        Facet("procedure", attribute("procedure"), words_of("case", "procedures")),
        YEAR,
        Facet("amount", _amount, words_of("filters", "amounts")),
        Facet("lesson", attribute("lessons"), words_of("case", "lesson_names")),
        Facet("industry", _industry, _industries),
    ),
    grouped_by="procedure",
    index=amounts_of,
    listed=_listed,
)
