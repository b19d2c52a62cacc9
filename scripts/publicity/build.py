"""The whole way from content to a published folder."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from publicity.check import check
from publicity.problems import BuildError, ContentError
from publicity.project import Project
from publicity.read.load import load
from publicity.render.plugin import PublicityPlugin
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

    def __str__(self) -> str:
        megabytes = self.size / 1_000_000
        made = (
            f"{self.out}: {self.pages} pages in {self.languages} languages, {self.files} files, "
            f"{megabytes:.1f} MB ({self.size:,} bytes), {self.seconds:.1f} s"
        )
        return made if self.address else f"{made}\n{_WITHOUT_ADDRESS}"


_WITHOUT_ADDRESS = (
    "Its address is not known: there is no sitemap, and 404.html fits only a site at the root of its server; "
    "give --site-url, or `site: column_url:` in region.yml."
)


def build_site(project: Project, region: str, out: Path, site_url: str | None = None) -> BuildSummary:
    """Build a region and put the result in place of `out`; when anything fails, `out` stays as it was.

    Raises:
        ContentError, UsageError, BuildError: as `render`.
    """
    start = time.monotonic()
    project.build.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="site-", dir=project.build) as temporary:
        fresh = Path(temporary) / "site"
        plugin = _rendered(project, region, fresh, site_url)
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


def _rendered(project: Project, region: str, fresh: Path, site_url: str | None) -> PublicityPlugin:
    """As `render`; where it fails for what a check finds in the content, that is what is told."""
    try:
        return render(project, region, fresh, site_url)
    except BuildError as error:
        if problems := check(load(project, region)):
            raise ContentError(problems) from error
        raise


def swap(fresh: Path, out: Path) -> None:
    """Put a finished folder in place of another. The old one is removed only once the new one stands."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    shutil.move(fresh, staged / "new")
    if out.exists():
        out.rename(staged / "old")
    (staged / "new").rename(out)
    shutil.rmtree(staged)
