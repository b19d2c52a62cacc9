"""An `.ics` file for each event (RFC 5545), to be added to a calendar: `events/<slug>/event.ics`, and in English below `en/`."""

import datetime
import uuid
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import icalendar

from publicity.addresses import url_of
from publicity.finish.rendered import RenderedSite
from publicity.labels import labels
from publicity.models import LANGUAGES, TO_COME, Event, Language, Moment
from publicity.read.content import Document
from publicity.stage.cards import card

EVENT_FILE = "event.ics"
_NAMESPACE = uuid.UUID(
    "7d6a1d52-0f0f-5b35-9b6e-6e6f5d2f2c01"
)  # ours, so that importing twice updates and does not double
_CHINA = ZoneInfo("Asia/Shanghai")
_OFFSET = datetime.timedelta(hours=8)  # no summer time since 1991


def write_calendars(site: RenderedSite) -> None:
    """Write a calendar file for every event in every language."""
    _write(site, site.column.content.entries["events"].values())


def write_edited_calendars(site: RenderedSite) -> None:
    """Write those of the events that have a changed page."""
    changed = {path.partition("/")[2] for path in site.prepared.changed}
    _write(site, [event for event in site.column.content.entries["events"].values() if event.path in changed])


def _write(site: RenderedSite, events: Iterable[Document]) -> None:
    issuer = site.region.issuer[0].name.zh
    for document in events:
        for language in LANGUAGES:
            page = url_of(document.path, language)
            event = event_of(document, site.region.slug, language, f"{site.url}{page}" if site.url else None)
            (site.folder / page / EVENT_FILE).write_bytes(calendar_of(event, issuer).to_ical())


def calendar_of(event: icalendar.Event, issuer: str) -> icalendar.Calendar:
    """A calendar that holds one event, and the zone of its times where it has some."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{issuer}//publicity column//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")  # or Outlook takes it for an invitation
    if isinstance(event.decoded("dtstart"), datetime.datetime):
        calendar.add_component(_zone())
    calendar.add_component(event)
    return calendar


def event_of(document: Document, region: str, language: Language, url: str | None) -> icalendar.Event:
    """An event of a region as calendars know it; `url` is its page, where the site's address is known."""
    meta, shown, words = document.meta_as(Event), card(document, language), labels(language)["event"]
    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{region}/{document.path}")))
    event.add("dtstamp", datetime.datetime.combine(meta.updated, datetime.time(), datetime.UTC))
    event.add("sequence", len(meta.history))  # a change reaches whoever adds it again
    event.add("dtstart", _time(meta.start))
    if meta.start.clock is None:
        event.add("dtend", meta.last_day + datetime.timedelta(days=1))  # the day after the last, by RFC 5545
    elif meta.end:
        event.add("dtend", _time(meta.end))
    online = meta.online if meta.online != TO_COME else None
    where = [text[language] for text in (meta.place, meta.address) if text] or [online or words["online"]]
    event.add("summary", shown["title"])
    event.add("description", "\n".join(part for part in (shown["summary"], online) if part))
    event.add("location", words["comma"].join(where))
    if meta.contact:
        event.add("contact", f"{meta.contact.name[language]} {meta.contact.phone}")
    if url:
        event.add("url", url)
    return event


def _time(moment: Moment) -> datetime.date | datetime.datetime:
    return datetime.datetime.combine(moment.day, moment.clock, _CHINA) if moment.clock else moment.day


def _zone() -> icalendar.Timezone:
    """China's time; every moment that an event may have lies in it."""
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime.datetime(1970, 1, 1))  # noqa: DTZ001 - the local time of the zone itself
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone = icalendar.Timezone()
    zone.add("tzid", _CHINA.key)
    zone.add_component(standard)
    return zone
