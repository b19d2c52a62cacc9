"""`publish`, `verify`, `rollback`, `releases`, and the recipes for servers."""

import sys
from pathlib import Path

import click

from publicity.commands.options import PATH, command, quiet_option, region_option, say, target_argument, today_option
from publicity.problems import UsageError
from publicity.project import Project


@command()
@target_argument
@region_option
@click.option("--site-url", metavar="URL")
@click.option("--dry-run", is_flag=True)
@click.option("--anyway", is_flag=True)
@click.option("--check", is_flag=True)
@click.option("--key", type=PATH, metavar="FILE")
@today_option
@quiet_option
def publish(
    target: str,
    region: str | None,
    site_url: str | None,
    key: Path | None,
    *,
    dry_run: bool,
    anyway: bool,
    check: bool,
) -> None:
    """Build what is committed and publish it."""
    from publicity.addresses import check_site_url
    from publicity.publish import command, report

    check_site_url(site_url)
    project = Project.find()
    wish = command.Wish(target, region or project.default_region(), site_url, dry_run, anyway, key, check)
    publication = command.publish(project, wish, lambda planned: say(report.plan_lines(planned, target, whole=dry_run)))
    click.echo(report.done_line(publication, target, dry_run=dry_run))


@command()
@target_argument
@region_option
@click.option("--rebuild", metavar="COMMIT")
@quiet_option
def verify(target: str, region: str | None, rebuild: str | None) -> None:
    """Hold what is published to its manifest."""
    from publicity.publish import command, report

    project = Project.find()
    verdict = command.verify(project, target, region, rebuild)
    say(report.verdict_lines(verdict, target))
    sys.exit(0 if verdict.is_sound else 1)


@command()
@target_argument
@region_option
@click.option("--anyway", is_flag=True)
@quiet_option
def rollback(target: str, region: str | None, *, anyway: bool) -> None:
    """Show the release before."""
    from publicity.publish import command, report

    project = Project.find()
    shown = command.roll_back(project, target, region or project.default_region(), anyway=anyway)
    click.echo(report.rolled_back_line(shown, target))


@command()
@target_argument
@region_option
def releases(target: str, region: str | None) -> None:
    """List the releases of a target."""
    from publicity.publish import command, report

    project = Project.find()
    say(report.release_lines(command.releases(project, target, region or project.default_region()), target))


@command()
@click.argument("region", required=False)
@click.option("--site-url", metavar="URL")
def nginx(region: str | None, site_url: str | None) -> None:
    """Print what nginx needs to know to serve one region's site."""
    _print_recipe("nginx", region, site_url)


@command()
@click.argument("region", required=False)
@click.option("--site-url", metavar="URL")
def caddy(region: str | None, site_url: str | None) -> None:
    """Print what Caddy needs to know to serve one region's site."""
    _print_recipe("caddy", region, site_url)


@command()
@click.argument("region", required=False)
@click.option("--site-url", metavar="URL")
def lighttpd(region: str | None, site_url: str | None) -> None:
    """Print what lighttpd needs to know to serve one region's site."""
    _print_recipe("lighttpd", region, site_url)


def _print_recipe(server: str, region: str | None, site_url: str | None) -> None:
    from publicity.addresses import check_site_url
    from publicity.check import sound_column
    from publicity.servers.recipes import TO_PRINT, recipe

    check_site_url(site_url)
    project = Project.find()
    region = region or project.default_region()
    column = sound_column(project, region)
    address = site_url or column.region.site.column_url
    if address is None:
        raise UsageError("no-column-url", region=region)
    click.echo(recipe(TO_PRINT[server], column, address), nl=False)
