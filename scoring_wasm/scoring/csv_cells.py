"""Cells of CSV files that Excel and WPS take for text, whatever stands in them (`browser/report/files.js` does the same)."""

import re

# What a spreadsheet takes for a formula, full-width and small forms too (WPS and Chinese Excel turn them into the plain ones), behind
# spaces that it drops; and the apostrophe itself, so that every cell can be read back.
_FORMULA = re.compile(r"[ \u00a0\u3000]*[=+\-@＝＋－＠﹦﹢﹣﹫−'\t\r\n\0]")


def neutral(text: str) -> str:
    """A text as the cell of a CSV file: an apostrophe before what would be a formula makes it text."""
    return f"'{text}" if _FORMULA.match(text) else text


def original(cell: str) -> str:
    """The text of which `neutral` made a cell."""
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell
