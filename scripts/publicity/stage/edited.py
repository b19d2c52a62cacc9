"""What need not be staged again when only bodies were edited: every text that was not made from one of those.

While a text is made, the bodies that it asks for are noted (`read.source`). All else that it may look at is compared here as a whole:
where anything of that is another than it was, nothing counts as known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from publicity.read.content import Column, Content, Document
from publicity.read.source import Source
from publicity.stage.files.folder import Made


@dataclass(frozen=True)
class Staged:
    """What a staging folder was made from, and how each of its texts was made."""

    column: Column
    documents: Mapping[str, Path]
    scaled: frozenset[str]
    takeaways: Mapping[str, Path]
    media: Mapping[str, tuple[int, int]]
    """Size and time of each file: pages show sizes, and the length of films."""
    texts: Mapping[str, Made]


def states_of(content: Content) -> dict[str, tuple[int, int]]:
    """Size and time of change of the files beside the texts, by their paths."""
    states = ((path, file.stat()) for path, file in content.media.items())
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states}


def known_texts(before: Staged, now: Staged) -> dict[str, Made]:
    """The texts of a staging that would now be made as they were."""
    if replace(before, column=now.column, texts=now.texts) != now:
        return {}
    edited = _edited_bodies(before.column, now.column)
    if edited is None:
        return {}
    return {name: made for name, made in before.texts.items() if made.bodies.isdisjoint(edited)}


def _edited_bodies(before: Column, now: Column) -> frozenset[str] | None:
    """The names of the sources whose bodies differ between two columns; None where these differ in anything else."""
    if _without_documents(before) != _without_documents(now):
        return None
    old, new = list(before.content.documents()), list(now.content.documents())
    if len(old) != len(new) or not all(map(_is_same, old, new)):
        return None
    return frozenset(
        source.name
        for earlier, document in zip(old, new, strict=True)
        for was, source in zip(earlier.sources, document.sources, strict=True)
        if was is not source and was.body != source.body
    )


def _without_documents(column: Column) -> Column:
    return replace(column, content=replace(column.content, pages={}, entries={}))


def _is_same(one: Document, other: Document) -> bool:
    """Whether two documents differ in nothing but their bodies."""
    if (one.path, len(one.sources)) != (other.path, len(other.sources)):
        return False
    if not all(map(_is_same_source, one.sources, other.sources)):
        return False
    if one.translation and other.translation and one.translation.meta != other.translation.meta:
        return False
    return one.meta is other.meta or one.meta == other.meta


def _is_same_source(one: Source, other: Source) -> bool:
    if one is other:
        return True
    if (one.written is None) != (other.written is None):
        return False
    same = (one.name, one.data, one.lines, one.body_line) == (other.name, other.data, other.lines, other.body_line)
    return same and (one.written is None or other.written is None or _is_same_source(one.written, other.written))
