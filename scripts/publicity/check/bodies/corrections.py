"""Corrections: a recorded one must be what the body now says, or the record is wrong."""

from collections.abc import Iterator

from publicity.models import Entry
from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.markdown.body import plain_words


def check_corrections(draft: Draft) -> Iterator[Problem]:
    """Corrections whose words do not stand in the body."""
    for document in draft.content.all_entries():
        corrections = document.meta_as(Entry).corrections
        text = plain_words(document.source.body) if corrections else ""
        for index, correction in enumerate(corrections):
            if correction.corrected and plain_words(correction.corrected) not in text:
                keys = ("corrections", index, "corrected")
                yield document.source.problem(keys, "correction-not-in-text", corrected=correction.corrected)
