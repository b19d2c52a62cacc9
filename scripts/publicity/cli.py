"""The command line, `publicity`: each command calls plain functions and says what came of it. `usage` says what went wrong."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from publicity.commands.usage import Choice, Day, Program
from publicity.dates import choose_day, today
from publicity.labels.sentences import (
    choose_language,
    chosen_language,
    github_problems,
    gitlab_problems,
    json_problems,
    line_of,
    outcome,
    problem_words,
    text_of,
)
from publicity.problems import ContentError, UsageError
from publicity.project import Project
from publicity.work.progress import Progress, choose_quiet

if TYPE_CHECKING:
    from publicity.mend import Change
    from publicity.models.letter import Letter
    from publicity.prepare import HandIn
    from publicity.read.content import Column

F = TypeVar("F", bound=Callable[..., object])

_PATH = click.Path(path_type=Path)


def _format_option(*choices: str) -> Callable[[F], F]:
    return click.option("--format", "form", type=Choice(*choices), default=choices[0])


_today = click.option(
    "--today",
    type=Day(),
    metavar="YYYY-MM-DD",
    expose_value=False,
    callback=lambda _ctx, _param, value: choose_day(value),
)

_quiet = click.option(
    "--quiet", is_flag=True, expose_value=False, callback=lambda _ctx, _param, value: choose_quiet(value)
)


@click.group(cls=Program, name="publicity", invoke_without_command=True, no_args_is_help=True)
@click.option(
    "--language",
    type=Choice("zh", "en"),
    is_eager=True,
    expose_value=False,
    callback=lambda _ctx, _param, value: choose_language(value),
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Make a column out of the content of this project."""
    if ctx.invoked_subcommand is None:
        raise UsageError("no-command")


@main.command()
@click.argument("region", required=False)
@click.option("--out", type=_PATH, metavar="DIR")
@click.option("--site-url", metavar="URL")
@click.option("--no-editions", is_flag=True)
@_today
@click.option("--all", "whole", is_flag=True)
@click.option("--cluster", metavar="ADDRESS")
@_quiet
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
    from publicity.work import extras

    def handed(column: "Column") -> dict[str, Path]:
        content = column.content
        collections = ("newsletter", "interpretations", "cases", "regulations", "guides", "templates")
        if not (content.training or any(content.entries[name] for name in collections)):
            return {}
        extras.need("editions")
        from publicity.editions import takeaways

        return takeaways(project, column, site_url or column.region.site.column_url, _video_told(progress))

    return handed


