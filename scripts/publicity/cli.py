"""The command line, `publicity`. Exit status: 0 fine, 1 problems in the content, 2 wrong usage."""

import datetime
import gc
import json
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Literal, ParamSpec

import click

from publicity.labels.sentences import choose_language, chosen_language, line_of, lines_of, problem_words, text_of
from publicity.models import Language
from publicity.problems import Among, BuildError, ContentError, Near, Problem, UsageError, did_you_mean
from publicity.project import Project

P = ParamSpec("P")

_SITE_URL = "The address it will have, such as https://www.example.gov.cn/ztzl/symm/ (default: `site: column_url:` in region.yml)."


def _guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn the errors that we raise ourselves into sentences; anything else keeps its traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ContentError as error:
            click.echo("\n".join(lines_of(error)), err=True)
            sys.exit(1)
        except UsageError as error:
            raise click.UsageError(text_of(error.problem)) from error
        except BuildError as error:
            click.echo(line_of(error.problem), err=True)
            sys.exit(1)

    return run


@click.group()
@click.option(
    "--language", type=click.Choice(["zh", "en"]), help="The language of what is said (default: the system's)."
)
def main(language: Language | None) -> None:
    """Make a trade secret protection publicity column out of the content of this project."""
    choose_language(language)
    # Most of what a command makes it needs to its end; to look through it for garbage again and again took a tenth of the time.
    gc.set_threshold(200_000, 50, 100)


