"""Files beside reference texts that would take the place of the Word documents which are made of those."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.draft import Draft
from publicity.word.documents import path_of


def check_documents(draft: Draft) -> Iterator[Problem]:
    """Files with the address of a document that a build makes."""
    content = draft.content
    names = {page.lower(): path for page, path in content.media.items()}
    for document in content.entries["templates"].values():
        page = path_of(document)
        if page in names:
            yield document.source.problem((), "same-name", page=page, first=names[page].name)
