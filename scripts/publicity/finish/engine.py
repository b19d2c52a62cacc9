"""The scoring engine's folder, named by its content, beside the pages."""

import shutil
from pathlib import Path

from publicity.prepare import Prepared


def copy_engine(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """Copy the bundle to `engine/<hash>/`."""
    target = site / "engine" / prepared.engine.name
    if not target.exists():
        shutil.copytree(prepared.engine, target)
