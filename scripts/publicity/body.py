"""Reading a Markdown body for what could break on the page: links, anchors, images, unsafe HTML.

markdown-it reads it, because it knows the line of everything; Python-Markdown, which renders it later, does not. Where the two
dialects differ (attribute lists such as `{: #id }`), this module reads the marks itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from markdown.extensions.toc import unique
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pymdownx.slugs import slugify

heading_id = slugify(case="lower")
"""Makes a heading's anchor; `mkdocs.yml` names the same function for the table of contents."""


@dataclass(frozen=True)
class Link:
    """A link or an image: the line counts from 1 within the body."""

    line: int
    target: str
    is_image: bool = False


@dataclass(frozen=True)
class Body:
    """What a body links to and can be linked at, and what is wrong with it: (line, message)."""

    links: tuple[Link, ...]
    anchors: frozenset[str]
    problems: tuple[tuple[int, str], ...]
    unnamed_images: tuple[Link, ...] = ()  # without a text alternative that says something
    headings: int = 0


MANY = 400  # so many new bodies take longer to read than other processes to start
_known: dict[str, Body] = {}


def read_bodies(texts: Iterable[str]) -> Mapping[str, Body]:
    """Read Markdown bodies, many on all processors; returns them by their text.

    They are remembered: a preview checks all bodies at every change, and nearly all are as they were.
    """
    new = [text for text in dict.fromkeys(texts) if text not in _known]
    if len(new) < MANY:
        _known.update((text, _read(text)) for text in new)
    else:
        with ProcessPoolExecutor() as processes:
            _known.update(zip(new, processes.map(_read, new, chunksize=50), strict=True))
    return _known


def read_body(text: str) -> Body:
    """Read a Markdown body."""
    return read_bodies([text])[text]


def _read(text: str) -> Body:
    reader = _BodyReader()
    references: dict[str, Any] = {}
    for token in _PARSER.parse(text, references):
        reader.block(token, references)
    return Body(
        tuple(reader.links),
        frozenset(reader.anchors),
        tuple(reader.problems),
        tuple(reader.unnamed_images),
        reader.headings,
    )


