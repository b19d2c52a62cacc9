"""What every built site bears: its manifest and its mark. They have a place of their own so that who only reads them loads no builder."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

NAME = "manifest.sha256"
MARKER = ".publicity"
"""Stands in every folder that a build has made: only such a one is ever replaced."""


def listed(manifest: Path) -> dict[str, str]:
    """The SHA-256 of each file that a manifest lists, by its path below the site.

    Raises:
        OSError, UnicodeError: it cannot be read.
    """
    rows = (row.partition("  ") for row in manifest.read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, _, path in rows}


def content_name(hashes: Mapping[str, str]) -> str:
    """What a folder is called by its files, given the SHA-256 of each by its path below it; the engine's is called so, too."""
    listing = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))
    return hashlib.sha256(listing.encode()).hexdigest()[:16]
