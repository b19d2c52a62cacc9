"""An Atom feed for each collection and language: `policies/feed.xml`, `en/policies/feed.xml`.

Addresses are relative where the site's own is not known: a feed's links are resolved against the address it was fetched from.
"""

import datetime
import posixpath
import uuid
from collections.abc import Iterable
from html import escape
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from publicity.addresses import HTML_LANGUAGE, url_of
from publicity.finish.rendered import RenderedSite
from publicity.labels import labels
from publicity.models import Entry, Language, Newsletter
from publicity.read.content import Document
from publicity.stage.cards import card, newest_first
from publicity.stage.issues import Issue, issue_of

FEED = "feed.xml"
_ENCLOSED = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMESPACE = uuid.UUID("2f1c7a56-6b0e-5c1e-9d0c-0d4b4f3a9a11")  # ours, so that ids never change


def write_feeds(site: RenderedSite) -> None:
    """Write the feeds of every collection that has entries."""
    _write(site, site.column.content.entries)


def write_edited_feeds(site: RenderedSite) -> None:
    """Write those of the collections that have a changed page."""
    changed = {path.split("/")[1] for path in site.prepared.changed}
    _write(site, changed & site.column.content.entries.keys())


def _write(site: RenderedSite, collections: Iterable[str]) -> None:
    ET.register_namespace("", _ATOM)
    for language in site.prepared.languages:
        for collection in collections:
            if entries := site.column.content.entries[collection]:
                feed = _feed(site, collection, sorted(entries.values(), key=newest_first), language)
                file = site.folder / url_of(f"{collection}/index.md", language) / FEED
                ET.indent(feed)
                ET.ElementTree(feed).write(file, encoding="utf-8", xml_declaration=True)


def _feed(site: RenderedSite, collection: str, documents: list[Document], language: Language) -> ET.Element:
    region = site.region
    feed = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: HTML_LANGUAGE[language]})
    here = url_of(f"{collection}/index.md", language)
    title = f"{region.title[language]} · {labels(language)['collections'][collection]['title']}"
    _add(feed, "title", title)
    _add(feed, "id", _identity(f"{region.slug}/{here}"))
    _add(feed, "updated", _moment(max(document.meta_as(Entry).updated for document in documents)))
    _add(_add(feed, "author"), "name", region.issuer[0].name[language])
    _link(feed, "alternate", urljoin(site.url, here) if site.url else "./")
    if site.url:  # a relative one would say nothing of where the feed is from
        _link(feed, "self", urljoin(site.url, f"{here}{FEED}"))
    for document in documents:
        shown, meta = card(document, language), document.meta_as(Entry)
        entry = _add(feed, "entry")
        _in(shown["language"], _add(entry, "title", shown["title"]), language)
        _add(entry, "id", _identity(f"{region.slug}/{shown['url']}"))
        _add(entry, "published", _moment(meta.published))
        _add(entry, "updated", _moment(meta.updated))
        _in(shown["language"], _add(entry, "summary", shown["summary"]), language)
        _link(entry, "alternate", urljoin(site.url, shown["url"]) if site.url else f"{document.slug}/")
        if isinstance(meta, Newsletter):
            _add(entry, "content", _told(issue_of(site.column, document, language), site.url)).set("type", "html")
            _enclose(site, entry, document, here)
    return feed


def _told(issue: Issue, address: str | None) -> str:
    """An issue in full, as HTML."""
    pieces = [f"<p>{escape(text)}</p>" for text in issue.editorial]
    for title, stories in [("", (issue.lead,)), *((section.title, section.stories) for section in issue.sections)]:
        pieces += [f"<h2>{escape(title)}</h2>"] if title else []
        for story in stories:
            name = escape(story.headline)
            pieces.append(
                f'<h3><a href="{urljoin(address, story.link.url)}">{name}</a></h3>' if address else f"<h3>{name}</h3>"
            )
            pieces += [f"<p>{escape(text)}</p>" for text in (story.text, story.matters) if text]
    return "".join(pieces)


def _enclose(site: RenderedSite, entry: ET.Element, document: Document, here: str) -> None:
    """What can be taken away of an issue and lies beside its Chinese page: PDF and e-book."""
    beside = url_of(document.path, "zh")
    for file in sorted((site.folder / beside).glob("issue.*")):
        if kind := _ENCLOSED.get(file.suffix):
            path = f"{beside}{file.name}"
            address = urljoin(site.url, path) if site.url else posixpath.relpath(path, here)
            values = {"rel": "enclosure", "href": address, "type": kind, "length": str(file.stat().st_size)}
            ET.SubElement(entry, f"{{{_ATOM}}}link", values)


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = text
    return element


def _in(written: Language, element: ET.Element, language: Language) -> None:
    """Mark a text that is not in the feed's language."""
    if written != language:
        element.set(_LANGUAGE, HTML_LANGUAGE[written])


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=address)


def _identity(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _moment(day: datetime.date) -> str:
    """Days are published at midnight in China."""
    return f"{day.isoformat()}T00:00:00+08:00"
