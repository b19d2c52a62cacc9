"""`check`, `inspect`, `urls`, `score`: what is told of content and of answers."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from publicity.commands.options import PATH, command, format_option, save, today_option, write_pieces
from publicity.commands.usage import Choice
from publicity.labels.sentences import (
    chosen_language,
    github_problems,
    gitlab_problems,
    json_problems,
    outcome,
    problem_words,
    text_of,
)
from publicity.problems import ContentError, UsageError
from publicity.project import Project

if TYPE_CHECKING:
    from publicity.mend import Change


@command()
@click.argument("names", nargs=-1, metavar="[PATH | REGION]...")
@click.option("--release", is_flag=True)
@click.option("--fix", is_flag=True)
@click.option("--dry-run", is_flag=True)
@today_option
@format_option("text", "json", "github", "gitlab")
def check(names: tuple[str, ...], form: str, *, release: bool, fix: bool, dry_run: bool) -> None:
    """Check the content, and mend what has one mend."""
    from publicity.check.selection import check_selected
    from publicity.read.files.plain import reading_instead

    if dry_run and not fix:
        raise UsageError("dry-run-alone")
    project = Project.find()
    changes = _mended(project, names, dry_run=dry_run, quiet=form != "text") if fix else []
    with reading_instead({change.path: change.after for change in changes if dry_run}):
        selected = check_selected(project, names, release=release)
    reports = {"json": json_problems, "github": github_problems, "gitlab": gitlab_problems}
    if form in reports:
        if report := reports[form](selected.problems).rstrip("\n"):
            click.echo(report)
        sys.exit(1 if selected.problems else 0)
    if selected.problems:
        raise ContentError(selected.problems, left=fix)
    for note in sorted(selected.notes):
        click.echo(outcome("noted", place=f"{note.path}:{note.line}", note=text_of(note)), err=True)
    click.echo(outcome("checked", names=selected.names))


def _mended(project: Project, names: tuple[str, ...], *, dry_run: bool, quiet: bool) -> "list[Change]":
    """Mend what has one mend and show the difference; a dry run writes nothing."""
    from publicity.mend import mends, write

    changes = list(mends(project, names))
    for change in changes:
        if not dry_run:
            write(change)
        if change.encoding and not quiet:
            click.echo(outcome("reencoded", path=change.name, encoding=change.encoding))
        if not quiet:
            write_pieces(f"{line}\n" for line in change.difference())
    if not quiet:
        done = "would-mend" if dry_run else "mended"
        click.echo(outcome(done if changes else "nothing-mended", **({"files": len(changes)} if changes else {})))
    return changes


@command()
@click.argument("region", required=False)
@click.option("--site", type=PATH, metavar="DIR")
@format_option("text", "json", "html")
@click.option("--out", type=PATH, metavar="FILE")
@today_option
@click.option("--list-links", type=PATH, metavar="FILE")
@click.option("--links", type=PATH, metavar="FILE")
@click.option("--fetch", is_flag=True)
@click.option("--fail-on", type=Choice("error", "warning", "notice"), default="error")
def inspect(
    region: str | None,
    site: Path | None,
    form: str,
    out: Path | None,
    list_links: Path | None,
    links: Path | None,
    fail_on: Literal["error", "warning", "notice"],
    *,
    fetch: bool,
) -> None:
    """Inspect a region as the inspectors of government sites do."""
    from publicity.inspect import external_links, inspect_region, outward_of
    from publicity.inspect.report import html_report, json_report, text_report

    project = Project.find()
    region = region or project.default_region()
    if list_links:
        listed = outward_of(project, region)
        save(list_links, external_links.write_list(listed))
        click.echo(outcome("links-written", count=len(listed), path=list_links))
        return
    bad = external_links.read_results(links) if links else None
    if fetch:
        bad = (bad or {}) | external_links.fetch(link.address for link in outward_of(project, region))
    report = inspect_region(project, region, site=site, bad_links=bad)
    text = {"text": text_report, "json": json_report, "html": html_report}[form](report, chosen_language())
    if out:
        save(out, text)
        click.echo(outcome("report-written", path=out))
    else:
        write_pieces([text])
    sys.exit(1 if report.fails(fail_on) else 0)


@command()
@click.argument("regions", nargs=-1)
@click.option("--write", is_flag=True)
def urls(regions: tuple[str, ...], *, write: bool) -> None:
    """Tell which addresses the regions' lists of published ones do not hold yet."""
    from publicity.check import sound_column
    from publicity.check.published import FILE, new_addresses, write_published

    project = Project.find()
    for region in regions or project.regions():
        column = sound_column(project, region)
        file = project.content / region / FILE
        new = new_addresses(column, file)
        if write and new:
            write_published(file, new)
        click.echo("".join(f"{address}\n" for address in new), nl=False)
        click.echo(outcome("urls-listed", path=project.name(file), count=len(new)))


@command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILES...")
@format_option("text", "json", "csv")
def score(files: tuple[Path, ...], form: str) -> None:
    """Score exported answers."""
    from publicity.read.load import load_standards
    from scoring import batch, report

    words, language = problem_words(), chosen_language()
    standards = load_standards(Project.find())
    summary = batch.Summary()
    lines = summary.watch(batch.score_files(_answer_files(files), standards))
    if form == "json":
        write_pieces(report.json_report(lines, summary, words, language))
    elif form == "csv":
        write_pieces(report.csv_report(lines, standards, words, language))
    else:
        write_pieces(f"{line}\n" for line in report.text_report(lines, words, language))
        write_pieces(f"{line}\n" for line in report.text_summary(summary, language))
    sys.exit(1 if summary.bad else 0)


def _answer_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and those in the folders named, one at a time."""
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.suffix.lower() == ".json")
            if not files:
                raise UsageError("no-answer-files", folder=path)
            yield from files
        else:
            yield path
