"""The scoring engine's folder, named by its content, beside the pages."""

import shutil

from publicity.finish.rendered import RenderedSite


def copy_engine(site: RenderedSite) -> None:
    """Copy the bundle to `engine/<hash>/`."""
    target = site.folder / "engine" / site.prepared.engine.name
    if not target.exists():
        shutil.copytree(site.prepared.engine, target)
