"""Pictures without words: in the texts, and on the built pages."""

from collections.abc import Iterator

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection


def inspect_images(inspection: Inspection) -> Iterator[Finding]:
    """Images whose text alternative is missing or says nothing."""
    for document in inspection.content.documents():
        for source in document.sources:
            for image in inspection.bodies[source.name].unnamed_images:
                yield Finding("image-text", source.name, source.body_line - 1 + image.line, {"image": image.target})
    if inspection.site:
        first: dict[str, tuple[str, int]] = {}  # the same picture on all pages is one finding
        for page in inspection.site.pages.values():
            for line, address in page.unnamed_images:
                first.setdefault(address, (page.name, line))
        for address, (name, line) in first.items():
            yield Finding("image-text", f"{inspection.site.name}/{name}", line, {"image": address})
