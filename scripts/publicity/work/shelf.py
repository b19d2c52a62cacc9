"""What was worked out once and need not be again: small values, kept in one file that is read and written whole."""

import contextlib
import json
import os
from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from publicity.work.names import code_version

FEW = 0.01
"""The share of a shelf that is sooner worked out again than all of it is written, or read again."""

_BROKEN_NAMES = "surrogatepass"
"""A file's name, which values may stand under, need not be text."""


class Shelf:
    """Plain values, such as JSON can hold, in one file by name: a hash of what each was made of, or one beside which that hash is kept."""

    def __init__(self, file: Path) -> None:
        """The shelf that `file` is, which is read when it is asked; an unreadable one, or one of other code, is empty."""
        self.file = file
        self._used: dict[str, Any] = {}
        self._new: set[str] = set()
        self._needed: set[str] = set()

    @cached_property
    def _values(self) -> dict[str, Any]:
        return read_values(self.file)

    def get(self, name: str) -> Any:  # noqa: ANN401 - as it was put
        """A value by its name; None where it is not known."""
        if name in self._used:
            return self._used[name]
        value = self._values.get(name)
        if value is not None:
            self._used[name] = value
        return value

    def put(self, name: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold, but None
        """Put a value there."""
        self._used[name] = value
        self._new.add(name)

    def need(self, name: str) -> None:
        """Go on keeping a value that is known without asking."""
        self._needed.add(name)

    def save(self) -> None:
        """Keep what has been asked for or put there since the shelf was opened, and forget the rest.

        Where that is a few values more or less, or cannot be written, they are worked out again.
        """
        is_read = "_values" in vars(self)
        stale = self._values.keys() - self._used - self._needed if is_read else ()
        if len(self._new) + len(stale) > FEW * len(self._used.keys() | self._needed):
            self._used = {name: self._values[name] for name in self._needed & self._values.keys()} | self._used
            write_values(self.file, self._used)
            self._values, self._new = self._used, set()


def write_values(file: Path, values: dict[str, Any]) -> None:
    """Keep values in a file, in one step; where it cannot be written, nothing is kept."""
    write_rows(file, [values])


def read_values(file: Path) -> dict[str, Any]:
    """The values that this code has kept in a file; none where it is not there, or damaged."""
    rows = read_rows(file)
    return rows[0] if rows and isinstance(rows[0], dict) else {}


def write_rows(file: Path, rows: Iterable[Any]) -> None:
    """Keep rows of values in a file, in one step, and none of them in memory; where it cannot be written, nothing is kept."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with fresh.open("w", encoding="utf-8", errors=_BROKEN_NAMES, newline="\n") as lines:
                for row in chain([code_version()], rows):
                    lines.write(f"{json.dumps(row, ensure_ascii=False)}\n")
                lines.write(json.dumps(code_version()))  # what breaks off before is nothing
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)


def read_rows(file: Path) -> list[Any]:
    """The rows that this code has kept in a file; none where it is not there, or damaged."""
    try:
        with file.open(encoding="utf-8", errors=_BROKEN_NAMES, newline="\n") as lines:
            if json.loads(next(lines, "null")) != code_version():
                return []
            *rows, end = map(json.loads, lines)
        return rows if end == code_version() else []
    except (OSError, ValueError, RecursionError):
        return []
