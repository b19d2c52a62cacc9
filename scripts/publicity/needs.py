"""What only some commands need: installed, locked with hashes, by the first of them that is run."""

import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from publicity.problems import UsageError

_SET_UP = Path(__file__).resolve().parents[1] / "bootstrap.py"


def install(purpose: str, *modules: str) -> None:
    """See to it that modules can be imported; `purpose` is one of bootstrap's.

    Raises:
        UsageError: they could not be installed. What the installer says stands above it.
    """
    if all(map(_is_there, modules)):
        return
    done = subprocess.run([sys.executable, str(_SET_UP), purpose], check=False)
    importlib.invalidate_caches()
    if done.returncode or not all(map(_is_there, modules)):
        raise UsageError("not-installed", purpose=purpose)


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # what it lies in is not there
        return False
