"""What is marked of an entry on the day of the build: that it has expired, that an event is over."""

from dataclasses import asdict

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Entry, Language
from publicity.read.content import Column, Document
from publicity.stage.kinds import KINDS
from publicity.stage.kinds.kind import Mark


def marks_of(column: Column, document: Document, language: Language) -> list[dict[str, str]]:
    """The states of an entry, each with the `kind` of its badge, its `text`, and the `note` that its page adds."""
    meta, words = document.meta_as(Entry), labels(language)["marks"]["expired"]
    marks = list(KINDS[meta.collection].marks(column, document, language))
    if meta.expires and meta.expires < column.today:
        note = words["note"].format(date=format_date(meta.expires, language))
        marks.append(Mark("quiet", words["text"], note))
    return [asdict(mark) for mark in marks]
