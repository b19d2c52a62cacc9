"""What a Word file says, read from its XML apart from everything that makes an entry of it: to compare the entry with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.flatten import chosen, is_contents_list, is_merged_away
from publicity.imports.ooxml.left_out import ends_deleted, is_left_out
from publicity.imports.ooxml.numbering import Numbers
from publicity.imports.ooxml.styles import Styles
from publicity.imports.ooxml.symbols import BLANK, is_underlined, shown_box, shown_symbol, shown_words
from publicity.imports.ooxml.xml import W, child, name, value

_UNSHOWN = frozenset(
    W + tag
    for tag in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "rt",
        "tblPr",
        "sectPr",
        "sdtPr",
    )
)
_SIGNS = {**dict.fromkeys((W + tag for tag in ("tab", "br", "cr", "ptab")), " "), W + "noBreakHyphen": "\u2011"}


def original_text(document: ET.Element, notes: dict[str, ET.Element], styles: Styles, numbers: Numbers) -> str:
    """All that the file shows, with the numbers that Word counts: the text, then its notes in the order in which it names them."""
    reader = _Reader(styles, numbers)
    text = "".join(reader.text(document))
    for note in list(reader.notes):
        if note in notes:
            text += "".join(_Reader(styles, Numbers(None, None)).text(notes[note]))
    return text


@dataclass
class _Reader:
    styles: Styles
    numbers: Numbers
    notes: list[str] = field(default_factory=list)
    boxes: list[ET.Element] = field(default_factory=list)
    run: ET.Element = field(default_factory=lambda: ET.Element(W + "r"))
    """The one that is being read."""
    paragraph: ET.Element = field(default_factory=lambda: ET.Element(W + "p"))
    """The same."""

    def text(self, element: ET.Element) -> Iterator[str]:
        goes_on = False
        for part in element:
            if part.tag != W + "p":
                goes_on = False
                yield from self._part(part)
            elif not is_left_out(part, self.styles):
                yield from self._paragraph(part, counted=not goes_on)
                goes_on = ends_deleted(part)

    def _part(self, part: ET.Element) -> Iterator[str]:
        if part.tag == W + "txbxContent":
            self.boxes.append(part)
        elif (shown := self._shown(part)) is not None:
            yield shown
        elif part.tag in (W + "footnoteReference", W + "endnoteReference"):
            self.notes.append(f"{part.tag}{value(part, 'w:id')}")
        elif part.tag == name("mc:AlternateContent"):
            one = chosen(part)
            yield from self.text(one) if one is not None else ()
        elif not self._is_hidden(part):
            self.run = part if part.tag == W + "r" else self.run
            yield from self.text(part)

    def _shown(self, part: ET.Element) -> str | None:
        """The characters that an element stands for by itself; None where it holds others."""
        if part.tag == W + "t":
            return shown_words(self.run, part.text or "")
        if part.tag == name("m:t"):
            return part.text or ""
        if part.tag == W + "tab" and is_underlined(self.run):
            return BLANK
        if part.tag == W + "sym":
            return shown_symbol(value(part, "w:font"), value(part, "w:char"))
        return shown_box(part) if part.tag == W + "fldChar" else _SIGNS.get(part.tag)

    def _is_hidden(self, part: ET.Element) -> bool:
        return (
            part.tag in _UNSHOWN
            or (part.tag == W + "r" and self.styles.is_hidden(child(part, "w:rPr"), self.paragraph))
            or (part.tag == W + "tr" and child(part, "w:trPr", "w:del") is not None)
            or (part.tag == W + "tc" and is_merged_away(part))
            or (part.tag == W + "sdt" and is_contents_list(part))
        )

    def _paragraph(self, paragraph: ET.Element, *, counted: bool) -> Iterator[str]:
        if self.styles.is_contents_line(paragraph):
            return
        self.paragraph = paragraph
        outer, self.boxes = self.boxes, []
        yield (self.numbers.of(paragraph) or "") if counted else ""
        yield from self.text(paragraph)
        yield "\n"
        inner, self.boxes = self.boxes, outer
        for box in inner:  # it hangs on this paragraph
            yield from self.text(box)
