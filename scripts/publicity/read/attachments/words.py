"""The words of office files beside texts: what no text may show, no file to take away may hold either."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from publicity.project import Project
from publicity.read.passages import Passage

_KINDS = frozenset({".docx", ".xlsx", ".pptx", ".ofd"})
"""Those that are zips of XML; of the older ones and of PDF no text is read."""
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl/(?:sharedstrings|worksheets/[^/]+|comments\d*)\.xml"
    r"|ppt/(?:slides|notesslides)/[^/]+\.xml|.*/pages/[^/]+/content\.xml",
    re.IGNORECASE,
)
_MOST = 50_000_000
"""Bytes that are read of one file."""
_ENDS = re.compile(r"</(?:\w+:)?(?:p|si|c|TextCode)>|<(?:\w+:)?(?:br|tab)\b[^>]*>")
_TAGS = re.compile(r"<[^>]*>")


def attachment_passages(project: Project, media: Mapping[str, Path]) -> Iterator[Passage]:
    """The lines of all such files, each with the file's name; a line there has no number."""
    for path in media.values():
        if path.suffix.lower() in _KINDS:
            name = project.name(path)
            yield from (Passage(name, 1, line, chinese=False) for line in _lines(path))


def _lines(path: Path) -> list[str]:
    left, lines = _MOST, list[str]()
    try:
        with zipfile.ZipFile(path) as archive:
            for part in filter(_PARTS.fullmatch, archive.namelist()):
                with archive.open(part) as file:
                    data = file.read(left)
                left -= len(data)
                text = _TAGS.sub("", _ENDS.sub("\n", data.decode("utf-8", "replace")))
                lines += [line for line in map(str.strip, html.unescape(text).split("\n")) if line]
    except Exception:  # noqa: BLE001 - what is broken or locked has a problem of its own
        return lines
    return lines
