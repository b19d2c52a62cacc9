"""`manifest.sha256`: a hash of every file, in the form that `sha256sum --check` reads, to detect tampering on the server."""

import hashlib
import posixpath
from functools import partial

from publicity.finish.rendered import RenderedSite
from publicity.work.manifest import MARKER, NAME
from publicity.work.processes import spread

_MARK = "`publicity build` has made this folder, and replaces it whole.\n"


def write_manifest(site: RenderedSite) -> None:
    """Mark the site as ours and list every file of it with its SHA-256."""
    (site.folder / MARKER).write_text(_MARK, encoding="utf-8")
    paths = sorted(
        (path for path in site.paths() if posixpath.basename(path) != NAME), key=lambda path: path.split("/")
    )
    digests = spread(partial(_digest, str(site.folder)), paths)
    rows = (f"{digest}  {path}\n" for digest, path in zip(digests, paths, strict=True))
    (site.folder / NAME).write_text("".join(rows), encoding="utf-8")


def _digest(folder: str, path: str) -> str:
    with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123 - thousands of them, quickly
        return hashlib.sha256(file.read()).hexdigest()
