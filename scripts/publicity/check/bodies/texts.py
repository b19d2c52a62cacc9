"""Entries that are nothing without a text below their front matter."""

from collections.abc import Iterator

from publicity.models import Entry, Interpretation
from publicity.problems import Problem
from publicity.read.content import Document
from publicity.read.draft import Draft


def check_texts(draft: Draft) -> Iterator[Problem]:
    """Entries without the text that they need."""
    for document in draft.content.documents():
        source = document.source
        if _needs_text(document) and not source.body.strip():
            yield Problem(source.name, source.body_line, "no-text")


def _needs_text(document: Document) -> bool:
    meta = document.meta
    if isinstance(meta, Interpretation):  # a picture shows its panels, and questions have a check of their own
        return meta.form == "text"
    return isinstance(meta, Entry) and meta.needs_text
