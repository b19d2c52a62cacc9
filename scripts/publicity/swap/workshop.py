"""Where a site is made before it is put in place, and what killed runs have left there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from publicity.swap.exchange import recover

_PREFIX = "making-"
_OPENING = "workshop.lock"


@contextmanager
def workshop(build: Path, out: Path) -> Iterator[Path]:
    """A folder to make a site for `out` in, where it can be moved from in one step: in `build/`, or beside `out` on its own disk.

    What killed runs have left in such places is put right first. The lock tells what belongs to a run that goes on.
    """
    parent = out.parent
    while not parent.exists():
        parent = parent.parent
    same_disk = parent.stat().st_dev == build.stat().st_dev
    places = [(build, _PREFIX), (out.parent, f".{out.name}-{_PREFIX}")]
    # Another run would take a folder that has no lock yet for one that a killed run has left.
    with FileLock(build / _OPENING):
        for place, prefix in places:
            _clear(place, prefix)
        place, prefix = places[0 if same_disk else 1]
        place.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        lock = FileLock(f"{folder}.lock")
        lock.acquire()
    try:
        yield folder
    finally:
        _remove(folder)
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Remove a folder that may hold a whole site: its folders side by side, since the disk takes longer than we do."""
    with ThreadPoolExecutor() as threads:
        for _ in threads.map(partial(shutil.rmtree, ignore_errors=True), folder.glob("*/*/")):
            pass
    shutil.rmtree(folder, ignore_errors=True)


def _clear(place: Path, prefix: str) -> None:
    """Put right what killed runs have left: an old site that waits to be put back goes back, the rest goes."""
    for folder in sorted(place.glob(f"{prefix}*")):
        if folder.suffix == ".lock" or not folder.is_dir():
            continue
        try:
            with FileLock(f"{folder}.lock", timeout=0):
                recover(folder)
                _remove(folder)
        except Timeout:
            continue  # its run goes on
        Path(f"{folder}.lock").unlink(missing_ok=True)
    for lock in place.glob(f"{prefix}*.lock"):
        if not lock.with_suffix("").exists():
            lock.unlink(missing_ok=True)


def open_to_servers(site: Path) -> dict[str, int]:
    """Let a web server read everything, whatever this user's umask; returns the size of every file by its path."""
    sizes = {}
    ahead = [str(site)]
    while ahead:
        folder = ahead.pop()
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 - thousands of them, quickly; all of it is public
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                ahead.append(entry.path)
                continue
            found = entry.stat()
            sizes[entry.path] = found.st_size
            if found.st_mode & 0o777 != 0o644:
                os.chmod(entry.path, 0o644)  # noqa: PTH101
    return sizes
