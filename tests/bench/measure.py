"""What a program takes: seconds, and the memory of all its processes together."""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.5  # seconds between two looks at the memory: each look stops the processes for some milliseconds


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, and the most megabytes that the process tree held at once; pages that processes share count once."""

    seconds: float
    megabytes: float


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> Taken:
    """Run a program to its end in a new process.

    Raises:
        CalledProcessError: it failed; what it said is in the message.
    """
    start = time.perf_counter()
    with started(*command, cwd=cwd, environment=environment) as process:
        root, peak = psutil.Process(process.pid), 0
        reader = threading.Thread(target=process.wait)
        reader.start()
        while reader.is_alive():
            peak = max(peak, _memory(root))
            reader.join(INTERVAL)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Taken(seconds, peak / 1e6)


@contextlib.contextmanager
def started(
    *command: str | Path, cwd: Path, environment: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program running, ended with the block; what it says goes to `bench.log` in its folder."""
    with (cwd / "bench.log").open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _memory(root: psutil.Process) -> int:
    """Bytes of memory of a process and those below it, as far as they are still there: each one's share of what they share."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        for process in (root, *root.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += process.memory_full_info().pss
    return total
