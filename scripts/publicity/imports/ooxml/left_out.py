"""What of a Word file nobody reads once its changes are accepted: what was deleted or moved away, and what is hidden."""

from xml.etree import ElementTree as ET

from publicity.imports.ooxml.styles import Styles
from publicity.imports.ooxml.xml import W, child, name

DROPPED = (W + "del", W + "moveFrom")
_PROPERTIES = frozenset(W + tag for tag in ("pPr", "rPr"))


def ends_deleted(paragraph: ET.Element) -> bool:
    """Whether the mark that ends a paragraph is gone: what follows goes on in it."""
    end = child(paragraph, "w:pPr", "w:rPr")
    return end is not None and any(part.tag in DROPPED for part in end)


def is_left_out(paragraph: ET.Element, styles: Styles) -> bool:
    """Whether nothing remains of a paragraph, its end included; Word counts none such."""
    end = child(paragraph, "w:pPr", "w:rPr")
    is_open = ends_deleted(paragraph) or styles.is_hidden(end, paragraph)
    return is_open and not _remains(paragraph, paragraph, styles)


def _remains(element: ET.Element, paragraph: ET.Element, styles: Styles) -> bool:
    for part in element:
        if part.tag in DROPPED or part.tag in _PROPERTIES:
            continue
        if part.tag == name("m:oMath"):
            return True
        if part.tag != W + "r":
            if _remains(part, paragraph, styles):
                return True
        elif not styles.is_hidden(child(part, "w:rPr"), paragraph) and any(one.tag not in _PROPERTIES for one in part):
            return True
    return False
