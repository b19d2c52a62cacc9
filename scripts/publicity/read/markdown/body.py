"""Reading a Markdown body for what could break on the page: links, anchors, images, unsafe HTML.

pyromark reads it, because it knows the place of everything; Python-Markdown, which renders it later, does not. Where the two
dialects differ (attribute lists such as `{: #id }`), this module reads the marks itself.
"""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pyromark
from markdown.extensions.toc import unique

from publicity.markup.bounds import excesses
from publicity.markup.converter import heading_id
from publicity.models.fields.web import AddressError, read_target
from publicity.problems import Problem
from publicity.read.glyphs import without_glyph
from publicity.read.markdown.marks import spaced
from publicity.read.markdown.slips import markdown_slips
from publicity.work.memory import Memory
from publicity.work.names import name_of
from publicity.work.shelf import Shelf


@dataclass(frozen=True)
class Link:
    """A link or an image: the line counts from 1 within the body."""

    line: int
    target: str
    is_image: bool = False


@dataclass(frozen=True)
class Body:
    """What a body links to and can be linked at, and what is wrong with it: problems without a path, whose lines count from 1 within it."""

    links: tuple[Link, ...]
    anchors: frozenset[str]
    problems: tuple[Problem, ...]
    unnamed_images: tuple[Link, ...] = ()  # without a text alternative that says something
    headings: int = 0
    without_glyph: tuple[tuple[int, str], ...] = ()  # with their lines


def read_bodies(texts: Iterable[str], shelf: Shelf | None = None) -> Mapping[str, Body]:
    """Read Markdown bodies; returns them by their text. What is known of them from before stands on the `shelf`.

    They are remembered: a preview checks all bodies at every change, and nearly all are as they were.
    """
    names = {text: name_of(text) for text in texts}
    known = _known.of({name: text for text, name in names.items()}, shelf)
    return {text: known[name] for text, name in names.items()}


def read_body(text: str) -> Body:
    """Read a Markdown body."""
    return read_bodies([text])[text]


def _read(text: str) -> Body:
    # What holds too much is refused for that, and read no further.
    return Body((), frozenset(), ()) if any(excesses(text)) else _BodyReader(text).read()


def _dumps(body: Body) -> list[Any] | None:
    """A body without problems as a shelf holds it."""
    links = [(link.line, link.target, link.is_image) for link in body.links]
    return None if body.problems or body.without_glyph else [links, sorted(body.anchors), body.headings]


def _loads(kept: list[Any]) -> Body:
    links, anchors, headings = kept
    return Body(tuple(Link(*link) for link in links), frozenset(anchors), (), (), headings)


_known = Memory[str, Body](_read, length=len, dumps=_dumps, loads=_loads)


def markdown_events(text: str) -> Iterator[tuple[str, Any, int]]:
    """What a Markdown text holds, event by event as pulldown-cmark tells it: its kind, what comes with it, and its line, counted from 1."""
    raw = text.encode()
    ends = [match.start() for match in re.finditer(b"\n", raw)]
    # A text of its own, for pyromark leaves the UTF-8 form in the one that it is given.
    for event, where in pyromark.events_with_range(raw.decode(), options=_OPTIONS, merge_text=True):
        kind, what = (event, None) if isinstance(event, str) else next(iter(event.items()))
        yield kind, what, bisect_left(ends, where["start"]) + 1


def tag_of(what: Any) -> str:  # noqa: ANN401
    """The name of what an event begins or ends."""
    return what if isinstance(what, str) else str(next(iter(what)))