@main.command()
@click.argument("region", required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to put the site (default: site/).")
@click.option("--site-url", help=_SITE_URL)
@_guarded
def build(region: str | None, out: Path | None, site_url: str | None) -> None:
    """Build one region's site."""
    from publicity.build import build_site

    project = Project.find()
    _check_site_url(site_url)
    target = project.site if out is None else _safe_target(project, out)
    click.echo(str(build_site(project, region or project.default_region(), target, site_url)))


def _check_site_url(site_url: str | None) -> None:
    from publicity.models import ADDRESS

    if site_url is not None and not re.fullmatch(ADDRESS, site_url):
        raise UsageError(
            "raw", text=f"--site-url must be an address such as https://www.example.gov.cn/ztzl/symm/, got `{site_url}`"
        )


def _safe_target(project: Project, out: Path) -> Path:
    """Where a build may go. It replaces the whole folder, so sources and strangers' folders are refused."""
    target = out.resolve()
    if str(out) in ("", ".") or project.root.is_relative_to(target):
        raise UsageError("raw", text=f"--out {out} holds the project itself; name a folder for the site alone")
    if target.is_relative_to(project.root):
        first = target.relative_to(project.root).parts[0]
        if first not in ("site", "build") and (project.root / first).exists() and not _is_site(project.root / first):
            raise UsageError(
                "raw",
                text=f"--out {out} lies in `{first}`, which is not a built site; name a folder for the site alone",
            )
    if target.exists() and any(target.iterdir()) and not _is_site(target):
        raise UsageError("raw", text=f"--out {out} holds files that no build made; empty it or name another folder")
    return target


def _is_site(folder: Path) -> bool:
    return (folder / "manifest.sha256").is_file()


@main.command()
@click.argument("region", required=False)
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
@_guarded
def serve(region: str | None, address: str) -> None:
    """Build one region's site, serve it and build again whenever a source changes."""
    from publicity.render.serve import serve_site

    logging.getLogger("mkdocs").setLevel(logging.INFO)
    project = Project.find()
    serve_site(project, region or project.default_region(), address)


@main.command()
@click.argument("names", nargs=-1, metavar="[PATH | REGION]...")
@click.option("--release", is_flag=True, help="Refuse pending, expired and sample content and unedited stubs too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_guarded
def check(names: tuple[str, ...], form: str, *, release: bool) -> None:
    """Check the content of all regions; or report only the problems below a PATH, or those of what a REGION publishes."""
    from publicity.check import check as check_draft
    from publicity.read.load import load

    project = Project.find()
    paths = tuple(_content_path(project, name) for name in names if Path(name).exists())
    regions = [_known_region(project, name) for name in names if not Path(name).exists()]
    problems: set[Problem] = set()
    for region in project.regions() if paths or not names else regions:
        told = check_draft(load(project, region), release=release)
        problems |= {one for one in told if not names or region in regions or _lies_below(one, paths)}
    if form == "json":
        click.echo(json_problems(problems, chosen_language()))
        sys.exit(1 if problems else 0)
    if problems:
        raise ContentError(problems)
    click.echo(f"Checked {', '.join([*paths, *regions] or project.regions())}: no problems.")


def json_problems(problems: Iterable[Problem], language: Language) -> str:
    """Problems for programs, sorted by their place."""
    words = problem_words()
    rows = [
        {
            "path": problem.path,
            "line": problem.line,
            "code": problem.code,
            "values": problem.values,
            "text": words.text(problem, language),
        }
        for problem in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> object:
    """A value of a problem as JSON has it."""
    if isinstance(value, Near):
        return {"near": value.word}
    if isinstance(value, Among):
        return {"among": list(value.words)}
    return str(value)


def _content_path(project: Project, name: str) -> str:
    """A path that holds content, as problems name it."""
    path = Path(name).resolve()
    known = (project.content, project.pages, project.standards)
    if not any(path.is_relative_to(root) or root.is_relative_to(path) for root in known):
        raise UsageError(
            "raw", text=f"{name} holds no content; name something below {', '.join(map(project.name, known))}"
        )
    return project.name(Path(name))


def _known_region(project: Project, name: str) -> str:
    if name not in project.regions():
        hint = did_you_mean(name, project.regions())
        raise UsageError("raw", text=f"`{name}` is neither a path that is there nor a region{hint}")
    return name


def _lies_below(problem: Problem, paths: tuple[str, ...]) -> bool:
    return any(path == "." or problem.path == path or problem.path.startswith(f"{path}/") for path in paths)


@main.command()
@click.argument("region", required=False)
@click.option("--site-url", help=_SITE_URL)
@_guarded
def nginx(region: str | None, site_url: str | None) -> None:
    """Print what nginx needs to know to serve one region's site: headers, error pages, redirects."""
    from publicity.check import sound_column
    from publicity.servers.recipes import recipe

    _check_site_url(site_url)
    project = Project.find()
    region = region or project.default_region()
    column = sound_column(project, region)
    address = site_url or column.region.site.column_url
    if address is None:
        raise UsageError(
            "raw",
            text=f"the address of {region} is not known; give --site-url, or `site: column_url:` in its region.yml",
        )
    click.echo(recipe("nginx.conf", column, address), nl=False)


@main.command()
@click.argument("regions", nargs=-1)
@click.option("--write", is_flag=True, help="Add them to the regions' lists.")
@_guarded
def urls(regions: tuple[str, ...], *, write: bool) -> None:
    """Tell which addresses of REGIONS (all, unless named) their lists of published ones do not hold yet."""
    from publicity.check import sound_column
    from publicity.check.published import FILE, new_addresses, write_published

    project = Project.find()
    for region in regions or project.regions():
        column = sound_column(project, region)
        file = project.content / region / FILE
        new = new_addresses(column, file)
        if write and new:
            write_published(file, new)
        click.echo("".join(f"{address}\n" for address in new) + f"{project.name(file)}: {len(new)} new")


@main.command()
@click.argument("region", required=False)
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    help="The built site to look at (default: site/, where it is this region's).",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language of the report."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Inspect as of this day, such as 2026-11-22.")
@click.option(
    "--list-links",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Only write the list of links to other sites, as CSV.",
)
@click.option(
    "--links",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="That list with its results, or a list of dead addresses.",
)
@click.option("--fetch", is_flag=True, help="Ask for every link to another site (needs the internet).")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "notice"]),
    default="error",
    show_default=True,
    help="What makes the exit status 1.",
)
@_guarded
def inspect(
    region: str | None,
    site: Path | None,
    form: str,
    out: Path | None,
    language: Literal["zh", "en"],
    today: datetime.datetime | None,
    list_links: Path | None,
    links: Path | None,
    fail_on: Literal["error", "warning", "notice"],
    *,
    fetch: bool,
) -> None:
    """Inspect a region as the inspectors of government sites do: columns, dates, links, tags, wording, personal data, review."""
    from publicity.inspect import inspect_region, outward, outward_of
    from publicity.inspect.findings import SEVERITIES
    from publicity.inspect.report import html_report, json_report, text_report

    project = Project.find()
    region = region or project.default_region()
    day = today.date() if today else None
    if list_links:
        found = outward_of(project, region, day)
        _save(list_links, outward.write_list(found))
        click.echo(f"Wrote {len(found)} links to other sites to {list_links}.")
        return
    bad = outward.read_results(links) if links else None
    if fetch:
        bad = (bad or {}) | outward.fetch(link.address for link in outward_of(project, region, day))
    report = inspect_region(project, region, site=site, today=day, bad_links=bad)
    text = {"text": text_report, "json": json_report, "html": html_report}[form](report, language)
    if out:
        _save(out, text)
    else:
        _write([text])
    if any(report.count(severity) for severity in SEVERITIES[: SEVERITIES.index(fail_on) + 1]):
        sys.exit(1)


