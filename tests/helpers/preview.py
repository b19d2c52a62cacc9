"""A running `publicity serve`."""

import contextlib
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from conftest import PUBLICITY


@dataclass
class Preview:
    """A running `publicity serve`; what it says is read line by line, so that nothing is waited for by the clock."""

    project: Path
    address: str
    said: IO[str]

    def wait(self, words: str) -> list[str]:
        """Read on until a line holds some words; returns the lines before it."""
        lines = []
        for line in self.said:
            if words in line:
                return lines
            lines.append(line)
        raise AssertionError(f"never said `{words}`:\n{''.join(lines)}")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a source."""
        file = self.project / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@contextlib.contextmanager
def start_preview(project: Path, address: str, language: str = "en") -> Iterator[Preview]:
    """Serve a project; what is said before it can be opened is left to read."""
    command = [str(PUBLICITY), "--language", language, "serve", "--address", address]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as serving:
        try:
            yield Preview(project, address, serving.stdout)
        finally:
            serving.terminate()


@contextlib.contextmanager
def open_preview(project: Path, address: str, language: str = "en") -> Iterator[Preview]:
    """Serve a project that can be opened at its address."""
    with start_preview(project, address, language) as preview:
        preview.wait(f"http://{address}/")
        yield preview


def free_address() -> str:
    """An address of this machine where nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"
