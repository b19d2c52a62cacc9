"""The words of files to take away: what no text may show, none of them may hold either."""

import html
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import olefile

from publicity.project import Project
from publicity.read.files.plain import state_of
from publicity.read.passages import Passage

_PARTS = re.compile(
    r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|(?:word|xl|ppt)/(?:diagrams/data|drawings/drawing)\d*\.xml|xl/(?:sharedstrings|worksheets/[^/]+|comments\d*)\.xml"
    r"|ppt/(?:slides|notesslides|comments)/[^/]+\.xml|.*/pages/[^/]+/content\.xml",
    re.IGNORECASE,
)
_STREAMS = re.compile(r"worddocument|workbook|book|powerpoint document", re.IGNORECASE)
_MOST = 50_000_000
"""Bytes that are read of one file."""
_PATIENCE = 60
"""Seconds for a PDF."""
_ENDS = re.compile(r"</(?:\w+:)?(?:p|si|c|TextCode)>|<(?:\w+:)?(?:br|tab)\b[^<>]*>")
_REVISION = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)\b")
_COMMENT = re.compile(rb"<(?:w:comment|comment|p:cm)\b")
_TAGS = re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]*>")
"""Nothing between a sign and the next of its kind: whatever a file holds, it is looked through once."""
_NO_TEXT = re.compile("[^ -~·\u2000-\u203f\u2460-\u24ff\u25a0-\u26ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
"""What stands between texts in a file of bytes: all that is neither ASCII nor of Chinese texts."""
_NUMBER_CELL, _NUMBER_SIZE = 0x0203, 14
"""The record of Excel 97 for a cell that holds a number as such, as a telephone number often is."""


@dataclass(frozen=True)
class Words:
    """What could be read of a file.

    Attributes:
        blank: How many pages show nothing that can be read.
        is_read: Whether any of it could be.
        revisions: How many changes Word has tracked: what was deleted is there to be read.
        comments: How many comments stand at the margin.
    """

    lines: tuple[str, ...] = ()
    blank: int = 0
    is_read: bool = True
    revisions: int = 0
    comments: int = 0


UNREAD = Words(is_read=False)
_known: dict[Path, tuple[tuple[int, ...], Words]] = {}
"""The last state of each file: the editing page looks at all of them after every pause in typing."""


def attachment_passages(project: Project, media: Mapping[str, Path]) -> Iterator[Passage]:
    """The lines of all such files, each with the file's name; a line there has no number."""
    for path in media.values():
        name = project.name(path)
        yield from (Passage(name, 1, line, chinese=False) for line in words_in(path).lines)


def words_in(path: Path) -> Words:
    """What can be read of a file to take away; of one that holds no words, such as a picture, nothing has to be."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return Words()
    state = state_of(path)
    known, words = _known.get(path, (None, UNREAD))
    if state is None or known != state:
        try:
            words = reader(path)
        except Exception:  # noqa: BLE001 - what is broken or locked has a problem of its own
            words = UNREAD
        if state is not None:
            _known[path] = state, words
    return words


def _zipped(path: Path) -> Words:
    """Of what is a zip of XML."""
    left, lines, revisions, comments = _MOST, list[str](), 0, 0
    with zipfile.ZipFile(path) as archive:
        for part in filter(_PARTS.fullmatch, archive.namelist()):
            with archive.open(part) as file:
                data = file.read(left)
            left -= len(data)
            revisions += len(_REVISION.findall(data))
            comments += len(_COMMENT.findall(data))
            wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
            text = _TAGS.sub("", _ENDS.sub("\n", data.decode("utf-16" if wide else "utf-8", "replace")))
            lines += [line for line in map(str.strip, html.unescape(text).split("\n")) if line]
    return Words(tuple(lines), revisions=revisions, comments=comments)


def _compound(path: Path) -> Words:
    """Of the older office programs' files: whatever reads as text in them, at either of two places, for it may begin at any."""
    lines: list[str] = []
    with olefile.OleFileIO(path) as compound:
        for name in compound.listdir():
            if not _STREAMS.fullmatch(name[-1]):
                continue
            with compound.openstream(name) as stream:
                data = stream.read(_MOST)
            texts = (
                data.decode("utf-16-le", "replace"),
                data[1:].decode("utf-16-le", "replace"),
                data.decode("latin-1"),
            )
            lines += [line for text in texts for line in map(str.strip, _NO_TEXT.split(text)) if line]
            lines += _number_cells(data) if name[-1].lower() == "workbook" else []
    return Words(tuple(lines))


def _number_cells(data: bytes) -> Iterator[str]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _NUMBER_CELL and size == _NUMBER_SIZE and at + 4 + size <= len(data):
            (value,) = struct.unpack_from("<d", data, at + 10)
            yield from (str(int(value)),) if value.is_integer() else ()
        at += 4 + size


def _pdf(path: Path) -> Words:
    """Of a PDF, in a process of its own: one can be made so that no reader comes to its end."""
    command = [sys.executable, "-m", "publicity.read.attachments.pdf", os.fspath(path)]
    said = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True).stdout
    lines, blank = json.loads(said)
    return Words(tuple(lines), blank)


_READERS: dict[str, Callable[[Path], Words]] = {
    ".pdf": _pdf,
    ".zip": lambda _: UNREAD,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".ofd"), _zipped),
    **dict.fromkeys((".doc", ".wps", ".xls", ".et", ".ppt", ".dps"), _compound),
}
