"""Words that Word draws by a field `EQ`: signs in circles, which Chinese texts count with, and the formulas of its older editor."""

import re
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import W, value

_EQUATION = re.compile(r"\s*EQ\s+(?P<what>.*\S)\s*", re.IGNORECASE | re.DOTALL)
_CIRCLED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，;]\s*(?P<sign>[^(),]+?)\s*\)", re.IGNORECASE)
_READING = re.compile(
    r"(?:\\\*.*?)?\\o\s*(?:\\a[a-z]\s*)?\(\s*\\s\s*\\up\s*\d+\s*\([^()]*\)\s*[,，;]\s*(?P<sign>[^()\\]+?)\s*\)",
    re.IGNORECASE,
)
"""A reading above its character; it is left out, as elsewhere."""
_SWITCH = re.compile(r"\\[a-z]+\s*\d*\s*", re.IGNORECASE)
_CIRCLES = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
"""① to ㊿."""


def write_out_equations(root: ET.Element) -> list[str]:
    """Put words in the place of these fields, which nothing else reads; returns those of formulas, for they are only their characters."""
    formulas = []
    for parent in list(root.iter()):
        code = ""
        for run in (part for part in parent if part.tag == W + "r"):
            code += "".join(part.text or "" for part in run.iter(W + "instrText"))
            for sign in run.findall(W + "fldChar"):
                match = _EQUATION.fullmatch(code)
                if match and value(sign, "w:fldCharType") == "end":
                    text, is_formula = _shown(match["what"])
                    formulas += [text] if is_formula else []
                    sign.tag, sign.text = W + "t", text
                    sign.attrib.clear()
                    _drop_begin(parent, run)
                code = ""
    return formulas


def _shown(code: str) -> tuple[str, bool]:
    circled = _CIRCLED.fullmatch(code)
    if reading := _READING.fullmatch(code):
        return reading["sign"], True
    if circled is None:
        return re.sub(r"[()]", "", _SWITCH.sub("", code)), True
    sign = circled["sign"]
    number = int(sign) if sign.isdecimal() else 0
    return (_CIRCLES[number - 1] if 0 < number <= len(_CIRCLES) else sign), False


def _drop_begin(parent: ET.Element, end: ET.Element) -> None:
    """Take out the beginning of the field that ends in a run, so that nobody waits for its end."""
    runs = list(parent)
    for run in reversed(runs[: runs.index(end)]):
        for sign in run.findall(W + "fldChar"):
            if value(sign, "w:fldCharType") == "begin":
                run.remove(sign)
                return
