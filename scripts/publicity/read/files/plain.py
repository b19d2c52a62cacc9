"""How files are opened: only plain ones that lie where their path says, and no more of them than may be published.

A link would publish what lies elsewhere on the machine; a pipe would be waited for, and a device never ends.
"""

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from publicity.problems import Problem

MEGABYTE = 1_000_000
_GRAIN = 3_000_000_000  # nanoseconds: some file systems count the time in steps of two seconds
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".woff2"})
ATTACHMENTS = frozenset(
    [".pdf", ".ofd", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".zip", ".mp3", ".mp4"]
)
"""Files to take away, to watch and to listen to, by their endings."""


def most_megabytes(path: Path) -> int:
    """How big a file may be, by its kind: a Markdown file, an attachment, a picture or font, any other data."""
    kind = path.suffix.lower()
    return 1 if kind == ".md" else 100 if kind in ATTACHMENTS else 10 if kind in PICTURES else 2


def file_fault(path: Path, name: str) -> Problem | None:
    """What is wrong with a file or a folder before it is opened; `name` is its path as shown to people."""
    try:
        status = path.lstat()
    except (OSError, ValueError) as error:
        return _unreadable(name, error)
    return _fault(status, path, name)


_instead: dict[Path, bytes] = {}


@contextlib.contextmanager
def reading_instead(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Files that are there read as if they held something else: what would be found if it were written."""
    before = dict(_instead)
    _instead.update(files)
    try:
        yield
    finally:
        _instead.clear()
        _instead.update(before)


def read_plain_file(path: Path, name: str, most: int | None = None) -> tuple[bytes | None, list[Problem]]:
    """What a file holds, or its first `most` bytes; `name` is its path as shown to people."""
    if fault := file_fault(path, name):
        return None, [fault]
    if path in _instead:
        return _instead[path], []
    try:
        with open_file(path) as file:
            if fault := _fault(os.fstat(file.fileno()), path, name):
                return None, [fault]
            return file.read(most or most_megabytes(path) * MEGABYTE), []
    except OSError as error:
        return None, [_unreadable(name, error)]


def state_of(path: Path) -> tuple[int, ...] | None:
    """What tells that a file is as it was; None where it was changed so lately that another change might not show."""
    try:
        status = path.lstat()
    except (OSError, ValueError):
        return None
    times = status.st_mtime_ns, status.st_ctime_ns
    if path in _instead or time.time_ns() - max(times) < _GRAIN:
        return None
    return (*times, status.st_size, status.st_ino, status.st_dev, status.st_mode)


def open_file(path: Path) -> BinaryIO:
    """A file that was a plain one; should it have become something else since, nothing is followed or waited for.

    Raises:
        OSError: it cannot be opened.
    """
    return open(os.open(path, _FLAGS), "rb")  # noqa: PTH123 - pathlib has no flags; the caller closes it


_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)


def _fault(status: os.stat_result, path: Path, name: str) -> Problem | None:
    if stat.S_ISDIR(status.st_mode):
        return None
    if stat.S_ISLNK(status.st_mode):
        return Problem(name, 1, "is-link")
    if not stat.S_ISREG(status.st_mode):
        return Problem(name, 1, "no-plain-file")
    if status.st_size > (most := most_megabytes(path)) * MEGABYTE:
        return Problem(name, 1, "file-too-big", {"size": f"{status.st_size / MEGABYTE:.1f}", "most": most})
    return None


def _unreadable(name: str, error: OSError | ValueError) -> Problem:
    return Problem(name, 1, "unreadable", {"why": getattr(error, "strerror", None) or str(error)})
