"""The page of an entry: what all have; `kinds` adds what each kind shows."""

from typing import Any

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.models import (
    REVIEW_STEPS,
    Entry,
    Language,
    Review,
    ReviewStep,
    Translation,
)
from publicity.read.content import Column, Document
from publicity.stage.cards import card, date_of, source_of
from publicity.stage.files.attachments import files_shown
from publicity.stage.kinds import KINDS
from publicity.stage.marks import marks_of
from publicity.stage.own.tasks import tasks_of


def entry_page(column: Column, document: Document, language: Language) -> tuple[dict[str, Any], str]:
    """The front matter and body of an entry's page in a language; without a translation the Chinese body, marked so."""
    meta = document.meta_as(Entry)
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
        "translation": translation.translation.model_dump(mode="json")
        if isinstance(translation, Translation) and translated_body
        else None,
        "untranslated": language == "en" and not translated_body and bool(body.strip()),
        "published": date_of(meta.published, language),
        "updated": date_of(meta.updated, language) if meta.history else None,
        "history": [{"date": date_of(change.date, language), "note": change.note} for change in reversed(meta.history)],
        "keywords": meta.keywords,
        "source": source_of(meta.source, language),
        "pending": shown["pending"],
        "corrections": [correction.model_dump(mode="json") for correction in meta.corrections],
        "review_note": meta.review.note if meta.review.status == "pending" else None,
        "review": [_review_step(meta.review, step, language) for step in REVIEW_STEPS],
        "sample": meta.sample,
        "marks": marks_of(column, document, language),
        "supports": meta.supported(column.region.standard),
        "tasks": tasks_of(column, document.path, language),
        "is_plan": document.path == f"policies/{column.region.plan}.md",
        "questions": [card(one, language) for one in column.content.asked.get(document.path.removesuffix(".md"), [])],
        **files_shown(column.content, document, language),
    }
    kind = KINDS[meta.collection]
    extras = kind.extras(column, document, language)
    related = extras.get("related", [])
    staged |= {
        "kind": kind.name,
        "template": kind.template,
        "particulars": list(kind.rows(column, document, language)),
        **extras,
        "related": [card(one, language) | {"marks": marks_of(column, one, language)} for one in related],
    }
    return staged, translated_body or body


def _review_step(review: Review, step: str, language: Language) -> dict[str, Any]:
    """Who took a step of the review, by role, and when; nobody yet where it is still to be taken."""
    taken: ReviewStep | None = getattr(review, step)
    return {
        "step": step,
        "role": taken.role[language] if taken else None,
        "date": date_of(taken.date, language) if taken else None,
    }
