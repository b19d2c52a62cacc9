"""QR codes of addresses, as SVG that stands in a page."""

import re

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An address as a QR code, to be used as a filter in templates; its quiet zone is the style sheet's."""
    # Any mask can be read; searching for the best one would take three times as long, on every page.
    rows = segno.make_qr(address, error="m", mask=3, boost_error=False).matrix
    dark = "".join(
        f"M{run.start()} {number}h{run.end() - run.start()}v1H{run.start()}z"
        for number, row in enumerate(rows)
        for run in re.finditer(rb"\x01+", row)
    )
    return Markup(
        '<svg aria-hidden="true" viewBox="0 0 {0} {0}" shape-rendering="crispEdges"><path d="{1}"/></svg>'
    ).format(len(rows), dark)
