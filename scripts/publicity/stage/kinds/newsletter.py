"""Issues of the newsletter: each a page of its own design, and a shelf of their covers."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Newsletter
from publicity.read.content import Column, Document
from publicity.stage.cards import name_language
from publicity.stage.issues import issue_of
from publicity.stage.kinds.facet import YEAR
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row, row

_SHADES = 6
"""Grounds that covers have in turn."""


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an issue."""
    meta = document.meta_as(Newsletter)
    words = labels(language)["newsletter"]
    yield from row(words["number"], words["issue"].format(number=meta.number))
    yield from published_row(meta, language)


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    issue = issue_of(column, document, language)
    told = asdict(issue)
    del told["day"], told["pending"]
    # What an issue says is Chinese on every page; what it refers to is in the page's language where there is a translation.
    return {
        "issue": told
        | {
            "shade": issue.figure % _SHADES,
            "languages": {name: name_language(told[name], language) for name in ("host", "contact", "subscribe")},
            "quiz": issue.is_quiz,
            "is_pending": document.meta_as(Newsletter).review.status == "pending",
        }
    }


def _cover(column: Column, document: Document, language: Language) -> dict[str, Any]:
    issue = issue_of(column, document, language)
    return {
        "cover": {
            "name": issue.name,
            "figure": issue.figure,
            "number": issue.number,
            "shade": issue.figure % _SHADES,
            "lines": [(story.headline, story.headline_language) for story in issue.stories[:3]],
        }
    }


def _shelf(_documents: list[Document], _language: Language) -> dict[str, Any]:
    return {"shelf": True}


def _latest_first(_column: Column, document: Document) -> tuple[int, str]:
    meta = document.meta_as(Newsletter)
    return -(meta.total or meta.number), document.path


NEWSLETTER = Kind(
    Newsletter,
    _rows,
    _extras,
    template="newsletter.html",
    order=_latest_first,
    facets=(YEAR,),
    index=_shelf,
    listed=_cover,
)
