"""Numbers of persons, which stop a release as they stop an inspection."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.personal import NEVER_PUBLISHED, personal_numbers


def check_personal(draft: Draft) -> Iterator[Problem]:
    """Numbers of persons: the same that an inspection calls 必须整改."""
    passages = read_passages(draft.project, draft.folder.name, draft.content)
    for number in personal_numbers(passages, draft.region, draft.content):
        if number.kind in NEVER_PUBLISHED:
            yield Problem(number.path, number.line, number.kind, {"number": number.masked})
