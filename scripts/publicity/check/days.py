"""Days that cannot be: a check that lies in the future, a day far ahead without an embargo."""

import datetime
from collections.abc import Iterator

from publicity import dates
from publicity.check.memory import SourceMemory
from publicity.models import Entry
from publicity.problems import Problem
from publicity.read.content import Content, Document
from publicity.read.draft import Draft
from publicity.read.source import KeyPath, Source

PAST = frozenset({"checked", "decided", "as_of"})
"""Keys whose day has been when somebody writes it down, wherever they stand."""
AHEAD = datetime.timedelta(days=31)
"""How far ahead an entry may be dated without an embargo, which would keep it back until then."""


def check_days(draft: Draft) -> Iterator[Problem]:
    """What is dated in a future that it cannot have, as of the day in China, where it may be tomorrow already."""
    content = draft.content
    today = max(content.today, dates.clock_day())
    for source in _sources(content):
        for path, text in _days.of(source, None):
            if text > today.isoformat():
                yield source.problem(path, "day-to-come", key=path[-1], day=text, today=today)
    for document in content.all_entries():
        yield from _published(document, today)


def _sources(content: Content) -> Iterator[Source]:
    for document in content.documents():
        yield from document.sources
    yield from (register.source for register in content.registers.values())
    yield from (loaded.source for loaded in (content.glossary, content.tasks, content.training) if loaded)
    yield from (source for source in (content.region_source,) if source)


def _past(data: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """The days below the keys of `PAST`; what is no day has a problem of its own."""
    rows = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in rows:
        if isinstance(value, dict | list):
            yield from _past(value, (*path, key))
        elif key in PAST and isinstance(value, str) and dates.is_written_date(value):
            yield (*path, key), value


def _days_of(source: Source, _: None) -> Iterator[tuple[KeyPath, str]]:
    return _past(source.data)


_days = SourceMemory(_days_of)


def _published(document: Document, today: datetime.date) -> Iterator[Problem]:
    meta = document.meta
    if isinstance(meta, Entry) and meta.published > today + AHEAD:
        yield document.source.problem(("published",), "far-ahead", published=meta.published, today=today)
