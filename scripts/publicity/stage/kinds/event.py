"""Events: when and where, how to take part, and what is over."""

from collections.abc import Iterator
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import TO_COME, Language, LocalText, Moment
from publicity.models.entries import Event
from publicity.read.content import Column, Document
from publicity.stage.cards import name_language
from publicity.stage.kinds.facet import YEAR, Facet
from publicity.stage.kinds.kind import Kind, Mark
from publicity.stage.kinds.rows import Row, published_row, row
from scoring.words import fill


def format_moment(moment: Moment, language: Language, *, with_year: bool = True) -> str:
    """2026年12月10日（星期四）09:00, or Thursday 10 December 2026, 09:00."""
    words, date = labels(language)["event"], format_date(moment.day, language)
    if not with_year:
        date = date.removeprefix(f"{moment.day.year}年").removesuffix(f" {moment.day.year}")
    day = words["day"].format(date=date, weekday=words["weekdays"][moment.day.weekday()])
    return words["moment"].format(day=day, time=f"{moment.clock:%H:%M}") if moment.clock else str(day)


def format_span(start: Moment, end: Moment | None, language: Language) -> str:
    """When something takes place: a day or several, with the hours where they are known."""
    words = labels(language)["event"]
    text = format_moment(start, language)
    if end and end.clock and end.day == start.day:
        text = words["span"].format(start=text, end=f"{end.clock:%H:%M}")
    elif end and end != start:  # the year once: first in Chinese, last in English
        other_year = end.day.year != start.day.year
        first = format_moment(start, language, with_year=other_year or language == "zh")
        last = format_moment(end, language, with_year=other_year or language == "en")
        text = words["span"].format(start=first, end=last)
    return f"{text}{words['zone']}" if start.clock else text


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    """The particulars of an event."""
    meta, words = document.meta_as(Event), labels(language)["event"]
    yield from row(words["when"], format_span(meta.start, meta.end, language))
    yield from _named(words["place"], meta.place, language)
    yield from _named(words["address"], meta.address, language)
    if meta.online:
        yield from row(words["online"], words["online_to_come"] if meta.online == TO_COME else words["online_open"])
    yield from _named(words["organiser"], meta.organiser, language)
    for organiser in meta.co_organisers:
        yield from _named(words["co_organiser"], organiser, language)
    yield from published_row(meta, language)


def _named(label: str, name: LocalText | None, language: Language) -> Iterator[Row]:
    if name:
        yield from row(label, name[language], language=name_language(name[language], language))


def _extras(column: Column, document: Document, language: Language) -> dict[str, Any]:
    """How to take part, ask, add it to a calendar and see it again; of what is over, only what still serves."""
    meta = document.meta_as(Event)
    over = meta.last_day < column.today
    contact = meta.contact
    return {
        "over": over,
        "online": None if over or meta.online == TO_COME else meta.online,
        "registration": None if over else _registration(column, meta, language),
        "contact": contact
        and {
            "name": contact.name[language],
            "language": name_language(contact.name[language], language),
            "phone": contact.phone,
        },
        "replay": meta.replay,
        "calendar": None if over else f"{url_of(document.path, language)}event.ics",
    }


def _registration(column: Column, meta: Event, language: Language) -> dict[str, Any] | None:
    registration = meta.registration
    if registration is None:
        return None
    words, deadline = labels(language)["event"], registration.deadline
    facts = []
    if deadline:
        facts.append(words["deadline"].format(date=format_moment(deadline, language)))
    if registration.places:
        facts.append(fill(words["places"], count=registration.places))
    return {
        "closed": bool(deadline and deadline.day < column.today),
        "facts": facts,
        "url": registration.url,
        "phone": registration.phone,
    }


def _marks(column: Column, document: Document, language: Language) -> Iterator[Mark]:
    meta, words = document.meta_as(Event), labels(language)["marks"]
    today = format_date(column.today, language)
    if meta.last_day < column.today:
        last = format_date(meta.last_day, language)
        yield Mark("quiet", words["over"]["text"], words["over"]["note"].format(date=last))
        return
    if meta.start.day <= column.today:
        yield Mark("now", words["today"]["text"], words["today"]["note"].format(date=today))
    deadline = meta.registration.deadline if meta.registration else None
    if deadline and deadline.day < column.today:
        closed = format_moment(deadline, language)
        yield Mark("pending", words["closed"]["text"], words["closed"]["note"].format(date=closed))


def _line(document: Document, language: Language) -> list[str]:
    meta, words = document.meta_as(Event), labels(language)["event"]
    where = meta.place[language] if meta.place else words["online"]
    return [format_span(meta.start, meta.end, language), where]


def _state(column: Column, document: Document) -> list[str]:
    return ["over" if document.meta_as(Event).last_day < column.today else "coming"]


def _states(_column: Column, _documents: list[Document], language: Language) -> dict[str, str]:
    words: dict[str, str] = labels(language)["event"]["states"]
    return words


def _order(column: Column, document: Document) -> tuple[int, str]:
    """What is to come, the soonest first; what is over, the latest first."""
    meta = document.meta_as(Event)
    day = meta.start.day.toordinal()
    return -day if meta.last_day < column.today else day, f"{meta.start} {document.path}"


EVENT = Kind(
    Event,
    _rows,
    _extras,
    template="event.html",
    line=_line,
    marks=_marks,
    order=_order,
    facets=(Facet("state", _state, _states), YEAR),
    grouped_by="state",
)
