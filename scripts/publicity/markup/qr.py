"""QR codes of addresses, as SVG that stands in a page."""

import re
from typing import Any

import zxingcpp
from markupsafe import Markup

_RUN = re.compile(rb"\x00+|\xff+")
_LARGEST = 177
"""Modules of a side."""
_STROKES = {
    run: stroke
    for length in range(1, _LARGEST + 1)
    for run, stroke in ((b"\x00" * length, f"h{length}"), (b"\xff" * length, f"m{length} 0"))
}
"""How a line goes on over dark modules, and over light ones."""


def qr_svg(address: str) -> Markup:
    """An address as a QR code, to be used as a filter in templates; its quiet zone is the style sheet's."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules: Any = code.to_image(scale=1, add_quiet_zones=False)
    size, image = modules.shape[0], memoryview(modules).tobytes()
    rows = (image[start : start + size].rstrip(b"\xff") for start in range(0, size * size, size))
    lines = (f"M0 {number}.5{''.join(map(_STROKES.__getitem__, _RUN.findall(row)))}" for number, row in enumerate(rows))
    return Markup(  # noqa: S704 - numbers alone
        f'<svg aria-hidden="true" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path stroke="#000" d="{"".join(lines)}"/></svg>'
    )
