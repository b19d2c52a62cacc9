"""Page tags: pages of our own that are columns need keywords."""

from collections.abc import Iterator

from publicity.problems import Problem
from publicity.read.content import page_of
from publicity.read.draft import Draft


def check_page_tags(draft: Draft) -> Iterator[Problem]:
    """Pages that say that they are columns and lack the keywords of one, in either language."""
    for document in draft.content.pages.values():
        sides = {document.source.name: page_of(document, "zh")}
        if document.translation:
            sides[document.translation.source.name] = page_of(document, "en")
        for name, page in sides.items():
            if page_of(document, "zh").column_type and not page.keywords:
                yield Problem(name, 1, "no-page-keywords")
