"""The page of an entry: what all have, and the particulars of each kind."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.check.links import interpretations_of, policy_of
from publicity.dates import format_date, format_money, format_number
from publicity.labels import labels
from publicity.models import (
    COUNTRY_FACTS,
    REVIEW_STEPS,
    Alert,
    Case,
    Citation,
    Country,
    Entry,
    Event,
    Fact,
    Guide,
    Interpretation,
    Language,
    Newsletter,
    Policy,
    Regulation,
    Review,
    ReviewStep,
    Template,
    Translation,
)
from publicity.read.content import Column, Content, Document, particulars
from publicity.read.relations import Application, applications_of, earlier_texts, today_of
from publicity.stage.cards import card, date_of, source_of
from publicity.stage.interpretation import picture_data

Row = dict[str, Any]


def entry_page(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    """The front matter and body of an entry's page in a language; without a translation the Chinese body, marked so."""
    meta = particulars(document, Entry)
    words = labels(language)
    shown = card(document, language)
    translation = document.translation.meta if document.translation and language == "en" else None
    body = document.source.body
    translated_body = document.translation.source.body if document.translation and language == "en" else ""
    if not translated_body.strip():
        translated_body = ""
    staged = {
        "title": shown["title"],
        "description": shown["summary"],
        "collection": meta.collection,
        "collection_url": url_of(f"{meta.collection}/index.md", language),
        "body_language": HTML_LANGUAGE["en" if translated_body else "zh"],
        "title_language": HTML_LANGUAGE["zh" if shown["language"] == "zh" else "en"],
        "original_url": url_of(document.path, "zh"),
        "translation": translation.translation.model_dump()
        if isinstance(translation, Translation) and translated_body
        else None,
        "untranslated": language == "en" and not translated_body and bool(body.strip()),
        "published": date_of(meta.published, language),
        "updated": date_of(meta.updated, language) if meta.history else None,
        "history": [{"date": date_of(one.date, language), "note": one.note} for one in reversed(meta.history)],
        "keywords": meta.keywords,
        "source": source_of(meta.source, language),
        "pending": shown["pending"],
        "corrections": [one.model_dump(mode="json") for one in meta.corrections],
        "review_note": meta.review.note if meta.review.status == "pending" else None,
        "review": [_review_step(meta.review, step, language) for step in REVIEW_STEPS],
        "sample": meta.sample,
        "expired": bool(meta.expires and meta.expires < column.today),
        "supports": meta.supports if meta.supports_standard == column.region.standard else [],
        "related": [],
    }
    kind, rows = _KINDS[type(meta)]
    staged["kind"] = kind
    staged["template"] = f"{kind}.html"
    staged["particulars"] = list(rows(meta, document, language))
    if isinstance(meta, Policy):
        staged["annex"] = meta.annex
        staged["related"] = [card(one, language) for one in interpretations_of(column.content, document)]
        staged["related_title"] = words["policy"]["interpretations"]
    elif isinstance(meta, Interpretation):
        policy = policy_of(column.content, document)
        staged["related"] = [card(policy, language)]
        staged["related_title"] = words["interpretation"]["policy"]
        day = format_date(particulars(policy, Policy).published, language)
        staged["particulars"] += _row(words["interpretation"]["policy_published"], day)
        staged |= _interpretation(column, document, policy, language)
    elif isinstance(meta, Regulation):
        staged |= _regulation(column.content, document, meta, language)
    elif isinstance(meta, Country):
        staged |= _country(meta, language)
    elif isinstance(meta, Newsletter):
        found = (column.content.entries[name.split("/")[0]][name.split("/")[1]] for name in meta.entries)
        staged["related"] = [card(one, language) for one in found]
        staged["related_title"] = words["newsletter"]["contents"]
    elif isinstance(meta, Event):
        staged["calendar"] = f"{url_of(document.path, 'zh')}event.ics"
    elif isinstance(meta, Case):
        staged["sources"] = [source_of(one, language) for one in meta.sources]
        if meta.articles:
            cited = [_law_applied(column.content, one, language) for one in meta.articles]
            staged["particulars"].append({"label": words["case"]["articles"], "cited": cited})
    return staged, translated_body or body


def _review_step(review: Review, step: str, language: Language) -> dict[str, Any]:
    """Who took a step of the review, by role, and when; nobody yet where it is still to be taken."""
    taken: ReviewStep | None = getattr(review, step)
    return {
        "step": step,
        "role": taken.role[language] if taken else None,
        "date": date_of(taken.date, language) if taken else None,
    }


