"""The whole way from content to a published folder."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from publicity.problems import UsageError
from publicity.project import Project
from publicity.render.site import render


@dataclass(frozen=True)
class BuildSummary:
    """What a build made."""

    out: Path
    pages: int
    languages: int
    files: int
    size: int
    seconds: float
    address: str | None
    """Where the site will lie, as far as that is known."""


def site_folder(project: Project, out: Path | None) -> Path:
    """Where a build may go, the project's `site/` unless `out` says otherwise.

    Raises:
        UsageError: a build replaces the whole folder, and this one holds sources or strangers' files.
    """
    if out is None:
        return project.site
    target = out.resolve()
    if str(out) in ("", ".") or project.root.is_relative_to(target):
        raise UsageError("out-holds-project", out=out)
    if target.is_relative_to(project.root):
        first = target.relative_to(project.root).parts[0]
        if first not in ("site", "build") and (project.root / first).exists() and not _is_site(project.root / first):
            raise UsageError("out-among-sources", out=out, folder=first)
    if target.is_file():
        raise UsageError("out-no-folder", out=out)
    if target.exists() and any(target.iterdir()) and not _is_site(target):
        raise UsageError("out-holds-files", out=out)
    return target


def _is_site(folder: Path) -> bool:
    return (folder / "manifest.sha256").is_file()


def build_site(project: Project, region: str, out: Path, site_url: str | None = None) -> BuildSummary:
    """Build a region and put the result in place of `out`; when anything fails, `out` stays as it was.

    Raises:
        ContentError, UsageError, BuildError: as `render`.
    """
    start = time.monotonic()
    project.build.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="site-", dir=project.build) as temporary:
        fresh = Path(temporary) / "site"
        plugin = render(project, region, fresh, site_url)
        files = [path for path in fresh.rglob("*") if path.is_file()]
        prepared = plugin.prepared
        summary = BuildSummary(
            out=out,
            pages=sum(path.suffix == ".html" for path in files),
            languages=len(prepared.languages) if prepared else 0,
            files=len(files),
            size=sum(path.stat().st_size for path in files),
            seconds=time.monotonic() - start,
            address=plugin.address,
        )
        swap(fresh, out)
    return summary


def swap(fresh: Path, out: Path) -> None:
    """Put a finished folder in place of another. The old one is removed only once the new one stands."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    shutil.move(fresh, staged / "new")
    if out.exists():
        out.rename(staged / "old")
    (staged / "new").rename(out)
    shutil.rmtree(staged)
