"""The texts of the content as an editor wrote them, each with its place: what is inspected for wording and for personal data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publicity.models import Entry
from publicity.project import Project
from publicity.read.content import Content
from publicity.read.markdown.body import ATTRIBUTE_LIST, INLINE, markdown_events, tag_of
from publicity.read.origins import origins
from publicity.read.source import KeyPath, Source

_TAGS = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(
    r"""\b(?:title|alt)\s*=\s*(["'])(?P<words>[^"'<>]*)\1|\bhref\s*=\s*["']?tel:(?P<number>[^"'\s>]*)"""
)
"""What of HTML and of attribute lists is only seen by whoever points at it, or dialled."""
_NO_DIGITS = re.compile("[^0-9]")
_TOLD_APART = 7
"""Last digits by which a number is known again, with the country before it or without."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED_KEYS = frozenset({"quote"})  # the words of a document
_SKIPPED_KEYS = frozenset({"corrections"})  # slips on record
_OUR_KEYS = frozenset({("summary",), ("keywords",), ("review",), ("published_note",)})
"""Ours even in the front matter of an official document."""


@dataclass(frozen=True)
class Passage:
    """A text that reads as one: a paragraph, a cell, a value of the front matter. Its lines follow those of the file."""

    path: str
    line: int
    text: str
    chinese: bool
    verbatim: bool = False
    key: KeyPath = ()
    as_printed: tuple[str, ...] = ()  # what is on record as printed so
    collection: str | None = None

    def line_at(self, offset: int) -> int:
        """The line of a place in the text."""
        return self.line + self.text.count("\n", 0, offset)


def read_passages(project: Project, region: str, content: Content) -> Iterator[Passage]:
    """Every passage of a region's content, `region.yml` and its registers included."""
    for origin in origins(project, region, content):
        source, document = origin.source, origin.document
        passages = (*_values(source), *body_passages(source), *_hidden_passages(source))
        if origin.translated:
            yield from (replace(passage, chinese=False) for passage in passages)
        elif document and isinstance(document.meta, Entry):
            collection = document.meta.collection
            printed = tuple(passage.printed for passage in document.meta.corrections)
            for passage in passages:
                verbatim = passage.verbatim or (document.meta.is_official and passage.key[:1] not in _OUR_KEYS)
                yield replace(passage, verbatim=verbatim, as_printed=printed, collection=collection)
        else:
            yield from passages


def body_passages(source: Source) -> Iterator[Passage]:
    """The blocks of a Markdown body, without its marks; a block quotation is somebody else's words."""
    quotations, block, text, begun = 0, "", "", 0
    for kind, what, line in markdown_events(source.body):
        if kind in ("Text", "Code", "Html"):
            begun = begun if text else line
            text += what
        elif kind in ("SoftBreak", "HardBreak"):
            text += "\n"
        elif kind in ("Start", "End") and (name := tag_of(what)) not in INLINE:
            plain = (_TAGS if block == "HtmlBlock" else ATTRIBUTE_LIST).sub("", text).rstrip()
            if plain.strip():
                # Code is no prose: it is looked at for personal data alone.
                chinese = bool(_CHINESE.search(plain)) and block != "CodeBlock"
                yield Passage(source.name, source.body_line + begun - 1, plain, chinese, verbatim=quotations > 0)
            quotations += {"Start": 1, "End": -1}[kind] if name == "BlockQuote" else 0
            block, text = name, ""


def _hidden_passages(source: Source) -> Iterator[Passage]:
    """What of a body only shows to whoever points at it, and numbers that are only dialled: no prose, but they are published."""
    if not ("tel:" in source.body or '"' in source.body or "'" in source.body):
        return
    number, words = "", ""
    for kind, what, line in markdown_events(source.body):
        hidden: list[str] = []
        if kind in ("Text", "Html", "InlineHtml"):
            words += what
            hidden = [match["words"] or match["number"] or "" for match in _HIDDEN.finditer(what)]
        elif kind == "Start" and (link := isinstance(what, dict) and (what.get("Link") or what.get("Image"))):
            number, words = link["dest_url"] if link["dest_url"].startswith("tel:") else "", ""
            hidden = [link["title"]]
        elif kind == "End" and what == "Link" and number:
            digits = _NO_DIGITS.sub("", number)
            hidden = [] if digits[-_TOLD_APART:] in _NO_DIGITS.sub("", words) else [digits]
        yield from (Passage(source.name, source.body_line + line - 1, text, chinese=False) for text in hidden if text)


def _values(source: Source) -> Iterator[Passage]:
    """The texts among the values of YAML; English ones are those that hold no Chinese, or stand under `en`."""
    for key, text in source.texts():
        if key[0] not in _SKIPPED_KEYS and not text.startswith(("http://", "https://")):
            chinese = bool(_CHINESE.search(text)) and key[-1] != "en"
            yield Passage(source.name, source.line(key), text, chinese, key[-1] in _QUOTED_KEYS, key)
