"""Marks of state secrets, which no published text may bear."""

from collections.abc import Iterator
from itertools import chain

from publicity.problems import Problem
from publicity.read.attachments.words import attachment_passages
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.secrecy import is_secret


def check_secrecy(draft: Draft) -> Iterator[Problem]:
    """Lines that bear such a mark, whether they were imported or typed, or stand in an office file to take away."""
    texts = read_passages(draft.project, draft.folder.name, draft.content)
    for passage in chain(texts, attachment_passages(draft.project, draft.content.media)):
        for number, line in enumerate(passage.text.split("\n")):
            if is_secret(line, named=passage.verbatim):
                yield Problem(passage.path, passage.line + number, "state-secret-mark", {"mark": line.strip()})
