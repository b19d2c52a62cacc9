"""A file before and after its mends: how the difference is shown, and how it is written."""

import difflib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publicity.read.characters import is_clean
from publicity.read.files.encodings import decoded, with_plain_ends
from publicity.read.files.plain import read_plain_file
from scoring.words import printable


@dataclass(frozen=True)
class Change:
    """What becomes of a file; `encoding` is the one that it had, where that was not UTF-8."""

    path: Path
    name: str
    before: bytes
    after: bytes
    encoding: str = ""

    def difference(self) -> Iterator[str]:
        """The lines of a unified diff; none where the encoding alone changes."""
        old, new = (with_plain_ends(decoded(data)[0] or "").splitlines() for data in (self.before, self.after))
        for line in difflib.unified_diff(old, new, self.name, self.name, lineterm=""):
            yield line if is_clean(line) else printable(line)


def write(change: Change) -> None:
    """Put a file in the place of the old one in one step, with its permissions; not where it has changed since it was read.

    Raises:
        OSError: it cannot be written; the old one is as it was.
    """
    if read_plain_file(change.path, change.name)[0] != change.before:
        return
    handle, name = tempfile.mkstemp(dir=change.path.parent, prefix=f".{change.path.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle is no path
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(change.path.stat().st_mode & 0o7777)
        os.replace(name, change.path)  # noqa: PTH105 - as short
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