class _Parser(MarkdownIt):
    """Keeps every link as it was typed: one that markdown-it would drop, Python-Markdown would render."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


# Blocks only: what is inside them is read by `_BodyReader`, where there is anything to read.
_PARSER = _Parser("commonmark", {"html": True}).enable("table").disable("inline")
_TELLING = re.compile(r"[\[\]<{]")  # what a link, an image, HTML and an attribute list cannot do without


_ATTRIBUTES = re.compile(r"\{:?\s*([^{}\n]*)\}")
_ANCHOR = re.compile(r"(?:^|\s)#([^\s}]+)")
_EVENT = re.compile(r"(?:^|[\s\"'/])(on[a-z]+)\s*=", re.IGNORECASE)
_EMPTY_WORDS = frozenset({
    "图", "图片", "照片", "截图", "图标", "示意图", "插图", "图像", "附图", "logo",
    "image", "picture", "photo", "screenshot", "graph", "chart", "diagram", "icon", "figure", "img",
})  # fmt: skip
_SAFE_TAGS = frozenset({
    "a", "abbr", "b", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip


class _BodyReader:
    def __init__(self) -> None:
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.problems: list[tuple[int, str]] = []
        self.unnamed_images: list[Link] = []
        self.headings = 0
        self._in_heading = False

    def block(self, token: Token, references: dict[str, Any]) -> None:
        """Take one block of the document, whose link references are known."""
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            self._in_heading = True
            self.headings += 1
            if token.tag == "h1":
                self.problems.append(
                    (line, "a heading of the first level; the page has one from its title: begin with `##`")
                )
        elif token.type == "heading_close":
            self._in_heading = False
        elif token.type == "html_block":
            self._html(token.content, line)
        elif token.type == "inline" and (self._in_heading or _TELLING.search(token.content)):
            children: list[Token] = []
            _PARSER.inline.parse(token.content, _PARSER, references, children)
            self._inline(children, line)

    def _inline(self, tokens: list[Token], line: int) -> None:
        plain = ""
        label: list[str] | None = None
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "link_open":
                self._link(str(token.attrs["href"]), line)
                label = []
            elif token.type == "link_close":
                if label is not None and not "".join(label).strip():
                    self.problems.append((line, "a link without words; write what it leads to between [ and ]"))
                label = None
            elif token.type == "image":
                self._image(str(token.attrs["src"]), token.content, line)
                if label is not None:
                    label.append(token.content)
            elif token.type == "html_inline":
                self._html(token.content, line)
            elif token.type in ("text", "code_inline"):
                plain += token.content
                if label is not None:
                    label.append(token.content)
                if token.type == "text":
                    self._attributes(token.content, line)
        if self._in_heading:
            self._heading(plain)

    def _heading(self, text: str) -> None:
        if not _ANCHOR.search("".join(_ATTRIBUTES.findall(text))):
            unique(heading_id(_ATTRIBUTES.sub("", text).strip(), "-"), self.anchors)  # also adds it

    def _attributes(self, text: str, line: int) -> None:
        for marks in _ATTRIBUTES.findall(text):
            self.anchors.update(_ANCHOR.findall(marks))
            for name in _EVENT.findall(marks):
                self.problems.append((line, f"the event attribute `{name}` is not allowed; pages carry no script"))

    def _link(self, target: str, line: int) -> None:
        if problem := _unsafe_scheme(target):
            self.problems.append((line, problem))
        elif not target:
            self.problems.append((line, "a link that leads nowhere; write its target between ( and )"))
        else:
            self.links.append(Link(line, target))

    def _image(self, source: str, alternative: str, line: int) -> None:
        words = alternative.strip()
        if not words or words.lower().strip(" .。:：0123456789") in _EMPTY_WORDS:
            self.unnamed_images.append(Link(line, source, is_image=True))
        if not words:
            self.problems.append(
                (line, f"the image `{source}` has no text alternative; say between ![ and ] what it shows")
            )
        elif words.lower().strip(" .。:：0123456789") in _EMPTY_WORDS:
            self.problems.append(
                (line, f"the text alternative `{words}` says nothing; say what the image `{source}` shows")
            )
        if problem := _unsafe_scheme(source):
            self.problems.append((line, problem))
        else:
            self.links.append(Link(line, source, is_image=True))

    def _html(self, html: str, line: int) -> None:
        parser = _HtmlReader(self, line)
        parser.feed(html)
        parser.close()


class _HtmlReader(HTMLParser):
    """Holds raw HTML to the tags and attributes that cannot run anything."""

    def __init__(self, reader: _BodyReader, line: int) -> None:
        super().__init__()
        self._reader = reader
        self._line = line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self._line + self.getpos()[0] - 1
        for problem in self._faults(tag, attrs):
            self._reader.problems.append((line, problem))
        values = {name: value or "" for name, value in attrs}
        if identity := values.get("id"):
            self._reader.anchors.add(identity)
        if tag == "a" and "href" in values:
            self._reader._link(values["href"], line)  # noqa: SLF001 - two halves of one reader
        if tag == "img":
            self._reader._image(values.get("src", ""), values.get("alt", ""), line)  # noqa: SLF001

    def _faults(self, tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
        if tag not in _SAFE_TAGS:
            yield f"the HTML tag `<{tag}>` is not allowed; write Markdown"
        for name, _ in attrs:
            if name.startswith("on"):
                yield f"the event attribute `{name}` is not allowed; pages carry no script"
            elif name == "style":
                yield "the attribute `style` is not allowed; the look of the site is one, in docs/assets/css"


def _unsafe_scheme(target: str) -> str | None:
    """What is wrong with an address whose scheme could run something."""
    scheme = re.sub(r"[\x00-\x20]", "", target).split(":", 1)[0].lower() if ":" in target else ""
    if scheme in ("javascript", "vbscript", "data"):
        return f"a `{scheme}:` link is not allowed; expected a file of the content, or an address that begins with https://"
    return None