INLINE = frozenset({"Emphasis", "Strong", "Link", "Image"})
"""What of Markdown stands inside a block; all else begins or ends one."""
ATTRIBUTE_LIST = re.compile(r"\{:[^{}\n]*\}")
"""Marks such as `{: #id }`, which are not read aloud."""
_WATCHED = frozenset({"HtmlBlock", "Link", "Image"})
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
_ATTRIBUTES = re.compile(r"\{:?\s*([^{}\n]*)\}")
_ANCHOR = re.compile(r"(?:^|\s)#([^\s}]+)")
_EVENT = re.compile(r"(?:^|[\s\"'/])(on[a-z]+)\s*=", re.IGNORECASE)
_EMPTY_WORDS = frozenset({
    "图", "图片", "照片", "截图", "图标", "示意图", "插图", "图像", "附图", "logo",
    "image", "picture", "photo", "screenshot", "graph", "chart", "diagram", "icon", "figure", "img",
    "微信图片", "微信截图", "企业微信截图", "qq图片", "qq截图", "屏幕截图", "屏幕快照", "未命名", "无标题", "mmexport", "dsc", "wechatimg",
})  # fmt: skip
"""What a picture's text may not be alone: the names that people, cameras and programs give files, without their numbers."""
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SAFE_TAGS = frozenset({
    "a", "abbr", "b", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip


def _says_nothing(words: str, source: str) -> bool:
    """Whether the text of a picture is no more than the name of a file, as it is where nobody has written one."""
    plain = re.sub(r"\.\w{3,4}$", "", words.lower())
    stem = posixpath.splitext(posixpath.basename(source))[0]
    return _NO_LETTERS.sub("", plain) in _EMPTY_WORDS | {""} or re.sub(r"[^a-z0-9]+", "-", plain).strip("-") == stem


class _BodyReader:
    """Takes the events of one body, one after another."""

    def __init__(self, text: str) -> None:
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self._counters: dict[str, int] = {}  # how often anchors were given already
        self.problems: list[Problem] = []
        self.unnamed_images: list[Link] = []
        self._text = text
        self._headings = 0
        self._level = 1  # of the last heading; the page's title is the first
        self._targets: list[str] = []  # of the links and images that are open
        self._open: list[list[str]] = []  # the words so far of the heading, the links and the images that are open
        self._html_block: list[str] = []
        self._block_line = 0

    def add(self, line: int, code: str, **values: object) -> None:
        """Note a problem."""
        self.problems.append(Problem("", line, code, values))

    def read(self) -> Body:
        """All that is to be known of it."""
        for kind, what, line in markdown_events(self._text):
            match kind:
                case "Text" | "Code":
                    for words in self._open:
                        words.append(what)
                    if kind == "Text" and "{" in what:
                        self._attributes(what, line)
                case "Start" | "End" if isinstance(what, str) and what not in _WATCHED:
                    pass  # most events: paragraphs, items, cells
                case "Start":
                    self._start(what, line)
                case "End":
                    self._end(what, line)
                case "InlineHtml":
                    self._html(what, line)
                case "Html":
                    self._html_block.append(what)
        self.problems += [slip.problem for slip in markdown_slips(self._text)]
        return Body(
            tuple(self.links),
            frozenset(self.anchors),
            tuple(self.problems),
            tuple(self.unnamed_images),
            self._headings,
            tuple(without_glyph(self._text)),
        )

    def _start(self, what: Any, line: int) -> None:  # noqa: ANN401
        match what:
            case "HtmlBlock":
                self._block_line = line
            case {"Heading": {"level": level}}:
                self._start_heading(int(level[1:]), line)
            case {"Link": link} | {"Image": link}:
                self._targets.append(_target(link))
                self._open.append([])

    def _end(self, what: Any, line: int) -> None:  # noqa: ANN401
        match what:
            case "HtmlBlock":
                self._html("".join(self._html_block), self._block_line)
                self._html_block.clear()
            case {"Heading": _}:
                self._heading("".join(self._open.pop()))
            case "Link":
                self._link(self._targets.pop(), line)
                if not "".join(self._open.pop()).strip():
                    self.add(line, "link-without-words")
            case "Image":
                self._image(self._targets.pop(), "".join(self._open.pop()), line)

    def _start_heading(self, level: int, line: int) -> None:
        self._headings += 1
        self._open.append([])
        if level == 1:
            self.add(line, "heading-of-page")
        elif level > self._level + 1 and self._headings == 1:
            self.add(line, "first-heading", found="#" * level)
        elif level > self._level + 1:
            before, expected = "#" * self._level, "#" * (self._level + 1)
            self.add(line, "skipped-heading", found="#" * level, before=before, expected=expected)
        self._level = level

    def _heading(self, text: str) -> None:
        if not _ANCHOR.search("".join(_ATTRIBUTES.findall(text))):
            unique(heading_id(_ATTRIBUTES.sub("", text).strip(), "-"), self.anchors, self._counters)  # also adds it

    def _attributes(self, text: str, line: int) -> None:
        for marks in _ATTRIBUTES.findall(text):
            self.anchors.update(_ANCHOR.findall(marks))
            for name in _EVENT.findall(marks):
                self.add(line, "forbidden-event", name=name)

    def _link(self, target: str, line: int) -> None:
        if target:
            self._leads_to(Link(line, target))
        else:
            self.add(line, "link-without-target")

    def _image(self, source: str, alternative: str, line: int) -> None:
        words = alternative.strip()
        if not words or _says_nothing(words, source):
            self.unnamed_images.append(Link(line, source, is_image=True))
            values = {"words": words} if words else {}
            self.add(line, "image-text-says-nothing" if words else "image-without-text", image=source, **values)
        self._leads_to(Link(line, source, is_image=True))

    def _leads_to(self, link: Link) -> None:
        if " " in link.target.strip():
            self.problems.append(spaced(link.target, link.line))
            return
        try:
            read_target(link.target)
        except AddressError as error:
            self.add(link.line, error.code, **error.values)
        else:
            self.links.append(link)

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
        if tag not in _SAFE_TAGS:
            self._reader.add(line, "forbidden-tag", tag=tag)
        for name, _ in attrs:
            if name.startswith("on"):
                self._reader.add(line, "forbidden-event", name=name)
            elif name == "style":
                self._reader.add(line, "forbidden-style")
        values = {name: value or "" for name, value in attrs}
        if identity := values.get("id"):
            self._reader.anchors.add(identity)
        if tag == "a" and "href" in values:
            self._reader._link(values["href"], line)  # noqa: SLF001 - two halves of one reader
        if tag == "img":
            self._reader._image(values.get("src", ""), values.get("alt", ""), line)  # noqa: SLF001


def _target(link: dict[str, str]) -> str:
    """Where a link leads; an address of mail between < and > is written without its scheme."""
    return f"mailto:{link['dest_url']}" if link["link_type"] == "Email" else link["dest_url"]


def plain_words(markdown: str) -> str:
    """Text without marks and white space, for comparing words only."""
    return re.sub(r"\{:[^{}]*\}|[\s\\*_#>`\[\]]", "", markdown)
