"""The files of a host portal's frame: `assets/portal/`."""

import shutil
from pathlib import Path

from publicity.prepare import Prepared
from publicity.read.portal import FOLDER


def write_portal(prepared: Prepared, site: Path, site_url: str | None) -> None:  # noqa: ARG001
    """Write the frame's styles, and copy the pictures and fonts that it names."""
    portal = prepared.column.portal
    if portal is None:
        return
    folder = site / "assets" / FOLDER
    folder.mkdir(parents=True)
    (folder / "portal.css").write_text(portal.styles, encoding="utf-8")
    for name, file in prepared.portal_files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / name)
