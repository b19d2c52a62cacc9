"""What a run has sent to a server, noted on this machine, so that one that is broken off need not send it again."""

import secrets
from pathlib import Path


class Journal:
    """The notes of a run, under the name that its mark there has."""

    def __init__(self, file: Path) -> None:
        self._file = file
        rows = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        self.run = rows[0] if rows else ""
        self.arrived = {path: digest for digest, _, path in (row.partition("  ") for row in rows[1:])}
        """The SHA-256 of what has arrived, by its path."""

    def begin(self) -> None:
        """A run that has sent nothing; marks of one that was broken off here are its own, too."""
        self.run, self.arrived = self.run or secrets.token_hex(8), {}
        self._file.write_text(f"{self.run}\n", encoding="utf-8")

    def note(self, path: str, digest: str) -> None:
        """A file has arrived."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{digest}  {path}\n")

    def end(self) -> None:
        """All has arrived."""
        self._file.unlink(missing_ok=True)
