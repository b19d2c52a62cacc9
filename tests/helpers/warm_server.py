"""Loads the program and splits itself for each command that it is told, a line of JSON each; says the status of each that has ended.

It only loads: whatever a command remembers, the next one does not know. The builds that a publication starts are split off here, too,
and not by the command, which is no fresh process any more.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from publicity.cli import main
from publicity.publish import committed

for _name in ("build", "prepare", "finish", "publish.command", "publish.report", "publish.remote"):
    importlib.import_module(f"publicity.{_name}")


class _Builds:
    """Stands for `subprocess` where a publication starts a build."""

    def __init__(self, ask: IO[str], answer: IO[str]) -> None:
        self._ask, self._answer = ask, answer

    def run(self, command: list[str], cwd: Path, env: dict[str, str], **options: Any) -> Any:
        """As `subprocess.run`; a build of this very program is asked for."""
        if env.get("PYTHONPATH") != os.environ.get("PYTHONPATH"):  # a committed generator
            return subprocess.run(command, cwd=cwd, env=env, **options)
        assert command[1:3] == ["-P", "-c"]
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            wish = {"arguments": command[4:], "folder": str(cwd), "environment": env, "out": out.name, "err": err.name}
            print(json.dumps(wish), file=self._ask, flush=True)
            status = int(self._answer.readline())
            said, complained = (Path(file.name).read_text(encoding="utf-8") for file in (out, err))
        return subprocess.CompletedProcess(command, status, said, complained)


def run(arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> int:
    """Run a command in a process of its own; returns its status."""
    asked, ask = os.pipe()
    heard, answer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(asked)
        os.close(answer)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        for number, name in enumerate((os.devnull, out, err)):
            os.dup2(os.open(name, os.O_RDWR), number)
        sys.argv = ["publicity", *arguments]
        with os.fdopen(ask, "w") as asks, os.fdopen(heard) as answers:
            committed.subprocess = _Builds(asks, answers)  # type: ignore[assignment]
            main()
        sys.exit()
    os.close(ask)
    os.close(heard)
    with os.fdopen(asked) as wishes, os.fdopen(answer, "w") as answers:
        for wish in wishes:
            print(run(**json.loads(wish)), file=answers, flush=True)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    print("ready", flush=True)
    for line in sys.stdin:
        print(run(**json.loads(line)), flush=True)
