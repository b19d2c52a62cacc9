"""What may be looked at but is not fit to be published: pending reviews, samples, and what has expired."""

from collections.abc import Iterator

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection


def inspect_review(inspection: Inspection) -> Iterator[Finding]:
    """Entries that `publicity check --release` would refuse, and registers made of samples."""
    for document, meta in inspection.entries:
        source = document.source
        if meta.sample:
            yield Finding("sample", source.name, source.line(("sample",)), {"title": meta.title})
        elif meta.review.status == "pending":
            yield Finding("pending-review", source.name, source.line(("review", "status")), {"title": meta.title})
        if meta.expires and meta.expires < inspection.today:
            values = {"title": meta.title, "expires": meta.expires}
            yield Finding("expired", source.name, source.line(("expires",)), values)
