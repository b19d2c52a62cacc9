"""What the styles of a Word file say of a paragraph."""

import re
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import W, child, is_on, value

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)


class Styles:
    """The styles of a file, asked for paragraphs."""

    def __init__(self, part: ET.Element | None) -> None:
        self._styles = {value(one, "w:styleId"): one for one in (part.iter(W + "style") if part is not None else ())}

    def is_centred(self, paragraph: ET.Element) -> bool:
        """Whether it is set in the middle."""
        return any(value(child(one, "w:pPr", "w:jc")) == "center" for one in self._first(paragraph, "w:jc"))

    def outline(self, paragraph: ET.Element) -> int:
        """The level of a heading, 1 to 9; 0 for a text."""
        for one in self._chain(paragraph):
            level = value(child(one, "w:pPr", "w:outlineLvl"))
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
            if match := _HEADING.fullmatch(_name(one)):
                return int(match[1])
        return 0

    def is_title(self, paragraph: ET.Element) -> bool:
        """Whether its style is that of a document's title."""
        return any(_TITLE.fullmatch(_name(one)) for one in self._chain(paragraph))

    def is_contents_line(self, paragraph: ET.Element) -> bool:
        """Whether it is a line of a table of contents."""
        return any(_CONTENTS.fullmatch(_name(one)) for one in self._chain(paragraph))

    def size(self, paragraph: ET.Element) -> int:
        """The size of its largest letters in half points; 0 where nothing says it."""
        own = [value(child(run, "w:rPr", "w:sz")) for run in paragraph.iter(W + "r")]
        sizes = [int(size) for size in own if size.isdecimal()]
        if sizes:
            return max(sizes)
        styled = (value(child(one, "w:rPr", "w:sz")) for one in self._chain(paragraph))
        return next((int(size) for size in styled if size.isdecimal()), 0)

    def is_hidden(self, looks: ET.Element | None, paragraph: ET.Element) -> bool:
        """Whether words of these `looks` (`w:rPr`) are hidden in a paragraph: by themselves, their style, or that of the paragraph."""
        words = [looks] if looks is not None else []
        words += self._based_on(value(child(looks, "w:rStyle")))
        own = (child(one, "w:vanish") if one is looks else child(one, "w:rPr", "w:vanish") for one in words)
        styled = (child(one, "w:rPr", "w:vanish") for one in self._chain(paragraph)[1:])
        return is_on(next((one for one in (*own, *styled) if one is not None), None))

    def _first(self, paragraph: ET.Element, tag: str) -> list[ET.Element]:
        """The nearest of a paragraph and its styles that says something."""
        return next(([one] for one in self._chain(paragraph) if child(one, "w:pPr", tag) is not None), [])

    def _chain(self, paragraph: ET.Element) -> list[ET.Element]:
        """A paragraph, its style, and those that this builds on."""
        return [paragraph, *self._based_on(value(child(paragraph, "w:pPr", "w:pStyle")))]

    def _based_on(self, style: str) -> list[ET.Element]:
        """A style, and those that it builds on."""
        chain: list[ET.Element] = []
        while style in self._styles and len(chain) < 20:
            chain.append(self._styles[style])
            style = value(child(self._styles[style], "w:basedOn"))
        return chain


def _name(style: ET.Element) -> str:
    return value(child(style, "w:name"))
