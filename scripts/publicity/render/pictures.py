"""Pictures of a body that are published in two widths, offered to browsers in both."""

import posixpath
import re
from collections.abc import Collection

from publicity.read.files.pictures import NARROW, WIDE, narrow_path

_SOURCE = re.compile(r'(<img\b(?:[^>"]|"[^"]*")*?\s)src="([^"]*)"')
_SIZES = "(max-width: 48em) 100vw, 40em"


def with_widths(html: str, url: str, scaled: Collection[str]) -> str:
    """The HTML of a body whose page lies at `url`, its pictures offered in both widths; `scaled` are their paths in each language."""

    def widths(image: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(url, image[2])).removeprefix("en/")
        if path not in scaled:
            return image[0]
        return f'{image[1]}src="{image[2]}" srcset="{narrow_path(image[2])} {NARROW}w, {image[2]} {WIDE}w" sizes="{_SIZES}"'

    return _SOURCE.sub(widths, html) if scaled else html
