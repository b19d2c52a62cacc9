"""Where a site is made before it is put in place, and what killed runs have left there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from publicity.swap.exchange import recover

_PREFIX = "making-"


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
    for place, prefix in places:
        _clear(place, prefix, out)
    place, prefix = places[0 if same_disk else 1]
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    lock = Path(f"{folder}.lock")
    try:
        with FileLock(lock):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)


def _clear(place: Path, prefix: str, out: Path) -> None:
    """Put right what killed runs have left: an old site that waits to be put back goes back, the rest goes."""
    for folder in sorted(place.glob(f"{prefix}*")):
        if folder.suffix == ".lock" or not folder.is_dir():
            continue
        try:
            with FileLock(f"{folder}.lock", timeout=0):
                recover(folder, out)
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            continue  # its run goes on
        Path(f"{folder}.lock").unlink(missing_ok=True)
    for lock in place.glob(f"{prefix}*.lock"):
        if not lock.with_suffix("").exists():
            lock.unlink(missing_ok=True)


def open_to_servers(site: Path) -> None:
    """Let a web server read everything, whatever this user's umask."""
    for folder, _, names in os.walk(site):
        Path(folder).chmod(0o755)
        for name in names:
            (Path(folder) / name).chmod(0o644)
