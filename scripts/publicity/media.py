"""Files that are published as they are: images, and documents to download."""

import posixpath
import re
from pathlib import Path

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


def kind_fault(path: Path) -> str | None:
    """What is wrong where a file's content is not of the kind that its name says."""
    with path.open("rb") as file:
        head = file.read(1000)
    named = path.suffix.lower()
    if re.match(_BEGINS[named], head, re.DOTALL):
        return None
    found = next((kind for kind, begins in _BEGINS.items() if re.match(begins, head, re.DOTALL)), None)
    what = (
        f"is a {found} file under another name; rename it" if found else "is damaged or of another kind; save it anew"
    )
    return f"this {named} file {what}, for a browser would not show it"
