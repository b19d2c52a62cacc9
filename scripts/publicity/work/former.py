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
        """Move a file of this digest to `target`, where nothing lies; whether there was one."""
        file = self._files.pop(digest, None)
        if file is not None:
            with contextlib.suppress(OSError):
                if _is_sound(file, digest):
                    _move(file, str(target))
                    return True
        return False


NOTHING = Former(Path(), {})


def _is_sound(file: str, digest: str) -> bool:
    """Whether a file holds what it is listed with, and has no other name under which it might be changed; it is as if written now.

    Raises:
        OSError: it cannot be read, or belongs to somebody else.
    """
    state = os.lstat(file)
    if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
        return False
    with open(file, "rb", buffering=0) as content:
        if hashlib.sha256(content.readall()).hexdigest() != digest:
            return False
    if stat.S_IMODE(state.st_mode) != 0o644:
        os.chmod(file, 0o644)
    os.utime(file)  # who copies only what is newer must not miss it
    return True


def _move(file: str, target: str) -> None:
    """Move a file, with its folder where nothing else lies in it: most pages have one to themselves.

    Raises:
        OSError: it cannot be moved.
    """
    (folder, name), (goal, wanted) = os.path.split(file), os.path.split(target)
    alone = name == wanted and not os.path.lexists(goal) and os.listdir(folder) == [name]
    if alone and not os.path.islink(folder):
        file, target, goal = folder, goal, os.path.dirname(goal)
    if not os.path.isdir(goal):
        os.makedirs(goal)
    os.rename(file, target)
