"""What all regions share, and `docs/`, name no region: `{region}` and the like stand for its name and words."""

import re
from collections.abc import Iterator

from publicity.check.memory import SourceMemory
from publicity.models import Policy, Regulation
from publicity.problems import Problem
from publicity.read.content import Content, Document
from publicity.read.draft import Draft
from publicity.read.marked_places import PLACES, marks_in
from publicity.read.source import Source


def check_shared_names(draft: Draft) -> Iterator[Problem]:
    """The names and document numbers of the region in texts that other regions publish, too. A case happened where it did."""
    if draft.region is None:
        return
    full, short = (draft.region.names[name] for name in ("full", "short"))
    numbers = _own_numbers(draft.content)
    # A short English name may be a word like any other: its name in full, up to the province, tells it.
    names = sorted({full.zh, short.zh, full.en.partition(",")[0], *numbers}, key=len, reverse=True)
    for document in draft.content.documents():
        if not document.path.startswith("cases/"):
            yield from (problem for source in _shared(document) for problem in _found.of(source, names))
    if (training := draft.content.training) and training.source.written:
        yield from _found.of(training.source.written, names)


def check_unfilled_places(draft: Draft) -> Iterator[Problem]:
    """Marked places in a region's own texts, where none is filled: they come with what was copied from a shared text."""
    own = f"{draft.project.name(draft.folder)}/"
    for document in draft.content.documents():
        for source in document.sources:
            if source.name.startswith(own):
                yield from _unfilled.of(source, None)


def _own_numbers(content: Content) -> set[str]:
    """The numbers by which the region's documents are known; not that of a law or rule that it shows among them."""
    policies = {document.meta_as(Policy).own_number or "" for document in content.entries["policies"].values()}
    laws = {document.meta_as(Regulation).number for document in content.entries["regulations"].values()}
    return {number for number in policies - laws if _WHOLE_NUMBER.search(number)}


_WHOLE_NUMBER = re.compile(r"[^\W\d_第年].*\d")
"""One that says who issued it, and not 〔2026〕 or 第1号 alone."""


def _shared(document: Document) -> Iterator[Source]:
    """The files of a document as they were written; none where the region has written it."""
    yield from (source.written for source in document.sources if source.written)


def _named(source: Source, names: list[str]) -> Iterator[Problem]:
    for keys, text in source.texts():
        if name := next((name for name in names if name in text), None):
            yield source.problem(keys, "region-named", name=name)
    names = [name for name in names if name in source.body]
    for number, row in enumerate(source.body.split("\n"), source.body_line) if names else ():
        if name := next((name for name in names if name in row), None):
            yield Problem(source.name, number, "region-named", {"name": name})


_found = SourceMemory(_named)


def _marked(source: Source, _given: None) -> Iterator[Problem]:
    for keys, line, place in marks_in(source):
        if place in PLACES:
            yield Problem(source.name, line, "place-in-own-text", {"place": place}, keys)


_unfilled = SourceMemory(_marked)
