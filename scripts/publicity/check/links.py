"""Join what was loaded, and check that everything linked is there."""

import posixpath
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from publicity.check.days import check_days
from publicity.models import ENTRY_MODELS, Alert, Country, Entry, Interpretation, Newsletter, Policy
from publicity.problems import Problem, did_you_mean, near_path
from publicity.read.body import Body, Link, plain_words, read_bodies
from publicity.read.content import Content, Document, particulars
from publicity.read.media import is_image
from publicity.read.relations import check_citations
from publicity.read.source import Source
from publicity.stage.glossary import SCHEME, check_glossary
from publicity.stage.interpretation import check_interpretations


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
        *check_citations(content),
        *check_glossary(content),
        *_bodies(content),
        *check_days(content),
    ]


def _references(content: Content) -> Iterator[Problem]:
    policies = content.entries["policies"]
    # Read from the source and not from the model, which is missing where region.yml has other faults.
    region = content.region_source
    named = region.data if region and isinstance(region.data, dict) else {}
    plan, standard = named.get("plan"), named.get("standard")
    if region and isinstance(plan, str) and _is_missing(content, plan):
        yield region.problem(("plan",), f"no policy `{plan}`{did_you_mean(plan, policies)}")
    if region and isinstance(standard, str) and (fault := _standard_fault(content, standard)):
        yield region.problem(("standard",), fault)
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
        if annex and (fault := _standard_fault(content, annex)):
            yield one.source.problem(("annex",), fault)


def _standard_fault(content: Content, name: str) -> str | None:
    """What is wrong with the name of a standard; one that could not be read has its own problems already."""
    if name in content.standards or name in content.broken_standards:
        return None
    return f"no standard `{name}`{did_you_mean(name, content.standards)}"


def _supported(content: Content) -> Iterator[Problem]:
    """The items that an entry says it helps with must be there."""
    for document in content.documents():
        meta = document.meta
        if not isinstance(meta, Entry) or not meta.supports:
            continue
        if fault := _standard_fault(content, meta.supports_standard):
            yield document.source.problem(("supports_standard",), fault)
        loaded = content.standards.get(meta.supports_standard)
        if loaded is None:
            continue
        items = loaded.standard.item_by_id
        for index, item in enumerate(meta.supports):
            if item not in items:
                section = item.rpartition(".")[0]
                beside = [one for one in items if one.rpartition(".")[0] == section]
                hint = f"; `{section}` has {beside[0]} to {beside[-1]}" if beside else ""
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
                yield issue.source.problem(("entries", index), f"no entry `{name}`{near_path(name, known)}")
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
    alone = content.bodies_alone
    sources = chain((one for document in content.documents() for one in document.sources), (one for _, one in alone))
    read = read_bodies(one.body for one in sources)
    bodies = {document.path: read[document.source.body] for document in content.documents()}
    checker = LinkChecker(content, bodies)
    yield from check_interpretations(content, bodies)
    for document in content.documents():
        yield from checker.check(document.path, document.source, read[document.source.body])
        if isinstance(document.meta, Entry):
            yield from _corrections(document)
            if document.meta.needs_text and not document.source.body.strip():
                source = document.source
                yield Problem(source.name, source.body_line, "no text stands below the front matter; write it")
        if document.translation:
            source = document.translation.source
            yield from checker.check(document.path, source, read[source.body])
    for path, source in alone:
        yield from checker.check(path, source, read[source.body])


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

    def check(self, path: str, source: Source, body: Body) -> Iterator[Problem]:
        """All that is wrong in one body of the page at `path`, its line counted in its file."""
        offset = source.body_line - 1
        for line, message in body.problems:
            yield Problem(source.name, offset + line, message)
        for one in body.links:
            if fault := self.fault(path, one, body.anchors):
                yield Problem(source.name, offset + one.line, fault)

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
            hint = near_path(path, (one for one in self._media if not image or is_image(one)))
            return None if path in self._media else f"`{one.target}` leads nowhere: no file `{path}`{hint}"
        return self._page_fault(one.target, path, unquote(parts.fragment), own_anchors if path == page else None)

    def _page_fault(self, target: str, path: str, anchor: str, own: frozenset[str] | None) -> str | None:
        linked = self._documents.get(path)
        if path in self._broken:
            return None
        if path in self._embargoed:
            return f"the link `{target}` leads to an entry under embargo until {self._embargoed[path]}; give this one the same"
        if linked is None and path not in self._indexes:
            return f"the link `{target}` leads nowhere: no page `{path}`{near_path(path, {*self._documents, *self._indexes})}"
        if not anchor or linked is None:
            return None
        anchors = self._bodies[path].anchors if own is None else own
        if isinstance(linked.meta, Entry):
            anchors |= linked.meta.anchors
        if anchor not in anchors:
            return f"the link `{target}` leads nowhere: no anchor `#{anchor}` in {path}{did_you_mean(anchor, anchors)}"
        return None
