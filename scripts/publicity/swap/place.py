"""Where a site may be put: a build replaces the whole folder, so it must be ours and hold nothing of others."""

import os
from collections.abc import Collection
from pathlib import Path

from publicity.problems import UsageError
from publicity.project import Project, all_below
from publicity.work.manifest import MARKER, NAME, listed

_MOST_NAMED = 12


def site_folder(project: Project, out: Path | None) -> Path:
    """Where a build may go, the project's `site/` unless `out` says otherwise.

    Raises:
        UsageError: a build replaces the whole folder, and this one holds sources or files of others.
    """
    target = (project.site if out is None else out).resolve()
    if out is not None:
        _check_place(project, out, target)
    manifest = target / NAME
    if target.exists() and (manifest.is_file() or out is not None):
        known = {*listed(manifest), NAME} if manifest.is_file() else set()
        if unknown_files := sorted({*all_below(target)} - known):
            named = tuple(unknown_files[:_MOST_NAMED])
            raise UsageError("out-holds-files", out=out or target, count=len(unknown_files), files=named)
    return target


def overview_folder(project: Project, out: Path | None, files: Collection[str]) -> Path:
    """Where the sites of all regions may go, with these files of their overview; `build/province/` unless `out` says otherwise.

    Raises:
        UsageError: it is no place for sites, or files of others lie where the overview must go.
    """
    if out is None:
        return (project.build / "province").resolve()
    target = out.resolve()
    _check_sources(project, out, target)
    found = tuple(name for name in files if os.path.lexists(target / name))
    if found and not (target / MARKER).is_file():
        raise UsageError("out-holds-overview", out=out, files=found, marker=MARKER)
    return target


def _check_place(project: Project, out: Path, target: Path) -> None:
    """Refuse a folder that is no place for a site, or that no build of ours has made."""
    _check_sources(project, out, target)
    if target.exists() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise UsageError("out-not-ours", out=out, marker=MARKER)


def _check_sources(project: Project, out: Path, target: Path) -> None:
    """Refuse what is no folder, or holds the project or its sources."""
    if str(out) in ("", ".") or project.root.is_relative_to(target):
        raise UsageError("out-holds-project", out=out)
    if target.is_relative_to(project.root):
        first = target.relative_to(project.root).parts[0]
        folder = project.root / first
        if first not in ("site", "build") and folder.exists() and not (folder / MARKER).is_file():
            raise UsageError("out-among-sources", out=out, folder=first)
    if target.is_file():
        raise UsageError("out-no-folder", out=out)
