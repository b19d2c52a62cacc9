"""What was worked out once and need not be again: small values, kept in one file that is read and written whole."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from publicity.work.names import code_version


class Shelf:
    """Values in one file by the hash of what they were made of; plain ones, such as JSON can hold."""

    def __init__(self, file: Path) -> None:
        """Open the shelf that `file` is; an unreadable one, or one of other code, is empty."""
        self._file = file
        self._values = read_values(file)
        self._used: dict[str, Any] = {}
        self._is_new = False

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
        self._is_new = True

    def save(self) -> None:
        """Keep what has been asked for or put there since the shelf was opened. Where that cannot be written, it is worked out again."""
        if not self._is_new and len(self._used) == len(self._values):
            return
        write_values(self._file, self._used)
        self._values, self._is_new = self._used, False


def write_values(file: Path, values: dict[str, Any]) -> None:
    """Keep values in a file, in one step; where it cannot be written, nothing is kept."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"code": code_version(), "values": values}, ensure_ascii=False), encoding="utf-8")
        fresh.replace(file)


def read_values(file: Path) -> dict[str, Any]:
    """The values that this code has kept in a file; none where it is not there, or damaged."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return dict(kept["values"]) if kept["code"] == code_version() else {}
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return {}
