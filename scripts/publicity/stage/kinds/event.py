"""Events: when, where and how to take part; what is over stands last."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Event
from publicity.read.content import Column, Document
from publicity.stage.kinds.facet import YEAR, Facet, words_of
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row, row


def _state(event: Event, today: date) -> str:
    return "past" if event.last_day < today else "coming" if today < event.start else "running"


def _is_closed(event: Event, today: date) -> bool:
    """Whether nobody can register any more, although it is not over."""
    deadline = event.registration.deadline if event.registration else None
    return bool(deadline and deadline < today <= event.last_day)


def _states(column: Column, document: Document) -> Iterable[str]:
    return [_state(document.meta_as(Event), column.today)]


def _when(event: Event, language: Language) -> str:
    """2026年12月4日 09:00至17:30, or 4 December 2026 09:00 to 5 December 2026 17:30."""
    first = " ".join(filter(None, (format_date(event.start, language), event.begins)))
    last_day = format_date(event.end, language) if event.last_day != event.start and event.end else None
    last = " ".join(filter(None, (last_day, event.ends)))
    return ("至" if language == "zh" else " to ").join(filter(None, (first, last)))


def _rows(column: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an event."""
    meta = document.meta_as(Event)
    words = labels(language)["event"]
    state = _state(meta, column.today)
    yield from row(words["when"], _when(meta, language), None if state == "coming" else words["states"][state])
    yield from row(words["place"], meta.place[language])
    yield from row(words["online"], meta.online, url=meta.online)
    yield from row(words["organiser"], meta.organiser[language] if meta.organiser else None)
    if meta.registration and state != "past":
        yield from _registration_rows(meta, column.today, language)
    yield from row(words["contact"], meta.contact[language] if meta.contact else None)
    yield from row(words["replay"], meta.replay, url=meta.replay)
    yield from published_row(meta, language)


def _registration_rows(meta: Event, today: date, language: Language) -> Iterator[Row]:
    words, registration = labels(language)["event"], meta.registration
    if registration is None:
        return
    closed = _is_closed(meta, today)
    if not closed:
        yield from row(words["register"], registration.url, url=registration.url)
        yield from row(words["register_phone"], registration.phone)
    if registration.deadline:
        deadline = format_date(registration.deadline, language)
        yield from row(words["deadline"], deadline, words["closed"] if closed else None)
    yield from row(words["places"], words["people"].format(count=registration.places) if registration.places else None)


def _extras(_column: Column, document: Document, _language: Language) -> dict[str, Any]:
    return {"calendar": f"{url_of(document.path, 'zh')}event.ics"}


def _line(column: Column, document: Document, language: Language) -> list[str]:
    meta = document.meta_as(Event)
    words = labels(language)["event"]
    marks = [words["states"]["past"]] if _state(meta, column.today) == "past" else []
    if _is_closed(meta, column.today):
        marks = [words["closed"]]
    return [*marks, _when(meta, language), meta.place[language]]


def _order(column: Column, document: Document) -> tuple[bool, int, str]:
    """What comes next first; what is over last, the latest of it first."""
    meta = document.meta_as(Event)
    over = _state(meta, column.today) == "past"
    return over, -meta.start.toordinal() if over else meta.start.toordinal(), document.path


EVENT = Kind(
    Event,
    _rows,
    _extras,
    template="event.html",
    line=_line,
    facets=(Facet("state", _states, words_of("event", "states")), YEAR),
    grouped_by="state",
    order=_order,
)
