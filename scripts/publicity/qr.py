"""QR codes of addresses, as SVG that stands in a page."""

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An address as a QR code, to be used as a filter in templates; its quiet zone is the style sheet's."""
    # Any mask can be read; searching for the best one would take three times as long, on every page.
    code = segno.make_qr(address, error="m", mask=3)
    svg = code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - made of numbers alone
