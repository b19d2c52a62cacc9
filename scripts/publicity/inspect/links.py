"""Dead links: inside the content, on the built pages, and outward ones that a checker elsewhere found dead."""

from collections import defaultdict
from collections.abc import Iterator

from publicity.check.bodies.links import LinkChecker
from publicity.inspect.external_links import outward_links
from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection


def inspect_content_links(inspection: Inspection) -> Iterator[Finding]:
    """Links and images of the texts that lead nowhere."""
    content = inspection.content
    checker = LinkChecker(
        content, {document.path: inspection.bodies[document.source.name] for document in content.documents()}
    )
    for document in content.documents():
        for source in document.sources:
            body = inspection.bodies[source.name]
            for link in body.links:
                if checker.fault(document.path, link, body.anchors):
                    line = source.body_line - 1 + link.line
                    yield Finding("dead-link", source.name, line, {"target": link.target})


def inspect_built_links(inspection: Inspection) -> Iterator[Finding]:
    """Links of the built pages that lead nowhere; a link in the frame of all pages is one finding."""
    if inspection.site is None:
        return
    places_of: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for page in inspection.site.pages.values():
        for line, target in page.links:
            if inspection.site.fault(page, target):
                places_of[target].append((page.name, line))
    for target, places in places_of.items():
        name, line = places[0]
        number = len({page for page, _ in places})
        made_of = (inspection.origin(name) if number == 1 else None) or "overrides/"
        values = {"target": target, "number": number, "made_of": made_of}
        yield Finding("dead-page-link", f"{inspection.site.name}/{name}", line, values)


def inspect_outward_links(inspection: Inspection) -> Iterator[Finding]:
    """Outward addresses of which a list says that they are dead."""
    if not inspection.bad_links:
        return
    for link in outward_links(inspection.project, inspection.region.slug, inspection.content):
        if reason := inspection.bad_links.get(link.address):
            yield Finding("dead-outward-link", link.path, link.line, {"address": link.address, "reason": reason})
