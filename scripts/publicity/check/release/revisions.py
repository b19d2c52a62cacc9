"""Files to take away in which Word still keeps what was deleted."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from publicity.problems import Problem
from publicity.read.attachments.words import words_in
from publicity.read.draft import Draft


def check_revisions(draft: Draft) -> Iterator[Problem]:
    """Tracked changes in files to take away."""
    for path in draft.content.media.values():
        yield from revisions_in(path, draft.project.name(path))


def revisions_in(path: Path, name: str) -> Iterator[Problem]:
    """Tracked changes: whoever takes the file away reads what was there before. `name` is its path as shown to people."""
    if count := words_in(path).revisions:
        yield Problem(name, 1, "file-with-revisions", {"file": posixpath.basename(name), "count": count})
