"""Files that are published as they are: images, and documents to download."""

import posixpath
import re
from pathlib import Path

from publicity.problems import Problem

_JPEG, _ZIP = rb"\xff\xd8\xff", rb"PK\x03\x04"
_BEGINS = {
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": rb"GIF8[79]a",
    ".webp": rb"RIFF.{4}WEBP",
    ".svg": rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg)",
    ".pdf": rb"%PDF-",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
}
MEDIA = frozenset(_BEGINS)
"""Their kinds, and what a file of each begins with."""
_DOCUMENTS = frozenset({".pdf", ".docx", ".xlsx"})


def is_image(path: str) -> bool:
    """Whether a file can be shown on a page."""
    return posixpath.splitext(path)[1].lower() not in _DOCUMENTS


def kind_fault(path: Path, name: str) -> Problem | None:
    """What is wrong where a file's content is not of the kind that its name says; `name` is its path as shown to people."""
    try:
        with path.open("rb") as file:
            head = file.read(1000)
    except OSError as error:
        return Problem(name, 1, "unreadable", {"why": error.strerror})
    named = path.suffix.lower()
    if re.match(_BEGINS[named], head, re.DOTALL):
        return None
    found = next((kind for kind, begins in _BEGINS.items() if re.match(begins, head, re.DOTALL)), None)
    if found:
        return Problem(name, 1, "other-kind", {"found": found, "named": named})
    return Problem(name, 1, "damaged-file", {"named": named})
