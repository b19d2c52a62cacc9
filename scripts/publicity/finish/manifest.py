"""`manifest.sha256`: a hash of every file, in the form that `sha256sum --check` reads, to detect tampering on the server."""

import hashlib

from publicity.finish.rendered import RenderedSite

NAME = "manifest.sha256"


def write_manifest(site: RenderedSite) -> None:
    """List every file of the site with its SHA-256."""
    files = sorted(path for path in site.folder.rglob("*") if path.is_file() and path.name != NAME)
    rows = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site.folder).as_posix()}\n"
        for path in files
    )
    (site.folder / NAME).write_text("".join(rows), encoding="utf-8")
