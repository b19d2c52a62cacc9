"""What Word draws, as characters: signs of fonts of pictures, boxes to tick, and lines to write on."""

from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import W, child, is_on, value

_SIGNS = {
    "wingdings": {
        0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○",
        0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x99: "○", 0xA2: "■", 0xA3: "□"},
    "symbol": {0xB1: "±", 0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB9: "≠", 0xAE: "→", 0x6D: "μ"},
}  # fmt: skip


def is_underlined(run: ET.Element) -> bool:
    """Whether a line is drawn below a run, of whatever kind."""
    return is_on(child(run, "w:rPr", "w:u"))


def shown_box(field: ET.Element) -> str:
    """The box to tick that a field of a form is, as it stands, or what was chosen from its list; empty where it is neither."""
    box = child(field, "w:ffData", "w:checkBox")
    if box is None:
        return _chosen(child(field, "w:ffData", "w:ddList"))
    state = child(box, "w:checked")
    return "☑" if is_on(state if state is not None else child(box, "w:default")) else "☐"


def _chosen(choices: ET.Element | None) -> str:
    """What was chosen from a list: by its number, else what it begins with."""
    rows = [value(row) for row in choices.findall(W + "listEntry")] if choices is not None else []
    number = value(child(choices, "w:result")) or value(child(choices, "w:default")) or "0"
    return rows[int(number)] if number.isdecimal() and int(number) < len(rows) else ""


BLANK = "＿＿＿＿"
"""An underlined tab, which leaves room to write."""


def shown_symbol(font: str, code: str) -> str:
    """The character that looks so, or 〓 where none is known: the sign of printers for what they lack."""
    try:
        number = int(code, 16)
    except ValueError:
        return "〓"
    if signs := _SIGNS.get(font.lower()):
        return signs.get(number - 0xF000 if number >= 0xF000 else number, "〓")
    return chr(number) if 0x20 < number < 0xD800 or 0xF900 <= number < 0xFDD0 else "〓"


_LONGEST_BLANK = 12


def shown_words(run: ET.Element, text: str) -> str:
    """The words of a run as they look in its font; underlined spaces are a line to write on, for on a page nothing would be seen of them."""
    if len(text) > 1 and text.isspace() and is_underlined(run):
        return "＿" * min(1 + (len(text) + text.count("\u3000")) // 2, _LONGEST_BLANK)
    fonts = child(run, "w:rPr", "w:rFonts")
    font = next((name for kind in ("w:ascii", "w:hAnsi") if (name := value(fonts, kind)).lower() in _SIGNS), "")
    return "".join(sign if sign.isspace() else shown_symbol(font, f"{ord(sign):X}") for sign in text) if font else text
