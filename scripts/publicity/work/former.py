"""A folder that another has replaced: files that the next one holds again are moved there, which is sooner done than to write them.

Making a file takes a disk longer than moving one, and what is not made need not be removed later. What a file holds is proven by
reading it: neither its time nor the list that names it is trusted.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path


class Former:
    """The files of a folder by their SHA-256; each is moved once at most."""

    def __init__(self, folder: Path, listed: Mapping[str, str]) -> None:
        """`listed` are the digests by path; they need not be true any more."""
        self._files = {digest: f"{folder}/{path}" for path, digest in listed.items()}

    def place(self, target: Path, content: bytes) -> str:
        """Let `target`, where nothing lies, hold some content; returns its digest."""
        digest = hashlib.sha256(content).hexdigest()
        if not self.moved(digest, target):
            target.write_bytes(content)
        return digest

    def moved(self, digest: str, target: Path) -> bool:
        """Move a file of this digest to `target`, where nothing lies; whether there was one. What is listed falsely goes."""
        file = self._files.pop(digest, None)
        if file is None:
            return False
        try:
            os.rename(file, target)  # noqa: PTH104 - thousands of them, quickly
        except OSError:
            return False
        with contextlib.suppress(OSError):
            if _digest_of(target) == digest:
                _make_new(target)
                return True
        target.unlink()
        return False


NOTHING = Former(Path(), {})


def _digest_of(file: Path) -> str | None:
    """What a plain file holds that has no other name, under which it might be changed."""
    state = file.lstat()
    if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
        return None
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _make_new(file: Path) -> None:
    """Let a file be as if it were written now: who copies only what is newer must not miss it.

    Raises:
        OSError: it belongs to somebody else.
    """
    file.chmod(0o644)
    os.utime(file)