@main.command()
@click.argument("kind")
@click.argument("slug")
@click.option(
    "--region",
    help="The region that it is for, or `shared`. Without, the kinds that all regions show (regulation, case, country, template, "
    "guide, alert) go to `shared`, the others to the region that mkdocs.yml names.",
)
@_guarded
def new(kind: str, slug: str, region: str | None) -> None:
    """Write a valid stub: KIND is `region`, or a kind of entry such as `policy` or `case`; SLUG becomes its address."""
    from publicity.author.stubs import write_region, write_stub
    from publicity.dates import today

    project = Project.find()
    day = today()
    written = write_region(project, slug, day) if kind == "region" else write_stub(project, kind, slug, region, day)
    click.echo(f"Wrote {project.name(written)}; now fill it in.")


@main.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to put them (default: content/).")
@_guarded
def schema(out: Path | None) -> None:
    """Write the JSON Schemas of what editors write, and their reference, README.md, from the models."""
    from publicity.author.schema import write_schemas

    project = Project.find()
    for path in write_schemas(out or project.content):
        click.echo(f"Wrote {project.name(path)}.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language of the report."
)
@_guarded
def score(files: tuple[Path, ...], form: str, lang: str) -> None:
    """Score exported answers: FILES are .json files, or folders of them."""
    from publicity.read.load import load_standards
    from scoring import batch, report

    words = problem_words()
    standards = load_standards(Project.find())
    summary = batch.Summary()
    lines = summary.watch(batch.score_files(_answer_files(files), standards))
    if form == "json":
        _write(report.json_report(lines, summary, words, lang))
    elif form == "csv":
        _write(report.csv_report(lines, standards, words, lang))
    else:
        _write(f"{line}\n" for line in report.text_report(lines, words, lang))
        _write(f"{line}\n" for line in report.text_summary(summary, lang))
    if summary.bad:
        sys.exit(1)


def _answer_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and those in the folders named, one at a time."""
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*.json"))
            if not found:
                raise UsageError("raw", text=f"no .json file in {path}")
            yield from found
        else:
            yield path


def _save(path: Path, text: str) -> None:
    """Write a file where a command was told to, its folder included.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError("raw", text=f"{path} cannot be written: {error.strerror}") from error


def _write(pieces: Iterable[str]) -> None:
    """Write pieces as they are, line ends included, as UTF-8 on every system."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8"))
    sys.stdout.buffer.flush()
