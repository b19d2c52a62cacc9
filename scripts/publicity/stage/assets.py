"""The site's own assets: one stylesheet out of its parts, and a version that lets browsers keep them."""

import hashlib
from pathlib import Path


def stylesheet(folder: Path) -> str:
    """The parts in `docs/assets/css`, joined in the order of their names."""
    return "\n".join(part.read_text(encoding="utf-8") for part in sorted(folder.glob("*.css")))


def version(folder: Path) -> str:
    """A short hash over all assets, for the query of their addresses."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]
