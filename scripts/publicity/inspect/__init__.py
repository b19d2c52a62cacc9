"""`publicity inspect`: the self-inspection of a column in the terms that inspectors of government sites use."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from publicity.check import check, notes
from publicity.inspect.built_site import BuiltSite, read_site
from publicity.inspect.columns import inspect_columns
from publicity.inspect.dates import inspect_dates
from publicity.inspect.external_links import Outward, outward_links
from publicity.inspect.findings import Finding, Report, in_order
from publicity.inspect.identity import inspect_identity
from publicity.inspect.images import inspect_images
from publicity.inspect.inspection import Inspection, Inspector
from publicity.inspect.interpretations import inspect_interpretations
from publicity.inspect.links import inspect_built_links, inspect_content_links, inspect_outward_links
from publicity.inspect.privacy import inspect_privacy
from publicity.inspect.properties import inspect_properties
from publicity.inspect.review import inspect_review
from publicity.inspect.tags import inspect_tags
from publicity.inspect.translations import inspect_translations
from publicity.inspect.wording import inspect_wording
from publicity.models import Region
from publicity.problems import ContentError, Problem, UsageError
from publicity.project import Project
from publicity.read.load import load

INSPECTORS: tuple[Inspector, ...] = (
    inspect_identity,
    inspect_columns,
    inspect_dates,
    inspect_content_links,
    inspect_built_links,
    inspect_outward_links,
    inspect_tags,
    inspect_interpretations,
    inspect_wording,
    inspect_privacy,
    inspect_properties,
    inspect_images,
    inspect_review,
    inspect_translations,
)
_OF_THE_SITE = ("tags",)  # groups that are about built pages alone


def inspect_region(
    project: Project,
    region: str,
    *,
    site: Path | None = None,
    bad_links: Mapping[str, str] | None = None,
) -> Report:
    """Run every check on a region's content, and on its built site: `site`, or the project's where that is of this region.

    `bad_links` maps addresses of other sites to what is wrong with them; None says that nobody has looked.

    Raises:
        UsageError: there is no such region, or `site` is not its built site.
        ContentError: `region.yml` cannot be read, without which there is nothing to inspect.
    """
    draft = load(project, region)
    problems, column = check(draft), draft.column
    if column is None:
        raise ContentError(problems)
    built = _site(project, column.region, site)
    inspection = Inspection(project, column.region, column.content, built, bad_links or {})
    findings = [finding for look in INSPECTORS for finding in look(inspection)]
    findings += _problems(problems, findings)
    findings += [
        Finding("content-note", note.path, note.line, {"problem": note}) for note in notes(draft, release=True)
    ]
    unchecked = () if built else _OF_THE_SITE
    return Report(
        region=region,
        title=column.region.title,
        today=inspection.today,
        site=built.name if built else None,
        outward=bad_links is not None,
        findings=in_order(findings),
        unchecked=unchecked,
    )


def outward_of(project: Project, region: str) -> list[Outward]:
    """Every link to another site in what a region publishes on a day.

    Raises:
        UsageError: there is no such region.
    """
    return outward_links(project, region, load(project, region).content)


def _problems(problems: list[Problem], findings: list[Finding]) -> Iterator[Finding]:
    """What `publicity check` refuses, but for what an inspection has a finding for already."""
    lines = {(finding.path, finding.line) for finding in findings if finding.rule in ("dead-link", "image-text")}
    for problem in problems:
        if (problem.path, problem.line) not in lines:
            yield Finding("content-problem", problem.path, problem.line, {"problem": problem})


def _site(project: Project, region: Region, named: Path | None) -> BuiltSite | None:
    folder = named or project.site
    if named and not (named / "index.html").is_file():
        raise UsageError("no-built-site", site=named)
    if not (folder / "index.html").is_file():
        return None
    site = read_site(folder, project.name(folder))
    if region.title.zh not in site.pages["index.html"].title:
        if named:
            raise UsageError("other-site", site=named, region=region.slug)
        return None
    return site
