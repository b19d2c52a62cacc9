"""What known_hosts holds of a server: of which kinds its keys there are.

A server shows one key of several, of the kind that it is asked for; rclone asks for another kind than `ssh` did when the key was noted.
"""

import base64
import binascii
import fnmatch
import hashlib
import hmac
from pathlib import Path

_ALSO = {"ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa")}
"""The ways of signing with a key of a kind, where there are others than the one that bears its name."""


def key_kinds(file: Path, host: str, port: int) -> list[str]:
    """The kinds that a server is to be asked for, as they are noted; none where nothing is known of it, or certificates vouch for it."""
    name = host.lower() if port == 22 else f"[{host.lower()}]:{port}"
    kinds: dict[str, None] = {}
    for row in file.read_text(encoding="utf-8", errors="replace").splitlines():
        words = row.split()
        marker = words.pop(0) if words and words[0].startswith("@") else ""
        if len(words) < 3 or row.lstrip().startswith("#") or not _names(words[0], name):
            continue
        if marker == "@cert-authority":
            return []
        if not marker:
            kinds |= dict.fromkeys(_ALSO.get(words[1], (words[1],)))
    return [*kinds]


def _names(written: str, name: str) -> bool:
    """Whether the first field of a line means a server: hashed, or as patterns, of which one that begins with `!` excludes it."""
    if written.startswith("|1|"):
        try:
            salt, hashed = map(base64.b64decode, written[3:].split("|"))
        except (ValueError, binascii.Error):
            return False
        return hmac.digest(salt, name.encode(), hashlib.sha1) == hashed
    patterns = [pattern.replace("[", "[[]") for pattern in written.lower().split(",")]
    found = [pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern.lstrip("!"))]
    return bool(found) and not any(pattern.startswith("!") for pattern in found)
