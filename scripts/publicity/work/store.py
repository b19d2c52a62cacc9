"""Larger values than those of a `Shelf`, each read by itself; in an SQLite database."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_MANY = 500
"""Values that are asked for at once."""


class Store:
    """Rows of values by name. Whatever fails, nothing is known, and nothing more is kept: all of it can be worked out again."""

    def __init__(self, file: Path, columns: Iterable[str]) -> None:
        """Open the store that `file` is, or begin it."""
        self._places = ", ".join("?" for _ in ("name", *columns))
        self._used: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(OSError, sqlite3.Error):
            self._connection = _opened(file, ("name", *columns))

    def get(self, names: Iterable[str], *columns: str) -> Iterator[tuple[Any, ...]]:
        """Some columns of the rows that are known of some names, each with its name first."""
        wanted = list(names)
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            for row in self._rows(some, columns):
                self._used.add(row[0])
                yield row

    def put(self, name: str, *values: object) -> None:
        """Put a row there."""
        self._used.add(name)
        if self._connection:
            try:
                self._connection.execute(f"INSERT OR REPLACE INTO kept VALUES ({self._places})", (name, *values))  # noqa: S608
            except sqlite3.Error:  # another build is writing, say; asking again for every page would take long
                self._connection.close()
                self._connection = None

    def close(self) -> None:
        """Keep what was put there, and forget what nobody has asked for."""
        if self._connection:
            with contextlib.suppress(sqlite3.Error):
                stale = [
                    (name,) for (name,) in self._connection.execute("SELECT name FROM kept") if name not in self._used
                ]
                self._connection.executemany("DELETE FROM kept WHERE name = ?", stale)
                self._connection.commit()
            self._connection.close()
            self._connection = None

    def _rows(self, names: list[str], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        places = ", ".join("?" for _ in names)
        try:
            query = f"SELECT {', '.join(('name', *columns))} FROM kept WHERE name IN ({places})"  # noqa: S608 - names of ours
            return self._connection.execute(query, names).fetchall()
        except sqlite3.Error:
            return []


def _opened(file: Path, columns: tuple[str, ...]) -> sqlite3.Connection:
    """A database with the one table; one that is damaged, or has other columns, is begun anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _table(file, columns)
    except sqlite3.OperationalError:  # another build has it
        raise
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        return _table(file, columns)


def _table(file: Path, columns: tuple[str, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=1)
    first, *others = columns
    connection.execute(f"CREATE TABLE IF NOT EXISTS kept ({first} TEXT PRIMARY KEY, {', '.join(others)})")
    if tuple(row[1] for row in connection.execute("PRAGMA table_info(kept)")) != columns:
        connection.close()
        raise sqlite3.DatabaseError(f"{file}: other columns")
    return connection
