"""Marks of state secrets, which no published text may bear."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.secrecy import is_secret


def check_secrecy(draft: Draft) -> Iterator[Problem]:
    """Lines that bear such a mark, whether they were imported or typed."""
    for passage in read_passages(draft.project, draft.folder.name, draft.content):
        for number, line in enumerate(passage.text.split("\n")):
            if is_secret(line, named=passage.verbatim):
                yield Problem(passage.path, passage.line + number, "state-secret-mark", {"mark": line.strip()})