def _video_told(progress: Progress) -> Callable[[str, int, int], None]:
    """Says how far a video is."""
    return lambda issue, done, total: progress.at("progress-video", issue=issue, percent=100 * done // total)


@main.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--region", metavar="REGION")
@click.option("--out", type=_PATH, metavar="DIR")
@click.option("--site-url", metavar="URL")
@click.option("--video", is_flag=True)
@_today
@_quiet
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
    with _writing(folder):
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
    click.echo(outcome("province-built", out=made.out, built=len(made.built), failed=len(made.failed)))
    sys.exit(1 if made.failed else 0)


@main.command()
@click.argument("region", required=False)
@click.option("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
@_today
def serve(region: str | None, address: str) -> None:
    """Build one region's site, serve it and follow every edit."""
    from publicity.edit.pages import CopyPages
    from publicity.render.preview.serve import serve_site

    project = Project.find()
    region = region or project.default_region()
    serve_site(project, region, address, CopyPages(project, region))


@main.command()
@click.option("--address", default="127.0.0.1:8010", metavar="HOST:PORT")
@click.option("--region", metavar="REGION")
@click.option("--open", "opens", is_flag=True)
@_today
def edit(address: str, region: str | None, *, opens: bool) -> None:
    """Open the editing page."""
    from publicity.work import extras

    project = Project.find()
    extras.need("edit")
    from publicity.edit.server import serve_desk

    serve_desk(project, region or project.default_region(), address, opens=opens)


@main.command()
@click.argument("names", nargs=-1, metavar="[PATH | REGION]...")
@click.option("--release", is_flag=True)
@click.option("--fix", is_flag=True)
@click.option("--dry-run", is_flag=True)
@_today
@_format_option("text", "json", "github", "gitlab")
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
            _write(f"{line}\n" for line in change.difference())
    if not quiet:
        done = "would-mend" if dry_run else "mended"
        click.echo(outcome(done if changes else "nothing-mended", **({"files": len(changes)} if changes else {})))
    return changes


@main.command()
@click.argument("region", required=False)
@click.option("--site-url", metavar="URL")
def nginx(region: str | None, site_url: str | None) -> None:
    """Print what nginx needs to know to serve one region's site."""
    _print_recipe("nginx", region, site_url)


@main.command()
@click.argument("region", required=False)
@click.option("--site-url", metavar="URL")
def caddy(region: str | None, site_url: str | None) -> None:
    """Print what Caddy needs to know to serve one region's site."""
    _print_recipe("caddy", region, site_url)


@main.command()
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


@main.command()
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


@main.command()
@click.argument("region", required=False)
@click.option("--site", type=_PATH, metavar="DIR")
@_format_option("text", "json", "html")
@click.option("--out", type=_PATH, metavar="FILE")
@_today
@click.option("--list-links", type=_PATH, metavar="FILE")
@click.option("--links", type=_PATH, metavar="FILE")
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
        _save(list_links, external_links.write_list(listed))
        click.echo(outcome("links-written", count=len(listed), path=list_links))
        return
    bad = external_links.read_results(links) if links else None
    if fetch:
        bad = (bad or {}) | external_links.fetch(link.address for link in outward_of(project, region))
    report = inspect_region(project, region, site=site, bad_links=bad)
    text = {"text": text_report, "json": json_report, "html": html_report}[form](report, chosen_language())
    if out:
        _save(out, text)
        click.echo(outcome("report-written", path=out))
    else:
        _write([text])
    sys.exit(1 if report.fails(fail_on) else 0)


@main.command()
@click.argument("kind")
@click.argument("slug")
@click.option("--region", metavar="REGION")
@_today
def new(kind: str, slug: str, region: str | None) -> None:
    """Write a valid stub."""
    from publicity.author.stubs import write_region, write_stub

    project = Project.find()
    day = today()
    written = write_region(project, slug, day) if kind == "region" else write_stub(project, kind, slug, region, day)
    click.echo(outcome("stub-written", path=project.name(written)))


@main.command("import")
@click.argument("file", type=_PATH)
@click.argument("kind")
@click.argument("slug")
@click.option("--region", metavar="REGION")
@_today
def import_(file: Path, kind: str, slug: str, region: str | None) -> None:
    """Make a new entry of a Word file."""
    from publicity.imports.entry import import_document, write_import

    project = Project.find()
    made = import_document(project, region, file, kind, slug, today())
    write_import(made)
    click.echo(outcome("imported", files=[project.name(path) for path in made.files]))
    if made.compared is not None:
        name = "import-different" if made.different else "import-equal"
        click.echo(outcome(name, count=made.compared, different=made.different))
    click.echo(outcome("import-look", count=len(made.remarks)))
    for remark in made.remarks:
        click.echo(line_of(remark))
    sys.exit(1 if made.different else 0)


@main.command()
@click.option("--out", type=_PATH, metavar="DIR")
def schema(out: Path | None) -> None:
    """Write the JSON Schemas of what editors write, and their reference, from the models."""
    from publicity.author.schema import write_schemas

    project = Project.find()
    with _writing(folder := out or project.content):
        written = write_schemas(folder)
    for path in written:
        click.echo(outcome("schema-written", path=project.name(path)))


@main.command()
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILES...")
@_format_option("text", "json", "csv")
def score(files: tuple[Path, ...], form: str) -> None:
    """Score exported answers."""
    from publicity.read.load import load_standards
    from scoring import batch, report

    words, language = problem_words(), chosen_language()
    standards = load_standards(Project.find())
    summary = batch.Summary()
    lines = summary.watch(batch.score_files(_answer_files(files), standards))
    if form == "json":
        _write(report.json_report(lines, summary, words, language))
    elif form == "csv":
        _write(report.csv_report(lines, standards, words, language))
    else:
        _write(f"{line}\n" for line in report.text_report(lines, words, language))
        _write(f"{line}\n" for line in report.text_summary(summary, language))
    sys.exit(1 if summary.bad else 0)


def _answer_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and those in the folders named, one at a time."""
    for path in paths:
        if path.is_dir():
            files = sorted(path.rglob("*.json"))
            if not files:
                raise UsageError("no-answer-files", folder=path)
            yield from files
        else:
            yield path


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """The place that a command was given to write to.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        raise UsageError("not-writable", path=path, why=error.strerror) from error


def _save(path: Path, text: str) -> None:
    """Write a file where a command was told to, its folder included."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _write(pieces: Iterable[str]) -> None:
    """Write pieces as they are, line ends included, as UTF-8 on every system."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8"))
    sys.stdout.buffer.flush()


_target = click.argument("target")
_region = click.option("--region", metavar="REGION")


@main.command()
@_target
@_region
@click.option("--site-url", metavar="URL")
@click.option("--dry-run", is_flag=True)
@click.option("--anyway", is_flag=True)
@click.option("--key", type=_PATH, metavar="FILE")
@_today
@_quiet
def publish(
    target: str, region: str | None, site_url: str | None, key: Path | None, *, dry_run: bool, anyway: bool
) -> None:
    """Build what is committed and publish it."""
    from publicity.addresses import check_site_url
    from publicity.publish import command, report

    check_site_url(site_url)
    project = Project.find()
    wish = command.Wish(target, region or project.default_region(), site_url, dry_run, anyway, key)
    publication = command.publish(
        project, wish, lambda planned: _say(report.plan_lines(planned, target, whole=dry_run))
    )
    click.echo(report.done_line(publication, target, dry_run=dry_run))


