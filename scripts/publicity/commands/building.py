"""`build`, `editions`, `serve`: a region's site, or those of all."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publicity.commands.options import PATH, command, quiet_option, today_option, writing
from publicity.labels.sentences import outcome
from publicity.problems import UsageError
from publicity.project import Project
from publicity.work.progress import Progress

if TYPE_CHECKING:
    from publicity.prepare import HandIn
    from publicity.read.content import Column


@command()
@click.argument("region", required=False)
@click.option("--out", type=PATH, metavar="DIR")
@click.option("--site-url", metavar="URL")
@click.option("--no-editions", is_flag=True)
@today_option
@click.option("--all", "whole", is_flag=True)
@click.option("--cluster", metavar="ADDRESS")
@quiet_option
def build(
    region: str | None,
    out: Path | None,
    site_url: str | None,
    cluster: str | None,
    *,
    no_editions: bool,
    whole: bool,
) -> None:
    """Build one region's site, or those of all."""
    from publicity.addresses import check_site_url
    from publicity.build import build_site
    from publicity.swap.place import site_folder

    project = Project.find()
    if whole:
        if region or site_url:
            raise UsageError("all-and-one")
        _build_all(project, out, cluster, Progress(), has_editions=not no_editions)
        return
    if cluster:
        raise UsageError("cluster-alone")
    check_site_url(site_url)
    progress = Progress()
    handed = None if no_editions else _takeaways(project, site_url, progress)
    out = site_folder(project, out)
    made = build_site(project, region or project.default_region(), out, site_url, handed, progress)
    numbers = {"megabytes": f"{made.size / 1_000_000:.1f}", "bytes": f"{made.size:,}", "seconds": f"{made.seconds:.1f}"}
    click.echo(outcome("built", out=made.out, pages=made.pages, languages=made.languages, files=made.files, **numbers))
    if not made.address:
        click.echo(outcome("built-without-address"))


def _takeaways(project: Project, site_url: str | None, progress: Progress) -> "HandIn":
    """What a build puts beside the pages: compilations, slides, guides, and the public editions of the newsletter, of what there is."""
    from publicity.models import Entry
    from publicity.work import extras

    def handed(column: "Column") -> dict[str, Path]:
        content = column.content
        collections = ("newsletter", "cases", "regulations", "guides", "templates")
        films = (entry for entry in content.all_entries() if entry.meta_as(Entry).video is True)
        if not (content.training or any(content.entries[name] for name in collections) or any(films)):
            return {}
        extras.need("editions")
        from publicity.editions import takeaways

        return takeaways(project, column, site_url or column.region.site.column_url, _video_told(progress))

    return handed


def _video_told(progress: Progress) -> Callable[[str, int, int], None]:
    """Says how far a video is."""
    return lambda issue, done, total: progress.at("progress-video", issue=issue, percent=100 * done // total)


@command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--region", metavar="REGION")
@click.option("--out", type=PATH, metavar="DIR")
@click.option("--site-url", metavar="URL")
@click.option("--video", is_flag=True)
@today_option
@quiet_option
def editions(
    issues: tuple[str, ...], region: str | None, out: Path | None, site_url: str | None, *, video: bool
) -> None:
    """Make every edition of the newsletter's issues."""
    from publicity.addresses import check_site_url
    from publicity.check import sound_column
    from publicity.work import extras

    check_site_url(site_url)
    project = Project.find()
    region = region or project.default_region()
    column = sound_column(project, region)
    extras.need("editions")
    from publicity.editions import Made, make_editions, make_videos, write_editions

    base = site_url or column.region.site.column_url
    folder = out or project.build / "editions" / region
    progress = Progress()

    def write(made: Made, name: str) -> None:
        progress.end()
        size = f"{write_editions(made, folder):,}"
        click.echo(outcome(name, path=project.name(folder / made.issue), files=len(made.files), bytes=size))

    progress.step("progress-editions", done=0)
    with writing(folder):
        count = 0
        for made in make_editions(project, column, base, issues):
            write(made, "edition-made")
            count += 1
            progress.step("progress-editions", done=count)
        videos = 0
        for made in make_videos(project, column, base, issues, every=video, tell=_video_told(progress)):
            write(made, "video-made")
            videos += 1
    progress.end()
    if count or not videos:
        click.echo(outcome("editions-made" if count else "no-issues", count=count, path=project.name(folder)))
    if count + videos and not base:
        click.echo(outcome("editions-without-address"))


def _build_all(
    project: Project, out: Path | None, cluster: str | None, progress: Progress, *, has_editions: bool
) -> None:
    """Build every region, telling each as it is done; exit status 1 where one is missing."""
    from publicity.province.province import build_all
    from publicity.province.task import Outcome

    def tell(region: Outcome, done: int, total: int) -> None:
        progress.end()
        name = "region-built" if region.card else "region-failed"
        click.echo(outcome(name, region=region.region, done=done, total=total), err=not region.card)
        progress.step("progress-province", done=done, total=total)

    progress.step("progress-province", done=0, total=len(project.regions()))
    made = build_all(project, out, cluster, tell, has_editions=has_editions)
    progress.end()
    for failed in made.failed:
        click.echo(f"{failed.region}: {failed.said}", err=True)
    for site in made.left:
        click.echo(outcome("province-left", folder=made.out / site))
    click.echo(outcome("province-built", out=made.out, built=len(made.built), failed=len(made.failed)))
    sys.exit(1 if made.failed else 0)


@command()
@click.argument("region", required=False)
@click.option("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
@today_option
def serve(region: str | None, address: str) -> None:
    """Build one region's site, serve it and follow every edit."""
    from publicity.edit.page.pages import CopyPages
    from publicity.render.preview.serve import serve_site

    project = Project.find()
    region = region or project.default_region()
    serve_site(project, region, address, CopyPages(project, region))
