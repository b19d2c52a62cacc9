"""Join what was loaded, and check that everything linked is there."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from publicity.body import Body, Link, plain_words, read_bodies
from publicity.content import Content, Document, TranslatedDocument, particulars
from publicity.glossary import SCHEME, check_glossary
from publicity.interpretation import check_interpretations
from publicity.models import ENTRY_MODELS, Alert, Country, Entry, Interpretation, Newsletter, Policy
from publicity.problems import Problem, did_you_mean
from publicity.source import Source


def interpretations_of(content: Content, policy: Document) -> list[Document]:
    """The interpretations of a policy, oldest first."""
    return content.interpretations.get(policy.slug, [])


def policy_of(content: Content, interpretation: Document) -> Document:
    """The policy that an interpretation explains; `link` has made sure that it exists."""
    return content.entries["policies"][particulars(interpretation, Interpretation).interprets]


def link(content: Content) -> list[Problem]:
    """Check every reference between files: front matter, links, anchors, images. Returns all that is wrong."""
    return [
        *_references(content),
        *_supported(content),
        *_listed(content),
        *check_glossary(content),
        *_bodies(content),
    ]


def _references(content: Content) -> Iterator[Problem]:
    policies, standards = content.entries["policies"], content.standards
    # Read from the source and not from the model, which is missing where region.yml has other faults.
    region = content.region_source
    named = region.data if region and isinstance(region.data, dict) else {}
    plan, standard = named.get("plan"), named.get("standard")
    if region and isinstance(plan, str) and _is_missing(content, plan):
        yield region.problem(("plan",), f"no policy `{plan}`{did_you_mean(plan, policies)}")
    if region and isinstance(standard, str) and standard not in standards:
        yield region.problem(("standard",), f"no standard `{standard}`{did_you_mean(standard, standards)}")
    for one in content.entries["interpretations"].values():
        slug = particulars(one, Interpretation).interprets
        if until := content.embargoed.get(f"policies/{slug}.md"):
            message = f"the policy `{slug}` is under embargo until {until}; give this one the same"
            yield one.source.problem(("interprets",), message)
        elif _is_missing(content, slug):
            yield one.source.problem(
                ("interprets",),
                f"an interpretation of an unknown policy `{slug}`{did_you_mean(slug, policies)}",
            )
    for one in policies.values():
        annex = particulars(one, Policy).annex
        if annex and annex not in standards:
            yield one.source.problem(("annex",), f"no standard `{annex}`{did_you_mean(annex, standards)}")


def _supported(content: Content) -> Iterator[Problem]:
    """The items that an entry says it helps with must be there."""
    for document in content.documents():
        meta = document.meta
        if not isinstance(meta, Entry) or not meta.supports:
            continue
        loaded = content.standards.get(meta.supports_standard)
        if loaded is None:
            hint = did_you_mean(meta.supports_standard, content.standards)
            yield document.source.problem(("supports_standard",), f"no standard `{meta.supports_standard}`{hint}")
            continue
        items = loaded.standard.item_by_id
        for index, item in enumerate(meta.supports):
            if item not in items:
                hint = did_you_mean(item, items)
                yield document.source.problem(("supports", index), f"{loaded.standard.id} has no item `{item}`{hint}")


def _listed(content: Content) -> Iterator[Problem]:
    """The entries of a newsletter, and the country of an alert, must be there."""
    known = {f"{name}/{slug}" for name, found in content.entries.items() for slug in found}
    for issue in content.entries["newsletter"].values():
        for index, name in enumerate(particulars(issue, Newsletter).entries):
            if until := content.embargoed.get(f"{name}.md"):
                yield issue.source.problem(
                    ("entries", index),
                    f"`{name}` is under embargo until {until}; give this issue the same",
                )
            elif name not in known and f"{name}.md" not in content.broken:
                yield issue.source.problem(("entries", index), f"no entry `{name}`{did_you_mean(name, known)}")
    codes = {particulars(one, Country).code for one in content.entries["countries"].values()}
    for alert in content.entries["alerts"].values():
        code = particulars(alert, Alert).country
        if code and code not in codes:
            yield alert.source.problem(
                ("country",), f"no country guide with the code `{code}`{did_you_mean(code, codes)}"
            )


def _is_missing(content: Content, policy: str) -> bool:
    """Whether a policy is not there at all; one that could not be read has its own problems already."""
    path = f"policies/{policy}.md"
    return policy not in content.entries["policies"] and path not in content.broken and path not in content.embargoed


def _bodies(content: Content) -> Iterator[Problem]:
    read = read_bodies(source.body for document in content.documents() for source in document.sources)
    bodies = {document.path: read[document.source.body] for document in content.documents()}
    checker = LinkChecker(content, bodies)
    yield from check_interpretations(content, bodies)
    for document in content.documents():
        yield from checker.check(document, document.source, bodies[document.path])
        if isinstance(document.meta, Entry):
            yield from _corrections(document)
        if document.translation:
            body = read[document.translation.source.body]
            yield from checker.check(document, document.translation.source, body, document.translation)


def _corrections(document: Document) -> Iterator[Problem]:
    """A recorded correction must be what the body now says, or the record is wrong."""
    if not particulars(document, Entry).corrections:
        return
    text = plain_words(document.source.body)
    for index, correction in enumerate(particulars(document, Entry).corrections):
        if correction.corrected and plain_words(correction.corrected) not in text:
            yield document.source.problem(
                ("corrections", index, "corrected"),
                f"`{correction.corrected}` does not stand in the body",
            )


class LinkChecker:
    """Knows every page and anchor, and so where links lead."""

    def __init__(self, content: Content, bodies: dict[str, Body]) -> None:
        self._bodies = bodies
        self._documents = {document.path: document for document in content.documents()}
        self._media = content.media
        self._broken = content.broken
        self._embargoed = content.embargoed
        self._terms = {term.id for term in content.glossary.terms} if content.glossary else set()
        self._indexes = {f"{collection}/index.md" for collection in ENTRY_MODELS}

    def check(
        self, document: Document, source: Source, body: Body, translation: TranslatedDocument | None = None
    ) -> Iterator[Problem]:
        """All that is wrong in one body, its line counted in its file."""
        offset = source.body_line - 1
        for line, message in body.problems:
            yield Problem(source.name, offset + line, message)
        for one in body.links:
            if fault := self.fault(document, one, body.anchors if translation else None):
                yield Problem(source.name, offset + one.line, fault)

    def fault(self, document: Document, one: Link, own_anchors: frozenset[str] | None) -> str | None:
        """What is wrong with a link of a document, if anything; a translation brings the anchors of its own body."""
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
        path = (
            posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(parts.path)))
            if parts.path
            else document.path
        )
        if one.is_image or posixpath.splitext(path)[1] not in (".md", ""):
            hint = did_you_mean(path, self._media)
            return None if path in self._media else f"`{one.target}` leads nowhere: no file `{path}`{hint}"
        return self._page_fault(document, one.target, path, unquote(parts.fragment), own_anchors)

    def _page_fault(
        self, document: Document, target: str, path: str, anchor: str, own: frozenset[str] | None
    ) -> str | None:
        linked = self._documents.get(path)
        if path in self._broken:
            return None
        if path in self._embargoed:
            return f"the link `{target}` leads to an entry under embargo until {self._embargoed[path]}; give this one the same"
        if linked is None and path not in self._indexes:
            return f"the link `{target}` leads nowhere: no page `{path}`{did_you_mean(path, {*self._documents, *self._indexes})}"
        if not anchor or linked is None:
            return None
        anchors = self._bodies[path].anchors
        if own is not None and linked is document:
            anchors = own
        if isinstance(linked.meta, Entry):
            anchors |= linked.meta.anchors
        if anchor not in anchors:
            return f"the link `{target}` leads nowhere: no anchor `#{anchor}` in {path}{did_you_mean(anchor, anchors)}"
        return None