def _row(label: str, value: str | None, note: str | None = None, language: str | None = None) -> Iterator[Row]:
    """A row of the particulars; nothing where there is no value."""
    if value:
        yield {"label": label, "value": value, "note": note, "language": language}


def _policy(meta: Policy, document: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["policy"]
    note = meta.published_note
    if language == "en":
        note = getattr(document.translation.meta, "published_note", None) if document.translation else None
    yield from _row(words["document_number"], meta.document_number, language="zh-CN")
    yield from _row(words["issuer"], meta.issuer, language="zh-CN")
    yield from _row(words["written"], format_date(meta.written, language))
    yield from _row(words["published"], format_date(meta.published, language), note)
    checked = words["checked"].format(date=format_date(meta.validity.checked, language))
    note = f"{meta.validity.note}（{checked}）" if language == "zh" and meta.validity.note else checked
    yield from _row(words["validity"], words["validities"][meta.validity.status], note)


def _interpretation_rows(meta: Interpretation, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["interpretation"]
    yield from _row(words["issuer"], meta.issuer, language="zh-CN")
    yield from _row(words["compiler"], words["this_column"] if meta.compiled else None)
    yield from _row(words["published"], format_date(meta.published, language))
    yield from _row(words["form"], words["forms"][meta.form])


def _case(meta: Case, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["case"]
    yield from _row(words["authority"], meta.authority[language])
    yield from _row(words["numbers"], "；".join(meta.numbers), language="zh-CN")
    decided = format_date(meta.decided, language) if meta.decided else None
    note = meta.decided_note[language] if meta.decided_note else None
    yield from _row(words["decided"], decided or note, note if decided else None)
    yield from _row(words["procedure"], words["procedures"][meta.procedure])
    yield from _row(words["industry"], meta.industry[language])
    if meta.amount:
        amount = format_money(meta.amount.value, words["currency"][meta.amount.currency], language, whole=True)
        yield from _row(words["amount"], amount, meta.amount.note[language] if meta.amount.note else None)
    if meta.multiplier is not None:
        yield from _row(words["multiplier"], words["times"].format(number=format_number(meta.multiplier)))
    comma = "、" if language == "zh" else ", "
    yield from _row(words["lessons"], comma.join(words["lesson_names"][one] for one in meta.lessons))
    yield from _published(meta, language)


def _regulation_rows(meta: Regulation, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["regulation"]
    yield from _row(
        words["status"], words["statuses"][meta.status], meta.status_note[language] if meta.status_note else None
    )
    yield from _row(words["level"], words["levels"][meta.level])
    yield from _row(words["number"], meta.number, language="zh-CN")
    yield from _row(words["issuer"], meta.issuer, language="zh-CN")
    yield from _row(words["issued"], format_date(meta.issued, language) if meta.issued else words["unknown"])
    yield from _row(words["in_force"], format_date(meta.in_force, language) if meta.in_force else words["unknown"])
    yield from _row(
        words["official"], None if meta.official_url else words["unknown"]
    )  # a known one stands above the text
    yield from _published(meta, language)


def _country_rows(meta: Country, _: Document, language: Language) -> Iterator[Row]:
    yield from _published(meta, language)


def _template_rows(meta: Template, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["template"]
    yield from _row(words["purpose"], words["purposes"][meta.purpose])
    yield from _published(meta, language)


def _guide_rows(meta: Guide, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["guide"]
    yield from _row(words["audience"], words["audiences"][meta.audience])
    yield from _published(meta, language)


def _alert_rows(meta: Alert, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["alert"]
    yield from _row(words["level"], words["levels"][meta.level])
    yield from _published(meta, language)
    yield from _row(words["expires"], format_date(meta.expires, language))


def _event_rows(meta: Event, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["event"]
    days = [format_date(day, language) for day in (meta.start, meta.end) if day]
    yield from _row(words["when"], ("至" if language == "zh" else " to ").join(days))
    yield from _row(words["place"], meta.place[language])
    yield from _published(meta, language)


def _newsletter_rows(meta: Newsletter, _: Document, language: Language) -> Iterator[Row]:
    words = labels(language)["newsletter"]
    yield from _row(words["number"], words["issue"].format(number=meta.number))
    yield from _published(meta, language)


def _published(meta: Entry, language: Language) -> Iterator[Row]:
    yield from _row(labels(language)["entry"]["published"], format_date(meta.published, language))


def _law_applied(content: Content, cited: Citation | str, language: Language) -> dict[str, Any]:
    """An article that a case applies, with its place on the site, and with its place in today's law where it has moved."""
    if isinstance(cited, str):
        return {"law": cited, "language": HTML_LANGUAGE["zh"]}
    document = content.entries["regulations"][cited.regulation]
    meta = particulars(document, Regulation)
    return {
        **_short_title(document, language),
        "article": cited.article,
        "url": _article_url(document, cited.article, language),
        "now": _now(content, meta, cited.article, language),
    }


def _short_title(document: Document, language: Language) -> dict[str, str]:
    """A law by the name that people use, and the language of that name."""
    if language == "en" and document.translation and isinstance(document.translation.meta, Translation):
        meta: Regulation | Translation = document.translation.meta
    else:
        meta, language = particulars(document, Regulation), "zh"
    return {"law": meta.short_title or meta.title, "language": HTML_LANGUAGE[language]}


def _row_url(document: Document, article: str | None, language: Language) -> str | None:
    """Where the page of a law shows an article, if it does."""
    anchor = particulars(document, Regulation).anchor_of(article) if article else None
    return f"{url_of(document.path, language)}#{anchor}" if anchor else None


def _article_url(document: Document, article: str, language: Language) -> str:
    """The same, or else the page."""
    return _row_url(document, article, language) or url_of(document.path, language)


def _now(content: Content, meta: Regulation, article: str, language: Language) -> dict[str, Any] | None:
    """Where an article of a replaced text stands in today's law."""
    today = today_of(content, meta, article)
    if today is None:
        return None
    document, move = today
    note = move.note[language] if move.note else ""
    return {"article": move.new, "url": _article_url(document, move.new, language), "note": note}


def _application(one: Application, language: Language) -> dict[str, Any]:
    earlier = _short_title(one.earlier, language) if one.earlier else None
    return {"case": card(one.case, language), "article": one.article, "earlier": earlier}


def _regulation(content: Content, document: Document, meta: Regulation, language: Language) -> dict[str, Any]:
    kinds = labels(language)["regulation"]["kinds"]
    applied = applications_of(content, document)
    earlier = earlier_texts(content, document)
    now = content.entries["regulations"].get(meta.replaced_by or "")
    return {
        "official_url": meta.official_url,
        "official_site": source_of(meta.source, language)["name"]
        if meta.source.url == meta.official_url
        else urlsplit(meta.official_url or "").hostname,
        "replaced_by": card(now, language) if now else None,
        "articles": [
            {
                "id": anchor,
                "article": one.article,
                "text": one.text[language],
                "now": _now(content, meta, one.article, language),
                "applied": [_application(case, language) for case in applied.get(anchor, [])],
            }
            for one, anchor in zip(meta.articles, meta.article_ids, strict=True)
        ],
        "moves": [
            {
                "subject": one.subject[language],
                "old": one.old,
                "old_url": next(filter(None, (_row_url(law, one.old, language) for law in earlier)), None),
                "new": one.new,
                "new_url": _row_url(document, one.new, language),
                "note": one.note[language] if one.note else "",
            }
            for one in meta.moves
        ],
        "penalties": [
            {"kind": kinds[one.kind], "article": one.article, "text": one.text[language]} for one in meta.penalties
        ],
    }


def _interpretation(column: Column, document: Document, policy: Document, language: Language) -> dict[str, Any]:
    meta = particulars(document, Interpretation)
    others = [one for one in interpretations_of(column.content, policy) if one.path != document.path]
    return {
        "form": meta.form,
        "compiled": meta.compiled,
        "policy": {"url": url_of(policy.path, language), "number": particulars(policy, Policy).document_number},
        "others": [card(one, language) for one in others],
        "diagram": picture_data(meta, policy, language),
    }


def _country(meta: Country, language: Language) -> dict[str, Any]:
    return {
        "facts": [
            {"key": key, "facts": [fact_of(fact, language) for fact in meta.facts[key]]}
            for key in COUNTRY_FACTS
            if meta.facts.get(key)
        ],
        "risks": [one[language] for one in meta.risks],
    }


def fact_of(fact: Fact, language: Language) -> dict[str, Any]:
    """A fact of a country guide with its source."""
    source = source_of(fact.source, language) if fact.source else None
    return {"text": fact.text[language], "status": fact.status, "source": source}


_KINDS: dict[type[Entry], tuple[str, Callable[[Any, Document, Language], Iterator[Row]]]] = {
    Policy: ("policy", _policy),
    Interpretation: ("interpretation", _interpretation_rows),
    Regulation: ("regulation", _regulation_rows),
    Case: ("case", _case),
    Country: ("country", _country_rows),
    Template: ("template", _template_rows),
    Guide: ("guide", _guide_rows),
    Newsletter: ("newsletter", _newsletter_rows),
    Alert: ("alert", _alert_rows),
    Event: ("event", _event_rows),
}
