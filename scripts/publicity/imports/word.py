"""A Word file read: its text as blocks, its pictures, what it says to the letter, and what is to be known of it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from publicity.imports.blocks import Text
from publicity.imports.ooxml.crops import name_crops
from publicity.imports.ooxml.equations import write_out_equations
from publicity.imports.ooxml.flatten import comment_texts, flatten, note_texts, plain_note
from publicity.imports.ooxml.numbering import Numbers
from publicity.imports.ooxml.original import original_text
from publicity.imports.ooxml.package import Package, open_package
from publicity.imports.ooxml.styles import Styles
from publicity.imports.ooxml.xml import W, below, value, words
from publicity.imports.pandoc import plain_docx, read_with_pandoc
from publicity.imports.pictures import Crop, cropped
from publicity.imports.reading import read_tree
from publicity.imports.remarks import Remark, listed

_EMPTY_STYLES = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_PARTS = {"footnotes": "footnote", "endnotes": "endnote"}


@dataclass
class Read:
    """A document as read.

    Attributes:
        text: Its blocks.
        pictures: What its pictures hold, by the names that the blocks have for them.
        original: All its words as they stand there, in one.
        remarks: What was met on the way.
        beside: The paragraphs of its headers and footers, and watermarks.
    """

    text: Text
    original: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    beside: tuple[str, ...] = ()


def read_word(file: Path) -> Read:
    """A Word file.

    Raises:
        UsageError: it is none, or one that cannot be read as it is.
        BuildError: pandoc could not read it.
    """
    package = open_package(file)
    document, styles_part = _xml(package, package.main), _optional(package, "styles")
    numbering = _optional(package, "numbering")
    styles = Styles(styles_part)
    note_parts = {kind: part for kind in _PARTS if (part := _optional(package, kind)) is not None}
    notes = {
        f"{W}{tag}Reference{identity}": note
        for kind, tag in _PARTS.items()
        for identity, note in note_texts(note_parts.get(kind), tag)
    }
    formulas = write_out_equations(document)
    original = original_text(document, notes, styles, Numbers(numbering, styles_part))
    flat = flatten(document, styles, Numbers(numbering, styles_part), comment_texts(_optional(package, "comments")))
    for part in note_parts.values():
        plain_note(part, styles)
    parts = {"document.xml": document, **{f"{kind}.xml": part for kind, part in note_parts.items()}}
    if numbering is not None and flat.has_bullets:
        parts["numbering.xml"] = numbering
    crops = {name: name_crops(part) for name, part in parts.items()}
    packed = {name: _written(part) for name, part in parts.items()}
    packed["styles.xml"] = _character_styles(styles_part)
    relations = _Relations(package, [*parts, "styles.xml"], crops)
    tree = read_with_pandoc("docx", plain_docx(packed | relations.media, relations.rows), package.shown)
    remarks = [*flat.remarks, *relations.remarks, *_beside(package)]
    if formulas:
        remarks.append(Remark("import-formulas", {"count": len(formulas), "words": listed(formulas)}))
    return Read(read_tree(tree, flat.facts), original, relations.pictures(), remarks, tuple(_words_beside(package)))


def _xml(package: Package, name: str) -> ET.Element:
    root = package.xml(name)
    return root if root is not None else ET.Element(W + "document")


def _optional(package: Package, kind: str) -> ET.Element | None:
    names = package.related(kind)
    return package.xml(names[0]) if names else None


def _character_styles(part: ET.Element | None) -> bytes:
    """Styles of words; those of paragraphs, from which pandoc would guess, have been looked at already."""
    if part is None:
        return _EMPTY_STYLES
    root = ET.Element(part.tag)
    root.extend(one for one in part if one.tag == W + "style" and value(one, "w:type") == "character")
    return _written(root)


def _written(root: ET.Element) -> bytes:
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


class _Relations:
    """What the text and its notes refer to: pictures by names of ours, other sites; nothing else goes on to pandoc."""

    def __init__(self, package: Package, parts: list[str], crops: dict[str, dict[str, tuple[str, Crop]]]) -> None:
        self.rows: dict[str, list[tuple[str, str, str, bool]]] = {}
        self.media: dict[str, bytes] = {}
        self.remarks: list[Remark] = []
        self._package = package
        self._names: dict[tuple[str, Crop | None], str] = {}
        for name in parts:
            if name not in ("document.xml", "footnotes.xml", "endnotes.xml"):
                continue
            source = package.main if name == "document.xml" else package.related(name.removesuffix(".xml"))[0]
            self.rows[name] = [*self._of(source), *self._cropped(source, crops[name])]
        kinds = {
            "numbering.xml": "numbering",
            "styles.xml": "styles",
            "footnotes.xml": "footnotes",
            "endnotes.xml": "endnotes",
        }
        own = [(f"own{at}", kinds[name], name, False) for at, name in enumerate(parts) if name in kinds]
        self.rows["document.xml"] += own

    def _of(self, source: str) -> "list[tuple[str, str, str, bool]]":
        rows, outside = [], []
        for identity, relation in self._package.relations(source).items():
            if relation.kind == "hyperlink":
                rows.append((identity, "hyperlink", relation.target, relation.outside))
            elif relation.kind == "image" and relation.outside:
                outside.append(relation.target)
            elif relation.kind == "image" and relation.target in self._package.names:
                rows.append((identity, "image", self._named(relation.target, None), False))
        if outside:
            self.remarks.append(Remark("import-outside-pictures", {"count": len(outside), "words": listed(outside)}))
        return rows

    def _cropped(self, source: str, crops: dict[str, tuple[str, Crop]]) -> Iterator[tuple[str, str, str, bool]]:
        known = self._package.relations(source)
        for own, (identity, crop) in crops.items():
            relation = known.get(identity)
            if relation and relation.kind == "image" and relation.target in self._package.names:
                yield own, "image", self._named(relation.target, crop), False

    def _named(self, part: str, crop: Crop | None) -> str:
        name = self._names.setdefault((part, crop), f"media/{len(self._names) + 1}.bin")
        self.media[name] = b"-"  # pandoc is told where it stands, not what it is
        return name

    def pictures(self) -> dict[str, bytes]:
        """The pictures by their names in the text."""
        read = self._package.bytes
        return {name: cropped(read(part), crop) if crop else read(part) for (part, crop), name in self._names.items()}


def _beside(package: Package) -> list[Remark]:
    """What stands beside the text of a file, and is not imported."""
    remarks = []
    for code, kind in (("import-headers", "header"), ("import-footers", "footer")):
        parts = [package.xml(name) for name in package.related(kind)]
        texts = listed(words(part) for part in parts if part is not None and _says_something(part))
        if texts:
            remarks.append(Remark(code, {"words": texts}))
    if any(posixpath.basename(name).lower() in ("vbaproject.bin", "vbadata.xml") for name in package.names):
        remarks.append(Remark("import-macros"))
    if fonts := sum(name.endswith(".odttf") for name in package.names):
        remarks.append(Remark("import-fonts", {"count": fonts}))
    if drawn := [text for name in sorted(package.names) if re.fullmatch(r"word/diagrams/data\d*\.xml", name)
                 for text in [_drawn_words(package, name)] if text]:  # fmt: skip
        remarks.append(Remark("import-drawn-words", {"words": listed(drawn)}))
    return remarks


def _words_beside(package: Package) -> Iterator[str]:
    """The paragraphs of headers and footers, and what is drawn behind the text of each page as a watermark."""
    for part in (package.xml(name) for kind in ("header", "footer") for name in package.related(kind)):
        if part is not None:
            yield from map(words, below(part, "w:p"))
            yield from (drawn.get("string", "") for drawn in below(part, "v:textpath"))


def _says_something(part: ET.Element) -> bool:
    """Whether a header or footer is more than the number of a page."""
    return bool(re.search(r"[^\W\d_]", words(part).replace("PAGE", "")))


def _drawn_words(package: Package, name: str) -> str:
    root = package.xml(name)
    return " ".join(part.text or "" for part in below(root, "a:t")) if root is not None else ""
