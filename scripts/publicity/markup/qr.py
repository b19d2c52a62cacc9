"""QR codes of addresses, as SVG that stands in a page."""

import re
from typing import Any

import zxingcpp
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An address as a QR code, to be used as a filter in templates; its quiet zone is the style sheet's."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules: Any = code.to_image(scale=1, add_quiet_zones=False)
    size = modules.shape[0]
    rows = re.findall(b".{%d}" % size, memoryview(modules).tobytes(), re.DOTALL)
    dark = "".join(
        f"M{run.start()} {number}h{run.end() - run.start()}v1H{run.start()}z"
        for number, row in enumerate(rows)
        for run in re.finditer(rb"\x00+", row)
    )
    return Markup(
        '<svg aria-hidden="true" viewBox="0 0 {0} {0}" shape-rendering="crispEdges"><path d="{1}"/></svg>'
    ).format(size, dark)
