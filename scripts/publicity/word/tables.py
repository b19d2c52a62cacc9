"""Tables in Word documents: columns as wide as what they hold asks for, and pages on their side for the sections with a wide table."""

import re
from itertools import groupby
from unicodedata import east_asian_width

from publicity.data_files import data_text

WIDE = 7
"""Columns from which on a table is too wide for an upright page."""
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_HEAD = re.compile(r"^[ \t]*\|(.*)\|[ \t]*\n[ \t]*\|[ \t:|-]+\|[ \t]*$", re.MULTILINE)
_TABLE = re.compile(
    r"^(?P<head>[ \t]*\|.*\|[ \t]*\n)[ \t]*\|(?P<rule>[ \t:|-]+)\|[ \t]*\n(?P<rows>(?:[ \t]*\|.*\|[ \t]*(?:\n|$))*)",
    re.MULTILINE,
)
_CELL = re.compile(r"(?<!\\)\|")
_NARROWEST, _WIDEST, _MARGINS = 9, 40, 2
"""Of columns, in the width of letters; a Chinese character is two wide."""
_SIZE = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"/>')


def with_turned_pages(markdown: str) -> str:
    """A text whose sections with a wide table lie on pages on their side; those of the last are what the document's own are."""
    parts: list[str] = []
    runs = [(is_wide, "".join(run)) for is_wide, run in groupby(_SECTION.split(markdown), _is_wide)]
    for place, (is_wide, text) in enumerate(runs):
        parts.append(text.rstrip())
        if place + 1 < len(runs):
            parts.append(f"```{{=openxml}}\n<w:p><w:pPr>{page(turned=is_wide)}</w:pPr></w:p>\n```")
    return "\n\n".join(parts)


def ends_turned(markdown: str) -> bool:
    """Whether the last pages of a text lie on their side."""
    return _is_wide(_SECTION.split(markdown)[-1])


def with_column_widths(markdown: str) -> str:
    """A text whose tables say by the dashes below their heads how wide each column is beside the others, as pandoc reads it."""
    return _TABLE.sub(_with_widths, markdown)


def _with_widths(table: re.Match[str]) -> str:
    rows = [_CELL.split(row.strip().strip("|")) for row in (table["head"] + table["rows"]).splitlines()]
    rules = []
    for place, rule in enumerate(table["rule"].split("|")):
        longest = max(_width(row[place].strip()) for row in rows if place < len(row))
        dashes = "-" * min(max(longest + _MARGINS, _NARROWEST), _WIDEST)
        rules.append(
            f"{':' if rule.strip().startswith(':') else ''}{dashes}{':' if rule.strip().endswith(':') else ''}"
        )
    return f"{table['head']}|{'|'.join(rules)}|\n{table['rows']}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _is_wide(section: str) -> bool:
    return any(head.count("|") + 1 >= WIDE for head in _HEAD.findall(section.replace("\\|", "")))


def page(*, turned: bool) -> str:
    """The pages of a Word document, upright or on their side."""
    section = data_text("publicity.word", "section.xml").partition("-->")[2].strip()
    return _SIZE.sub(r'<w:pgSz w:w="\2" w:h="\1" w:orient="landscape"/>', section) if turned else section
