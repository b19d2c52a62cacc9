"""The search index, made by Pagefind from the finished pages: one per language, loaded in small pieces."""

import subprocess
import sys
from pathlib import Path

from publicity.prepare import Prepared
from publicity.problems import BuildError


def index_site(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """Write `pagefind/`.

    Raises:
        BuildError: Pagefind failed.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", "pagefind", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise BuildError(f"the search index could not be made: {done.stdout}{done.stderr}".strip())
    # Pagefind's ready-made interfaces are not used here.
    for name in (
        "pagefind-ui.js",
        "pagefind-ui.css",
        "pagefind-modular-ui.js",
        "pagefind-modular-ui.css",
        "pagefind-highlight.js",
        "pagefind-component-ui.js",
        "pagefind-component-ui.css",
    ):
        (site / "pagefind" / name).unlink(missing_ok=True)
