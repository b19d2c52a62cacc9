"""One folder in place of another: in one step where the system can, else so that a later run can put it right."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_OLD, _PLACE = "old", "place"
_AT_FDCWD, _EXCHANGE = -100, 2
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def put_in_place(fresh: Path, out: Path, workshop: Path) -> Path | None:
    """Put a finished folder in place of `out`, which may not be there; returns where what was there is then, below `workshop`.

    Raises:
        OSError: the system refuses; `out` is as it was.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        fresh.rename(out)
        return None
    if exchange(fresh, out):
        return fresh
    # Between the two moves there is no site: `recover` finds in the workshop what it needs.
    (workshop / _PLACE).write_text(str(out), encoding="utf-8")
    out.rename(workshop / _OLD)
    fresh.rename(out)
    return workshop / _OLD


def recover(workshop: Path) -> None:
    """Put an old folder back that a killed run has moved away and not replaced, wherever it was."""
    place, old = workshop / _PLACE, workshop / _OLD
    if not old.exists() or not place.is_file():
        return
    out = Path(place.read_text(encoding="utf-8"))
    if out.parent.is_dir() and not out.exists():
        old.rename(out)


def exchange(folder: Path, other: Path) -> bool:
    """Exchange two folders of one disk in one step; False where the system cannot.

    Raises:
        OSError: it can, but refuses.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(folder), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(other))
