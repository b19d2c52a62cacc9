"""Links: every page, anchor, picture, file and term that a body names must be there."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from publicity.markup.bounds import excesses
from publicity.models import ENTRY_MODELS, Entry
from publicity.models.fields.web import meant_as_address, read_target
from publicity.problems import Problem, near, near_path
from publicity.read.content import Content
from publicity.read.draft import Draft
from publicity.read.files.media import MEDIA, is_image
from publicity.read.markdown.body import Body, Link
from publicity.read.relations import SCHEME
from publicity.read.source import Source

LinkFault = tuple[str, dict[str, object]]
"""What is wrong with a link: the code of the problem, and what fills its words."""

_OUTWARD = ("http", "https", "mailto", "tel")


def check_links(draft: Draft) -> Iterator[Problem]:
    """What a body may not hold, and where it leads nowhere."""
    content, bodies = draft.content, draft.bodies
    checker = LinkChecker(content, {document.path: bodies[document.source.body] for document in content.documents()})
    pages = [(document.path, source) for document in content.documents() for source in document.sources]
    for path, source in (*pages, *content.bodies_without_meta):
        yield from checker.check(path, source, bodies[source.body])


class LinkChecker:
    """Knows every page and anchor, and so where links lead."""

    def __init__(self, content: Content, bodies: dict[str, Body]) -> None:
        self._bodies = bodies
        self._documents = {document.path: document for document in content.documents()}
        self._media = content.media
        unread = {document.path for document in content.documents() if excesses(document.source.body)}
        self._broken = content.broken | unread
        self._embargoed = content.embargoed
        self._terms = {term.id for term in content.glossary.terms} if content.glossary else set()
        self._indexes = {f"{collection}/index.md" for collection in ENTRY_MODELS}

    def check(self, path: str, source: Source, body: Body) -> Iterator[Problem]:
        """All that is wrong in one body of the page at `path`, its line counted in its file."""
        offset = source.body_line - 1
        for problem in body.problems:
            yield replace(problem, path=source.name, line=offset + problem.line)
        for link in body.links:
            if fault := self.fault(path, link, body.anchors):
                yield Problem(source.name, offset + link.line, *fault)

    def fault(self, page: str, link: Link, own_anchors: frozenset[str]) -> LinkFault | None:
        """What is wrong with a link of a page, if anything; `own_anchors` are those of the body that it stands in."""
        leads, target = read_target(link.target), link.target
        if leads.scheme in _OUTWARD:
            return ("image-elsewhere", {"target": target}) if link.is_image else None
        if f"{leads.scheme}:" == SCHEME and not link.is_image:
            return self._term_fault(leads.path)
        if leads.scheme:
            return "not-linkable", {"target": target}
        if target.startswith("/"):
            return "link-from-root", {"target": target}
        path, is_page = _place(page, leads.path)
        if link.is_image or not is_page:
            fault = self._file_fault(link, path)
        else:
            fault = self._page_fault(target, path, leads.anchor, own_anchors if path == page else None)
        is_named = posixpath.splitext(path)[1].lower() in (".md", *MEDIA)
        right = meant_as_address(target) if fault and not is_named else None
        if fault and fault[0] in ("file-nowhere", "link-nowhere") and right:
            return "address-without-scheme", {"target": target, "right": right}
        return fault

    def _term_fault(self, term: str) -> LinkFault | None:
        return None if term in self._terms else ("unknown-term", {"term": term, "hint": near(term, self._terms)})

    def _file_fault(self, link: Link, path: str) -> LinkFault | None:
        if path in self._media:
            return None
        hint = near_path(path, (name for name in self._media if not link.is_image or is_image(name)))
        return "file-nowhere", {"target": link.target, "path": path, "hint": hint}

    def _page_fault(self, target: str, path: str, anchor: str, own: frozenset[str] | None) -> LinkFault | None:
        linked = self._documents.get(path)
        if path in self._broken:
            return None
        if path in self._embargoed:
            return "under-embargo", {"target": path, "until": self._embargoed[path]}
        if linked is None and path not in self._indexes:
            hint = near_path(path, {*self._documents, *self._indexes})
            return "link-nowhere", {"target": target, "path": path, "hint": hint}
        if not anchor or linked is None:
            return None
        anchors = self._bodies[path].anchors if own is None else own
        if isinstance(linked.meta, Entry):
            anchors |= linked.meta.anchors
        if anchor not in anchors:
            return "anchor-nowhere", {"target": target, "anchor": anchor, "path": path, "hint": near(anchor, anchors)}
        return None


@lru_cache(maxsize=100_000)  # a preview follows all links at every edit
def _place(page: str, target: str) -> tuple[str, bool]:
    """The path that a link of a page leads to, and whether it is a page's."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) if target else page
    return path, posixpath.splitext(path)[1] in (".md", "")
