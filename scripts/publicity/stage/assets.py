"""The site's own assets: its stylesheets out of their parts, and a version that lets browsers keep them."""

import hashlib
import re
from pathlib import Path

STYLESHEETS: dict[str, tuple[str, ...]] = {
    "site.css": (
        "tokens",
        "base",
        "frame",
        "components",
        "components/tools",
        "components/media",
        "pages/document",
        "pages/interpretation",
        "pages/home",
        "pages/collections",
        "pages/search",
        "pages/newsletter",
        "pages/sitemap",
        "modes/elder",
        "modes/print",  # the modes last: they say otherwise than what stands before
    ),
    "assessment.css": (  # what only the assessment's pages need, which link it after the other
        "assessment/form",
        "assessment/report",
        "assessment/elder",
        "assessment/print",
    ),
}
"""Each stylesheet with its parts in `docs/assets/css`; where two rules weigh the same, that of the later part counts."""

_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def stylesheets(folder: Path) -> dict[str, str]:
    """The stylesheets by their file names, joined out of the parts in `folder`; comments stay behind with who reads those."""
    return {
        name: _COMMENT.sub("", "\n".join((folder / f"{part}.css").read_text(encoding="utf-8") for part in parts))
        for name, parts in STYLESHEETS.items()
    }


def version(folder: Path) -> str:
    """A short hash over all assets, for the query of their addresses."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]
