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
    event.add("dtstart", meta.start)
    event.add("dtend", (meta.end or meta.start) + datetime.timedelta(days=1))  # the day after the last, by RFC 5545
    event.add("summary", meta.title)
    event.add("description", meta.summary)
    event.add("location", meta.place.zh)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{issuer}//publicity column//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar
