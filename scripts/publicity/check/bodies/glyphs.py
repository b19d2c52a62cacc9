"""Characters that files set in type could not show: none of them may have an empty box in the place of a name."""

from collections.abc import Iterator

from publicity.models import Entry, Interpretation
from publicity.problems import Problem
from publicity.read.content import Document
from publicity.read.draft import Draft
from publicity.read.glyphs import without_glyph

_SET = frozenset({"newsletter", "cases", "regulations", "guides", "templates"})
"""Collections whose entries are set as a whole: as issues, in compilations, or each by itself."""
_TOLD = frozenset({"title", "summary"})
"""What an issue tells of any entry."""


def check_glyphs(draft: Draft) -> Iterator[Problem]:
    """Rare characters, emoji and other scripts in what is set in type."""
    for document in draft.content.all_entries():
        source, is_set = document.source, _is_set(document)
        for keys, text in source.texts():
            if is_set or keys[0] in _TOLD:
                yield from (source.problem(keys, "no-glyph", found=found) for _, found in without_glyph(text))
        if is_set:
            for line, found in draft.bodies[source.body].without_glyph:
                yield Problem(source.name, source.body_line - 1 + line, "no-glyph", {"found": found})


def _is_set(document: Document) -> bool:
    meta = document.meta_as(Entry)
    return meta.collection in _SET or (isinstance(meta, Interpretation) and bool(meta.diagram))
