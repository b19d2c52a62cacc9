"""`manifest.sha256`: a hash of every file, in the form that `sha256sum --check` reads, to detect tampering on the server."""

import hashlib
from pathlib import Path

from publicity.prepare import Prepared

NAME = "manifest.sha256"


def write_manifest(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """List every file of the site with its SHA-256."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != NAME)
    rows = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}\n" for path in files)
    (site / NAME).write_text("".join(rows), encoding="utf-8")
