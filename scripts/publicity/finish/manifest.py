"""`manifest.sha256`: a hash of every file, in the form that `sha256sum --check` reads, to detect tampering on the server."""

import hashlib
from pathlib import Path

from publicity.finish.rendered import RenderedSite

NAME = "manifest.sha256"
MARKER = ".publicity"
"""Stands in every folder that a build has made: only such a one is ever replaced."""
_MARK = "`publicity build` has made this folder, and replaces it whole.\n"


def write_manifest(site: RenderedSite) -> None:
    """Mark the site as ours and list every file of it with its SHA-256."""
    (site.folder / MARKER).write_text(_MARK, encoding="utf-8")
    files = sorted(path for path in site.folder.rglob("*") if path.is_file() and path.name != NAME)
    rows = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site.folder).as_posix()}\n"
        for path in files
    )
    (site.folder / NAME).write_text("".join(rows), encoding="utf-8")


def listed(manifest: Path) -> dict[str, str]:
    """The SHA-256 of each file that a manifest lists, by its path below the site."""
    rows = (row.partition("  ") for row in manifest.read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, _, path in rows}
