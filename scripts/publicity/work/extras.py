"""Packages that only some commands need: locked with hashes like all others, and installed by the first command that needs them."""

import importlib
import importlib.metadata
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import click
import filelock
from packaging.markers import Marker

from publicity.labels.sentences import outcome
from publicity.problems import BuildError

GENERATOR = Path(__file__).resolve().parents[3]
"""The checkout that this program runs from."""
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?", re.MULTILINE)


@cache
def need(extra: str) -> None:
    """See that the packages of `requirements-<extra>.txt` are there in their locked versions; one line says when they are installed.

    Raises:
        BuildError: they could not be had.
    """
    lock = GENERATOR / f"requirements-{extra}.txt"
    if is_installed(lock):
        return
    with filelock.FileLock(Path(sys.prefix) / f".{lock.name}.lock"):  # regions of a province are built side by side
        importlib.invalidate_caches()
        if not is_installed(lock):
            _install(lock)


def is_installed(lock: Path) -> bool:
    """Whether the packages of a lock are there in their versions."""
    return all(map(_is_installed, *zip(*_pinned(lock), strict=True)))


def _install(lock: Path) -> None:
    click.echo(outcome("installing-packages", lock=lock.name), err=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--require-hashes"]
    done = subprocess.run([*pip, "-r", str(lock)], capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise BuildError("packages-not-installed", lock=lock.name, said=" ".join(last))
    importlib.invalidate_caches()


def _pinned(lock: Path) -> list[tuple[str, str]]:
    rows = _PINNED.findall(lock.read_text(encoding="utf-8"))
    return [(name, version) for name, version, marker in rows if not marker or Marker(marker.strip()).evaluate()]


def _is_installed(name: str, version: str) -> bool:
    try:
        return importlib.metadata.version(name) == version
    except importlib.metadata.PackageNotFoundError:
        return False
