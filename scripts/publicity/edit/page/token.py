"""The secret in the address of the editing page, kept for this machine's user: a page left open goes on after a restart."""

import os
import re
import secrets
import stat
import sys
from pathlib import Path


def kept_token(folder: Path) -> str:
    """The project's token; a new one where there is none that its user alone could read."""
    file = folder / "token"
    try:
        if _is_private(file) and re.fullmatch(r"[\w-]{32}", token := file.read_text(encoding="ascii"), re.ASCII):
            return token
    except (OSError, UnicodeDecodeError):
        pass
    token = secrets.token_urlsafe(24)
    folder.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as written:
        written.write(token)
    return token


def _is_private(file: Path) -> bool:
    status = file.lstat()
    if not stat.S_ISREG(status.st_mode):
        return False
    # Windows keeps a folder of its user from others by other means than these.
    return sys.platform == "win32" or (status.st_uid == os.getuid() and not status.st_mode & 0o077)
