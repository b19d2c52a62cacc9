"""A file that an editor puts beside an entry: whether it may be published, and its name there."""

import posixpath
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publicity.check.notes import remarks
from publicity.check.release.revisions import revisions_in
from publicity.edit.drafts import RefusedError
from publicity.labels.sentences import text_of
from publicity.problems import ContentError
from publicity.read.files.media import MEDIA, medium_problems

LARGEST = 20_000_000
_LONGEST_STEM = 60
_SAME_KIND = {".jfif": ".jpg", ".jpe": ".jpg"}
"""Other endings by which Windows saves pictures of a web page."""


@dataclass(frozen=True)
class Brought:
    """A file that may be published: what it was called, its name beside an entry, and what a person must look at in it."""

    title: str
    stem: str
    suffix: str
    content: bytes
    remark: str

    def name_among(self, taken: Mapping[str, bytes | None], home: str) -> str:
        """A path in the folder `home` that is free, or holds the same file."""
        path = f"{home}/{self.stem}{self.suffix}"
        number = 1
        while path in taken and taken[path] != self.content:
            number += 1
            path = f"{home}/{self.stem}-{number}{self.suffix}"
        return path


def brought(filename: str, content: bytes, slug: str) -> Brought:
    """A file as it was brought for an entry.

    Raises:
        RefusedError: nobody publishes such files.
        ContentError: its content is not what its name says, or cannot be published.
    """
    title, suffix = posixpath.splitext(filename.replace("\\", "/").rpartition("/")[2])
    suffix = _SAME_KIND.get(suffix.lower(), suffix.lower())
    if suffix not in MEDIA:
        raise RefusedError("bad-file")
    if len(content) > LARGEST:
        raise RefusedError("big-file")
    stem = _stem_beside(slug, title)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{stem}{suffix}"
        file.write_bytes(content)
        if problems := medium_problems(file, filename):
            raise ContentError(problems)
        told = (*revisions_in(file, filename), *remarks(file, filename))
        return Brought(title, stem, suffix, content, " ".join(map(text_of, told)))


def _stem_beside(slug: str, title: str) -> str:
    """What a file is called beside an entry: by this entry, for drafts know nothing of each other, and 640.png is the name of many."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST_STEM].strip("-")
    return plain if f"{plain}-".startswith(f"{slug}-") else f"{slug}-{plain}".strip("-")
