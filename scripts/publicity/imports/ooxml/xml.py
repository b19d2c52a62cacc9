"""The XML inside Word files: parsed without declarations, bounded, with the prefixes that Word and pandoc know."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace of the other form of .docx, which pandoc does not read."""
MOST_ELEMENTS = 1_000_000
DEEPEST = 200
"""Elements within elements: nobody writes tables within tables for so long, and Python reads no deeper."""

for _prefix, _space in SPACES.items():
    ET.register_namespace(_prefix, _space)  # pandoc looks for these prefixes


class UnsafeXmlError(Exception):
    """A text that is not parsed; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(data: bytes) -> ET.Element:
    """The root of an XML text.

    Raises:
        UnsafeXmlError: it holds a declaration of a document type (and so maybe entities), or too much, or is no XML.
    """
    try:
        _Guard().parse(data)
        return ET.fromstring(data)  # noqa: S314 - the guard has seen that there are no entities
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        raise UnsafeXmlError("damaged-docx") from error


class _Guard:
    """Reads a text once only to see that it may be parsed."""

    def __init__(self) -> None:
        self._depth = self._count = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._declaration
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def parse(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _declaration(self, *_: object) -> None:
        raise UnsafeXmlError("docx-declaration")

    def _start(self, *_: object) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise UnsafeXmlError("docx-too-complex")

    def _end(self, *_: object) -> None:
        self._depth -= 1


def name(tag: str) -> str:
    """The full name of `w:p` and the like, as elements and attributes have it."""
    prefix, _, local = tag.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


W = name("w:")
"""What the names of WordprocessingML begin with."""


def value(element: ET.Element | None, attribute: str = "w:val") -> str:
    """An attribute of an element that may not be there."""
    return element.get(name(attribute), "") if element is not None else ""


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """The element below one, by its steps: `child(p, "w:pPr", "w:numPr")`."""
    for step in path:
        element = element.find(name(step)) if element is not None else None
    return element


def is_on(element: ET.Element | None) -> bool:
    """Whether a property such as `<w:b/>` is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def parents(root: ET.Element) -> dict[ET.Element, ET.Element]:
    """The parent of every element."""
    return {below: above for above in root.iter() for below in above}


def words(element: ET.Element) -> str:
    """All the text below an element, a line for each paragraph."""
    return "\n".join(filter(None, (_line(p) for p in element.iter(W + "p"))))


def _line(paragraph: ET.Element) -> str:
    return "".join(part.text or "" for part in paragraph.iter(W + "t")).strip()


def below(element: ET.Element, *tags: str) -> Iterator[ET.Element]:
    """All elements of some names below one, in their order."""
    names = {name(tag) for tag in tags}
    return (part for part in element.iter() if part.tag in names)
