"""What a search looks through: the marked text of a finished page, in sections by heading.

Templates mark it: `data-search-body` is searched, `data-search-skip` inside it is not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "caption"})
# Elements that do not end a phrase; all others stand on lines of their own.
_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span"})
_INLINE |= {"strong", "sub", "sup", "time", "u", "wbr"}
_UNSEEN = frozenset({"button", "input", "noscript", "script", "select", "style", "svg", "template"})
_SPACE = re.compile(r"[\t\r\f\v\u00a0][ \t\r\f\v\u00a0]*| [ \t\r\f\v\u00a0]+")
"""Blanks that are not one space already."""
_LINES = re.compile(r"\n[ \n]+")
_BREAK = "\0"  # stands for the end of a block until a section is complete: newlines in HTML are mere spaces


@dataclass
class PageSection:
    """A stretch of a page under one heading; the first has none."""

    anchor: str
    heading: str
    text: str = ""


@dataclass
class PageText:
    """A page as searched and shown among results. Its `names` are what it is also called: a short title, its number."""

    title: str = ""
    summary: str = ""
    names: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sections: list[PageSection] = field(default_factory=list)

    def dumps(self) -> str:
        """What stands on the page itself, as JSON: all but `names` and `keywords`."""
        sections = [(section.anchor, section.heading, section.text) for section in self.sections]
        return json.dumps([self.title, self.summary, sections], ensure_ascii=False)

    @classmethod
    def loads(cls, kept: str) -> Self:
        """From JSON."""
        title, summary, sections = json.loads(kept)
        return cls(title, summary, sections=[PageSection(*section) for section in sections])


def page_text(document: LexborHTMLParser) -> PageText | None:
    """The searched text of a finished page; None where its template marks none."""
    bodies = document.css("[data-search-body]")
    if not bodies:
        return None
    title, summary = document.css_first("main h1"), document.css_first('head > meta[name="description" i][content]')
    page = PageText(
        title=_tidy(title.text()) if title else "",
        summary=_tidy(summary.attributes["content"] or "") if summary else "",
        sections=[PageSection("", "")],
    )
    for body in bodies:
        for piece in _pieces(body):
            if isinstance(piece, PageSection):
                page.sections.append(PageSection(piece.anchor or page.sections[-1].anchor, piece.heading))
            else:
                page.sections[-1].text += piece
        page.sections[-1].text += _BREAK
    for section in page.sections:
        section.text = _tidy(section.text)
    return page


def _pieces(body: LexborNode) -> Iterator[str | PageSection]:
    """The texts and headings of an element in reading order."""
    ahead: list[LexborNode | str] = [body]  # the next last: no page is too deep for it
    while ahead:
        node = ahead.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield node.text_content or ""
        else:
            yield from _open(node, ahead)


def _open(element: LexborNode, ahead: list[LexborNode | str]) -> Iterator[str | PageSection]:
    """What an element begins with; what it holds comes `ahead`."""
    tag, attributes = element.tag or "", element.attributes
    identity = attributes.get("id") or ""
    if (
        tag in _UNSEEN
        or tag == "h1"
        or "data-search-skip" in attributes
        or "visually-hidden" in (attributes.get("class") or "")
    ):
        return
    if tag in _HEADINGS:
        yield PageSection(identity, _tidy(element.text()))
        return
    term = element.css_first("dfn") if identity else None
    if term:  # an entry of the glossary
        yield PageSection(identity, _tidy(term.text()))
    edge = "" if tag in _INLINE else _BREAK
    yield edge
    ahead.append(edge)
    ahead += reversed(list(element.iter(include_text=True)))


def _tidy(text: str) -> str:
    """One space between words, one newline between blocks."""
    text = _SPACE.sub(" ", text.replace("\n", " ")).replace(_BREAK, "\n").replace(" \n", "\n")
    return _LINES.sub("\n", text).strip()
