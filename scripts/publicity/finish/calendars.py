"""An `.ics` file for each event, to be added to a calendar."""

import datetime
import uuid

import icalendar

from publicity.addresses import url_of
from publicity.finish.rendered import RenderedSite
from publicity.models import Event
from publicity.read.content import Document

EVENT_FILE = "event.ics"
_NAMESPACE = uuid.UUID(
    "7d6a1d52-0f0f-5b35-9b6e-6e6f5d2f2c01"
)  # ours, so that importing twice updates and does not double

_ZONE = "Asia/Shanghai"
_IN_CHINA = {"TZID": _ZONE}


def write_calendars(site: RenderedSite) -> None:
    """Write `events/<slug>/event.ics` for every event."""
    for document in site.column.content.entries["events"].values():
        file = site.folder / url_of(document.path, "zh") / EVENT_FILE
        file.write_bytes(_calendar(document, site.region.slug, site.region.issuer[0].name.zh).to_ical())


def _calendar(document: Document, region: str, issuer: str) -> icalendar.Calendar:
    meta = document.meta_as(Event)
    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(_NAMESPACE, f"{region}/{document.path}")))
    event.add("dtstamp", datetime.datetime.combine(meta.published, datetime.time(), datetime.UTC))
    if meta.begins:
        event.add("dtstart", _moment(meta.start, meta.begins), parameters=_IN_CHINA)
        if meta.ends:
            event.add("dtend", _moment(meta.last_day, meta.ends), parameters=_IN_CHINA)
    else:
        event.add("dtstart", meta.start)
        event.add("dtend", meta.last_day + datetime.timedelta(days=1))  # the day after the last, by RFC 5545
    event.add("summary", meta.title)
    event.add("description", meta.summary)
    event.add("location", meta.place.zh)
    if meta.online:
        event.add("url", meta.online)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{issuer}//publicity column//ZH")
    calendar.add("version", "2.0")
    if meta.begins:
        calendar.add_component(_china_time())
    calendar.add_component(event)
    return calendar


def _moment(day: datetime.date, clock: str) -> datetime.datetime:
    """Without a zone: the property names it."""
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock))


def _china_time() -> icalendar.Timezone:
    """UTC+8 all year round, as since 1991; programs that do not know the zone's name read it here."""
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime.datetime(1991, 9, 15))  # noqa: DTZ001 - local time, as RFC 5545 wants
    standard.add("tzoffsetfrom", datetime.timedelta(hours=8))
    standard.add("tzoffsetto", datetime.timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = icalendar.Timezone()
    zone.add("tzid", _ZONE)
    zone.add_component(standard)
    return zone
