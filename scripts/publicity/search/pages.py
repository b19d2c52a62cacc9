"""What a search looks through: the marked text of a finished page, in sections by heading.

Templates mark it: `data-search-body` is searched, `data-search-skip` inside it is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "caption"})
# Elements that do not end a phrase; all others stand on lines of their own.
_INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span"})
_INLINE |= {"strong", "sub", "sup", "time", "u"}
_UNSEEN = frozenset({"button", "input", "noscript", "script", "select", "style", "svg", "template"})
_DESCRIPTION = "/html/head/meta[translate(@name, 'D', 'd')='description']/@content"
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES = re.compile(r" ?\n[ \n]*")
_BREAK = "\0"  # stands for the end of a block until a section is complete: newlines in HTML are mere spaces


@dataclass
class Section:
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
    sections: list[Section] = field(default_factory=list)


def read_page(source: bytes) -> PageText | None:
    """The searched text of a finished page; None where its template marks none."""
    head, main = source[: source.find(b"</head>")], source[source.find(b"<main") : source.rfind(b"</main>")]
    document = html.document_fromstring(
        head + b"</head>" + main, parser=_PARSER
    )  # not what surrounds every page's text
    bodies = document.xpath("//*[@data-search-body]")
    if not bodies:
        return None
    titles, summaries = document.xpath("//main//h1"), document.xpath(_DESCRIPTION)
    page = PageText(
        title=_tidy("".join(titles[0].itertext())) if titles else "",
        summary=_tidy(summaries[0]) if summaries else "",
        sections=[Section("", "")],
    )
    for body in bodies:
        for piece in _pieces(body):
            if isinstance(piece, Section):
                page.sections.append(Section(piece.anchor or page.sections[-1].anchor, piece.heading))
            else:
                page.sections[-1].text += piece
        page.sections[-1].text += _BREAK
    for section in page.sections:
        section.text = _tidy(section.text)
    return page


def _pieces(element: html.HtmlElement) -> Iterator[str | Section]:
    """The texts and headings of an element in reading order."""
    if (
        element.tag in _UNSEEN
        or element.tag == "h1"
        or element.get("data-search-skip") is not None
        or "visually-hidden" in element.get("class", "")
    ):
        return
    if element.tag in _HEADINGS:
        yield Section(element.get("id", ""), _tidy("".join(element.itertext())))
        return
    term = element.find(".//dfn") if element.get("id") else None
    if term is not None:  # an entry of the glossary
        yield Section(element.get("id", ""), _tidy(term.text_content()))
    edge = "" if element.tag in _INLINE else _BREAK
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge


def _tidy(text: str) -> str:
    """One space between words, one newline between blocks."""
    text = _SPACE.sub(" ", text.replace("\n", " ")).replace(_BREAK, "\n")
    return _LINES.sub("\n", text).strip()
