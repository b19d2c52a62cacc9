"""Links: every page, anchor, picture, file and term that a body names must be there."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from publicity.markup.bounds import excesses
from publicity.models import ENTRY_MODELS, Entry
from publicity.problems import Problem, did_you_mean, near_path_words, raw
from publicity.read.body import Body, Link
from publicity.read.content import Content
from publicity.read.draft import Draft
from publicity.read.media import is_image
from publicity.read.relations import SCHEME
from publicity.read.source import Source


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
        for line, message in body.problems:
            yield raw(source.name, offset + line, message)
        for one in body.links:
            if fault := self.fault(path, one, body.anchors):
                yield raw(source.name, offset + one.line, fault)

    def fault(self, page: str, one: Link, own_anchors: frozenset[str]) -> str | None:
        """What is wrong with a link of a page, if anything; `own_anchors` are those of the body that it stands in."""
        parts = urlsplit(one.target)
        if parts.scheme in ("http", "https", "mailto", "tel"):
            if one.is_image:
                return f"the image `{one.target}` lies elsewhere; put it beside the entry: pages load nothing from other sites"
            return None
        if f"{parts.scheme}:" == SCHEME and not one.is_image:
            return (
                None if parts.path in self._terms else f"no term `{parts.path}`{did_you_mean(parts.path, self._terms)}"
            )
        if parts.scheme or parts.netloc:
            return f"`{one.target}` is no address that a page can link to; expected https://, mailto:, tel: or a file of the content"
        if one.target.startswith("/"):
            return f"`{one.target}` begins with a slash, which breaks below another site; write it from this file, such as `../policies/x.md`"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
        image = one.is_image
        if image or posixpath.splitext(path)[1] not in (".md", ""):
            hint = near_path_words(path, (one for one in self._media if not image or is_image(one)))
            return None if path in self._media else f"`{one.target}` leads nowhere: no file `{path}`{hint}"
        return self._page_fault(one.target, path, unquote(parts.fragment), own_anchors if path == page else None)

    def _page_fault(self, target: str, path: str, anchor: str, own: frozenset[str] | None) -> str | None:
        linked = self._documents.get(path)
        if path in self._broken:
            return None
        if path in self._embargoed:
            return f"the link `{target}` leads to an entry under embargo until {self._embargoed[path]}; give this one the same"
        if linked is None and path not in self._indexes:
            return f"the link `{target}` leads nowhere: no page `{path}`{near_path_words(path, {*self._documents, *self._indexes})}"
        if not anchor or linked is None:
            return None
        anchors = self._bodies[path].anchors if own is None else own
        if isinstance(linked.meta, Entry):
            anchors |= linked.meta.anchors
        if anchor not in anchors:
            return f"the link `{target}` leads nowhere: no anchor `#{anchor}` in {path}{did_you_mean(anchor, anchors)}"
        return None
