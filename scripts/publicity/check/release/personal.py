"""Numbers of persons, which stop a release as they stop an inspection."""

import re
from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.attachments.words import attachment_passages
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.personal import NEVER_PUBLISHED, personal_numbers

_LONG = re.compile(r"\d(?:\D{0,3}\d){10}")
"""As many digits as such a number has: a list to take away may have very many lines."""


def check_personal(draft: Draft) -> Iterator[Problem]:
    """Numbers of persons in texts, the same that an inspection calls 必须整改, and in office files to take away."""
    attached = attachment_passages(draft.project, draft.content.media)
    passages = (
        *read_passages(draft.project, draft.folder.name, draft.content),
        *(passage for passage in attached if _LONG.search(passage.text)),
    )
    numbers = personal_numbers(passages, draft.region, draft.content)
    for number in dict.fromkeys(numbers):  # in a file to take away all stand in one line
        if number.kind in NEVER_PUBLISHED:
            yield Problem(number.path, number.line, number.kind, {"number": number.masked})
