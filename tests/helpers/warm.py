"""Commands run by a process that has loaded the program before: a new process each time, without the second that loading takes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


class WarmCommand:
    """The command line, loaded once; see `warm_server.py`."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("warm_server.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._answer() == "ready"

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command in a folder, with nothing to read from."""
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            files = {"out": out.name, "err": err.name}
            wish = {"arguments": arguments, "folder": str(folder), "environment": dict(environment), **files}
            assert self._server.stdin is not None
            print(json.dumps(wish), file=self._server.stdin, flush=True)
            status = int(self._answer())
            said, complained = (Path(file.name).read_text(encoding="utf-8") for file in (out, err))
        return subprocess.CompletedProcess(["publicity", *arguments], status, said, complained)

    def end(self) -> None:
        """Let it go."""
        self._server.communicate()

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().strip()
