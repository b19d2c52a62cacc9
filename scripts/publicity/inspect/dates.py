"""Dates of publication: shown on every page of an entry, and not of days to come."""

from collections.abc import Iterator

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.models import LANGUAGES


def inspect_dates(inspection: Inspection) -> Iterator[Finding]:
    """Entries dated after today, and, on the built site, entries' pages that do not show their day."""
    pages = inspection.site.pages if inspection.site else {}
    for document, meta in inspection.entries:
        line = document.source.line(("published",))
        if meta.published > inspection.today:
            yield Finding("future-date", document.source.name, line, {"date": meta.published.isoformat()})
        for language in LANGUAGES:
            address = url_of(document.path, language)
            page = pages.get(f"{address}index.html")
            shown = {meta.published.isoformat(), *(format_date(meta.published, language) for language in LANGUAGES)}
            if page and not any(text in page.main for text in shown):
                yield Finding("undated-entry", document.source.name, line, {"page": address, "title": meta.title})
