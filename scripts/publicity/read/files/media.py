"""Files that are published beside texts: to look at, to take away, to watch and to listen to."""

import hashlib
import posixpath
import re
from pathlib import Path

from publicity.problems import Problem
from publicity.read.attachments.kinds import attachment_fault
from publicity.read.files.pictures import FORMATS, picture_fault
from publicity.read.files.plain import ATTACHMENTS, open_file, read_plain_file
from publicity.read.files.svg import svg_problems

_JPEG = rb"\xff\xd8\xff"
_BEGINS = {
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF.{4}WEBP",
    ".svg": rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg)",
}
"""What a picture of each kind begins with."""
_OF_PHONES_AND_SCANNERS = {
    ".heic": rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)",
    ".avif": rb".{4}ftypavi[fs]",
    ".bmp": rb"BM",
    ".tif": rb"II\*\x00|MM\x00\*",
}
"""What pictures begin with that browsers do not show: renamed, they are told by what they are."""
INSTEAD = {
    **dict.fromkeys((".heic", ".heif", ".avif", ".jfif", ".tif", ".tiff"), ".jpg"),
    **dict.fromkeys((".bmp", ".emf", ".wmf", ".psd", ".ai", ".cdr"), ".png"),
    **dict.fromkeys((".mov", ".avi", ".wmv", ".mkv", ".flv", ".m4v", ".3gp"), ".mp4"),
    **dict.fromkeys((".wav", ".m4a", ".wma", ".amr", ".aac"), ".mp3"),
    **dict.fromkeys((".rtf", ".docm", ".dotx", ".dot"), ".docx"),
    **dict.fromkeys((".xlsm", ".xlsb", ".csv"), ".xlsx"),
    **dict.fromkeys((".pptm", ".ppsx", ".pps"), ".pptx"),
    **dict.fromkeys((".rar", ".7z"), ".zip"),
}
"""As what files of some endings can be saved, so that they may be published."""
CAPTIONS = ".vtt"
MEDIA = frozenset({*_BEGINS, *ATTACHMENTS, CAPTIONS})
"""The endings of what may be published."""
_LONGEST_BEGINNING = 1000


def is_image(path: str) -> bool:
    """Whether a file can be shown on a page."""
    return posixpath.splitext(path)[1].lower() in _BEGINS


def medium_problems(path: Path, name: str) -> list[Problem]:
    """What is wrong with a file; `name` is its path as shown to people.

    Its content is of the kind that its name says, a picture can be opened, and a drawing holds nothing but drawing.
    """
    named = path.suffix.lower()
    data, problems = read_plain_file(path, name, most=_LONGEST_BEGINNING if named in ATTACHMENTS else None)
    if data is None:
        return problems
    if named in ATTACHMENTS:
        with open_file(path) as file:
            fault = attachment_fault(file, named)
        return [Problem(name, 1, *fault)] if fault else []
    if fault := _kind_fault(data, named):
        return [Problem(name, 1, *fault)]
    if named == ".svg":
        return svg_problems(data, name)
    return _picture_problems(data, name, named) if named in FORMATS else []


def _kind_fault(data: bytes, named: str) -> tuple[str, dict[str, object]] | None:
    head = data[:_LONGEST_BEGINNING]
    if named not in _BEGINS or re.match(_BEGINS[named], head, re.DOTALL):
        return None
    known = _BEGINS | _OF_PHONES_AND_SCANNERS
    actual = next((kind for kind, begins in known.items() if re.match(begins, head, re.DOTALL)), None)
    if actual is None:
        return "damaged-file", {"named": named}
    code = "other-kind-of-picture" if actual in _OF_PHONES_AND_SCANNERS else "other-kind"
    return code, {"found": actual, "named": named}


_known: dict[bytes, tuple[str, dict[str, object]] | None] = {}
"""What is wrong with pictures seen before, by their hashes: a preview looks at all of them at every change."""


def _picture_problems(data: bytes, name: str, named: str) -> list[Problem]:
    digest = hashlib.sha256(named.encode() + data).digest()
    if digest not in _known:
        _known[digest] = picture_fault(data, named)
    fault = _known[digest]
    return [Problem(name, 1, *fault)] if fault else []
