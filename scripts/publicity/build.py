"""The whole way from content to a published folder."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from publicity.check import check
from publicity.prepare import STAGING, HandIn
from publicity.problems import BuildError, ContentError
from publicity.project import Project
from publicity.read.load import load
from publicity.render.plugin import PublicityPlugin
from publicity.render.site import render
from publicity.swap.exchange import put_in_place
from publicity.swap.workshop import open_to_servers, workshop
from publicity.work.former import NOTHING, Former
from publicity.work.manifest import NAME, listed
from publicity.work.names import KEPT
from publicity.work.progress import Progress


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


def build_site(
    project: Project,
    region: str,
    out: Path,
    site_url: str | None = None,
    handed: HandIn | None = None,
    progress: Progress | None = None,
) -> BuildSummary:
    """Build a region and put the result in place of `out`; when anything fails, `out` stays as it was.

    `handed` makes files to take away, the editions of the newsletter.

    Raises:
        ContentError, UsageError, BuildError: as `render`.
    """
    start = time.monotonic()
    project.build.mkdir(parents=True, exist_ok=True)
    before = project.build / KEPT / "sites" / region
    progress = progress or Progress(quiet=True)
    with _alone(project, region, progress), workshop(project.build, out) as folder:
        fresh = folder / "site"
        plugin = _rendered(project, region, fresh, site_url, handed, progress, _former(before))
        sizes = open_to_servers(fresh)
        prepared = plugin.prepared
        summary = BuildSummary(
            out=out,
            pages=sum(path.endswith(".html") for path in sizes),
            languages=len(prepared.languages) if prepared else 0,
            files=len(sizes),
            size=sum(sizes.values()),
            seconds=time.monotonic() - start,
            address=plugin.address,
        )
        if replaced := put_in_place(fresh, out, folder):
            _keep(replaced, before, folder)
    return summary


def _former(before: Path) -> Former:
    with contextlib.suppress(OSError, UnicodeError):
        return Former(before, listed(before / NAME))
    return NOTHING


def _keep(replaced: Path, before: Path, workshop: Path) -> None:
    """Keep a site that was replaced in place of what is left of the one before it; not where that would be on another disk."""
    with contextlib.suppress(OSError):
        before.parent.mkdir(parents=True, exist_ok=True)
        if before.exists():
            before.rename(workshop / "before")
        replaced.rename(before)


@contextlib.contextmanager
def _alone(project: Project, region: str, progress: Progress) -> Iterator[None]:
    """Let builds of one region wait for each other: they share its staging folder."""
    if region not in project.regions():
        yield  # `render` says so
        return
    lock = FileLock(project.build / f"{STAGING}-{region}.lock")
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        progress.step("progress-wait")
        held = lock.acquire()
    with held:
        yield


def _rendered(
    project: Project,
    region: str,
    fresh: Path,
    site_url: str | None,
    handed: HandIn | None,
    progress: Progress,
    former: Former,
) -> PublicityPlugin:
    """As `render`; where it fails for a fault of the content, the error names that fault."""
    try:
        return render(project, region, fresh, site_url, handed, progress, former)
    except BuildError as error:
        if problems := check(load(project, region)):
            raise ContentError(problems) from error
        raise
    finally:
        progress.end()
