"""Marks of state secrets and of internal papers, which no published text may bear."""

from collections.abc import Iterator
from itertools import chain

from publicity.problems import Problem
from publicity.read.attachments.words import attachment_passages
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.secrecy import is_kept_inside, is_secret


def check_secrecy(draft: Draft) -> Iterator[Problem]:
    """Lines that bear such a mark, or say that a paper is for its house alone, typed or imported, or in an office file to take away."""
    texts = read_passages(draft.project, draft.folder.name, draft.content)
    begun: set[str] = set()
    for passage in chain(texts, attachment_passages(draft.project, draft.content.media)):
        for number, line in enumerate(passage.text.split("\n")):
            if is_secret(line, named=passage.verbatim):
                yield Problem(passage.path, passage.line + number, "state-secret-mark", {"mark": line.strip()})
            elif not passage.key and is_kept_inside(line, bare=passage.path not in begun and not number):
                yield Problem(passage.path, passage.line + number, "internal-mark", {"mark": line.strip()})
        if not passage.key:
            begun.add(passage.path)
