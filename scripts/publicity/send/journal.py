"""The journal of a list: what was tried and what came of it, on the disk before the next step is taken (ADR 0026).

A line is a JSON object. `try` is written once the server has taken the reader's address and before it gets the letter; `sent`, `refused`
or `later` when it has answered. A `try` that nothing follows is an unknown: the run, or the line, broke off in between.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from publicity.problems import ContentError, Problem, UsageError

State = Literal["try", "sent", "refused", "later"]
_FORMAT = 1


@dataclass(frozen=True)
class Fate:
    """The last that is known of a letter to a reader."""

    state: State
    at: str
    """When, in ISO 8601."""
    reply: str = ""
    """What the server said, without the address."""


@dataclass
class Journal:
    """A journal that nobody else writes. Only `open_journal` makes one."""

    file: Path
    secret: bytes
    fates: dict[str, Fate] = field(default_factory=dict)
    """By token."""
    issues: dict[str, str] = field(default_factory=dict)
    """The digest of the letter that was begun first, by `region/issue`."""
    _out: int = -1

    def token(self, issue: str, address: str) -> str:
        """The name of one letter to one reader, which nobody else can guess: 20 hexadecimal digits."""
        text = f"{issue}\n{address.lower()}".encode()
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()[:20]

    def begin(self, issue: str, at: str, **values: object) -> None:
        """A run begins, of what, how, and what it overrules."""
        self.issues.setdefault(issue, str(values.get("digest", "")))
        self._append({"what": "begin", "issue": issue, "at": at, **values})

    def note(self, token: str, state: State, at: str, reply: str = "") -> None:
        """What happens to a letter. It is on the disk when this returns."""
        self._append({"what": state, "letter": token, "at": at, **({"reply": reply} if reply else {})})
        self.fates[token] = Fate(state, at, reply)

    def _append(self, row: dict[str, object]) -> None:
        data = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        while data:
            data = data[os.write(self._out, data) :]
        os.fsync(self._out)


@contextlib.contextmanager
def open_journal(file: Path) -> Iterator[Journal]:
    """A journal to write to, made where there is none; a line that a kill has torn is cut off.

    Raises:
        UsageError: another run writes it, or there is no such folder.
        ContentError: a line is none of a journal.
    """
    if not file.parent.is_dir():
        raise UsageError("no-journal-folder", folder=file.parent)
    try:
        with FileLock(f"{file}.lock", timeout=0, mode=0o600):
            journal = read_journal(file)
            journal._out = _opened(file, journal.secret)  # noqa: SLF001 - it is this module's
            try:
                yield journal
            finally:
                os.close(journal._out)  # noqa: SLF001
    except Timeout as error:
        raise UsageError("journal-in-use", file=file) from error


def read_journal(file: Path) -> Journal:
    """What a journal holds; nothing, and a new secret, where there is none.

    Raises:
        ContentError: a line is none of a journal.
    """
    rows = _whole_lines(file)
    if not rows:
        return Journal(file, secrets.token_bytes(16))
    journal = Journal(file, b"")
    for number, row in enumerate(rows, start=1):
        try:
            _take(journal, json.loads(row), first=number == 1)
        except (ValueError, TypeError, KeyError) as error:
            raise ContentError([Problem(file.as_posix(), number, "journal-line")]) from error
    return journal


def _whole_lines(file: Path) -> list[bytes]:
    """The lines that were written to their ends."""
    return file.read_bytes().split(b"\n")[:-1] if file.exists() else []


def _take(journal: Journal, row: dict[str, Any], *, first: bool) -> None:
    if first:
        if row["journal"] != _FORMAT:
            raise ValueError(row["journal"])
        journal.secret = bytes.fromhex(row["secret"])
    elif row["what"] == "begin":
        journal.issues.setdefault(row["issue"], row["digest"])
    elif row["what"] in ("try", "sent", "refused", "later"):
        journal.fates[row["letter"]] = Fate(row["what"], row["at"], row.get("reply", ""))
    else:
        raise ValueError(row["what"])


def _opened(file: Path, secret: bytes) -> int:
    """The end of a journal, behind its last whole line. A new one is on the disk, with its name in its folder."""
    out = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    whole = sum(len(row) + 1 for row in _whole_lines(file))
    os.ftruncate(out, whole)
    if not whole:
        os.write(out, json.dumps({"journal": _FORMAT, "secret": secret.hex()}).encode() + b"\n")
    os.fsync(out)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    return out
