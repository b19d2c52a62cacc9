"""The site's own assets: its stylesheets out of their parts, in a folder named by all it holds, so that browsers may keep it.

All that loads something beside itself does so by a relative address: an old page never meets a new part.
"""

import hashlib
import re
from pathlib import Path

from publicity.project import files_below
from publicity.stage.files.lowering import lowered
from publicity.work.manifest import content_name

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
        "pages/sitemap",
        "modes/elder",
        "modes/print",  # the modes last: they say otherwise than what stands before
    ),
    "assessment.css": (  # what only the assessment's pages need, which link it after the other
        "assessment/form",
        "assessment/bar",
        "assessment/report",
        "assessment/comparison",
        "assessment/elder",
        "assessment/print",
    ),
    "shelf.css": ("newsletter/shelf",),  # what only the newsletter's index needs, and what only its issues
    "issue.css": ("newsletter/issue",),
    "plan.css": ("pages/plan",),  # what only the home page and the progress of the plan need
    "policy.css": ("pages/policy",),  # what only official documents need
    "countries.css": ("pages/countries",),  # what only the index of country guides needs
    "charts.css": ("components/charts",),  # what only pages with such charts need
    "training.css": ("training",),  # what only the quiz needs
}
"""Each stylesheet with its parts in `docs/assets/css`; where two rules weigh the same, that of the later part counts."""

_SCRIPT_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_SIDE_COMMENT = re.compile(r"(?:(?<=[;,{}]) |^[ \t]*)// .*$", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def stylesheets(folder: Path) -> dict[str, str]:
    """The stylesheets by their file names, joined out of the parts in `folder`; comments stay behind with who reads those.

    Beside each stands the same for older browsers, `site-old.css` beside `site.css`; `old.js` fetches it there.
    """
    sheets = {
        name: _COMMENT.sub("", "\n".join((folder / f"{part}.css").read_text(encoding="utf-8") for part in parts))
        for name, parts in STYLESHEETS.items()
    }
    return sheets | {name.replace(".css", "-old.css"): lowered(sheet) for name, sheet in sheets.items()}


def scripts(folder: Path) -> dict[str, str]:
    """The scripts by their paths below `folder`, without indents and comments: those on lines of their own, and behind a statement.

    No text in them may go over several lines, which would lose its indents, too, nor hold two strokes and a space behind `;,{}`.
    """
    files = (path for path in files_below(folder) if path.endswith(".js"))
    return {path: _bare((folder / path).read_text(encoding="utf-8")) for path in files}


def _bare(script: str) -> str:
    for left_out in (_SCRIPT_COMMENT, _SIDE_COMMENT, _INDENT):
        script = left_out.sub("", script)
    return script


def assets_address(folder: Path) -> str:
    """The address of the assets on the site, from its root: `assets/<hash>/`, which whoever has its files can work out again."""
    made = stylesheets(folder / "css") | scripts(folder)
    files = {name: text.encode() for name, text in made.items()} | {
        path: (folder / path).read_bytes() for path in as_they_are(folder)
    }
    return f"assets/{content_name({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})}/"


def as_they_are(folder: Path) -> list[str]:
    """The assets that are neither stylesheets nor scripts, by their paths below `folder`."""
    return [path for path in files_below(folder) if not path.endswith((".css", ".js"))]


def version(folder: Path) -> str:
    """A short hash over all files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]
