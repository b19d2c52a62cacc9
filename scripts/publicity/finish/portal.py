"""The files of a host portal's frame: `assets/portal/<hash>/`."""

import shutil

from publicity.finish.rendered import RenderedSite
from publicity.read.portal.frame import FOLDER


def write_portal(site: RenderedSite) -> None:
    """Write the frame's styles, and copy the pictures and fonts that it names."""
    portal = site.column.portal
    if portal is None:
        return
    folder = site.folder / "assets" / FOLDER / portal.version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "portal.css").write_text(portal.styles, encoding="utf-8")
    for name, file in site.prepared.portal_files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / name)
