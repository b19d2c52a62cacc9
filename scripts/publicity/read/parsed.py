"""Markdown files as parsed before: what is known of each is kept, and read again only where it has changed."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from publicity.models import Entry, Page, Translation
from publicity.models.fields import English
from publicity.problems import Problem
from publicity.read.files.plain import state_of
from publicity.read.marked_places import Places, filled, may_have_places
from publicity.read.source import Source, parse_markdown, read_text
from publicity.read.validate import validate
from publicity.work.shelf import Shelf

Kind = type[Entry] | type[Page] | type[Translation]
_Parsed = tuple[Source | None, Any, list[Problem]]


class _Seen(NamedTuple):
    """What is known of a file without reading it; its text would be held in memory a second time."""

    state: tuple[int, ...] | None
    digest: bytes
    has_places: bool


_seen: dict[Path, _Seen] = {}
_parsed: dict[tuple[str, Kind, English, str], tuple[bytes, _Parsed]] = {}
"""The last state of each file: a preview looks at all files at every change, and nearly all are as they were; and most of what
regions share is the same for each."""


def parsed_file(path: Path, name: str, model: Kind, english: English, places: Places | None, shelf: Shelf) -> _Parsed:
    """A Markdown file's source and particulars as far as they could be read, and every problem in them.

    `places` are what stands for the marked places of a file that regions share; None leaves the file as it is.
    """
    state, seen, text = state_of(path), _seen.get(path), None
    if seen is None or state is None or seen.state != state:
        text, problems = read_text(path, name)
        if text is None:
            return None, None, problems
        seen = _seen[path] = _Seen(state, hashlib.sha256(text.encode()).digest(), may_have_places(text))
    key = name, model, english, str(places) if places and seen.has_places else str(places is not None)
    digest, parsed = _parsed.get(key, (b"", None))
    if parsed is not None and digest == seen.digest:
        shelf.need(name)
        return parsed
    if text is None:  # it is as it was, but was read for other places or another name
        del _seen[path]
        return parsed_file(path, name, model, english, places, shelf)
    source, problems = parse_markdown(text, name, shelf if parsed is None else None)
    if source and places and seen.has_places:
        source, unknown = filled(source, places, "en" if name.endswith(".en.md") else "zh")
        problems = [*problems, *unknown]
    elif source and places:
        source = replace(source, written=source)
    meta, faults = validate(model, source, english) if source and source.data is not None else (None, [])
    parsed = source, meta, [*problems, *faults]
    _parsed[key] = seen.digest, parsed
    return parsed