@main.command()
@_target
@_region
@click.option("--rebuild", metavar="COMMIT")
@_quiet
def verify(target: str, region: str | None, rebuild: str | None) -> None:
    """Hold what is published to its manifest."""
    from publicity.publish import command, report

    project = Project.find()
    verdict = command.verify(project, target, region or project.default_region(), rebuild)
    _say(report.verdict_lines(verdict, target))
    sys.exit(0 if verdict.is_sound else 1)


@main.command()
@_target
@_region
@click.option("--anyway", is_flag=True)
@_quiet
def rollback(target: str, region: str | None, *, anyway: bool) -> None:
    """Show the release before."""
    from publicity.publish import command, report

    project = Project.find()
    shown = command.roll_back(project, target, region or project.default_region(), anyway=anyway)
    click.echo(report.rolled_back_line(shown, target))


@main.command()
@_target
@_region
def releases(target: str, region: str | None) -> None:
    """List the releases of a target."""
    from publicity.publish import command, report

    project = Project.find()
    _say(report.release_lines(command.releases(project, target, region or project.default_region())))


@main.command()
@click.argument("issue")
@click.option("--list", "list_file", type=_PATH, required=True, metavar="FILE")
@click.option("--smtp", required=True, metavar="URL")
@click.option("--sender", required=True, metavar="ADDRESS")
@_region
@click.option("--site-url", metavar="URL")
@click.option("--journal", type=_PATH, metavar="FILE")
@click.option("--to-self", is_flag=True)
@click.option("--send", "sends", is_flag=True)
@click.option("--confirm", metavar="TEXT")
@click.option("--anyway", is_flag=True)
@click.option("--per-minute", type=click.IntRange(min=0), metavar="N")
@click.option("--retry-unknown", is_flag=True)
def send(
    issue: str,
    list_file: Path,
    smtp: str,
    sender: str,
    region: str | None,
    site_url: str | None,
    journal: Path | None,
    confirm: str | None,
    per_minute: int | None,
    *,
    to_self: bool,
    sends: bool,
    anyway: bool,
    retry_unknown: bool,
) -> None:
    """Send an issue to the readers of a list."""
    from publicity.send import command, report
    from publicity.send.message import Sender
    from publicity.send.smtp import Server, ask_password
    from publicity.work import extras

    project = Project.find()
    region = region or project.default_region()
    server, who = Server.parse(smtp), Sender.parse(sender)
    extras.need("editions")
    wish = command.Wish(
        issue, region, list_file, server, who, site_url, journal, to_self, anyway, per_minute, retry_unknown
    )
    prepared = command.prepare(project, wish, _letter)
    planned = command.plan(wish, prepared)
    _say(report.plan_lines(wish, prepared, planned))
    if not sends:
        click.echo(outcome("send-dry-self" if to_self else "send-dry"))
        return
    if not to_self:
        _confirm(f"{issue} {prepared.count}", confirm)
    wish = replace(wish, server=replace(server, password=ask_password(server)))
    done = command.send(wish, prepared, lambda so_far: _say(report.progress_lines(so_far)))
    _say(report.report_lines(done))
    sys.exit(1 if done.unknown or done.left or done.broken else 0)


def _confirm(wanted: str, said: str | None) -> None:
    """See that who sends knows what goes to how many.

    Raises:
        UsageError: they say something else, or there is nobody to ask.
    """
    if said is None and sys.stdin.isatty():
        said = click.prompt(outcome("send-ask", wanted=wanted), prompt_suffix="")
    if said is None or said.split() != wanted.split():
        raise UsageError("not-confirmed", found=said or "", wanted=wanted)


def _letter(column: "Column", issue: str, site_url: str) -> "Letter":
    """An issue as its edition for the mail."""
    from publicity.editions.mail import letter_of
    from publicity.stage.issues import issue_of

    return letter_of(issue_of(column, column.content.entries["newsletter"][issue]), site_url)


@main.command()
@click.argument("file", type=_PATH)
@click.option("--list", "list_file", type=_PATH, required=True, metavar="FILE")
@click.option("--journal", type=_PATH, required=True, metavar="FILE")
@_today
def returns(file: Path, list_file: Path, journal: Path) -> None:
    """Read what came back, and write the list anew."""
    from publicity.send.report import returns_lines
    from publicity.send.returns import read_returns

    _say(returns_lines(read_returns(Project.find(), file, list_file, journal)))


def _say(lines: Iterable[str]) -> None:
    """Say lines one after another, so that what is said before a step is read before it."""
    for line in lines:
        click.echo(line)
