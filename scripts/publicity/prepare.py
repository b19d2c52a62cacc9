"""Steps 1 to 3 in one call: content -> checked column -> staging folder, with the engine that the assessment loads."""

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring_bundler import Bundle, BundleError, bundle

from publicity import published
from publicity.aliases import check_aliases
from publicity.assets import version
from publicity.content import Column
from publicity.documents import make_documents
from publicity.headers import CONTENT_SECURITY_POLICY
from publicity.identity import unknown_for_release
from publicity.link import link
from publicity.load import load
from publicity.models import Language
from publicity.portal import read_portal
from publicity.problems import BuildError, ContentError, Problem
from publicity.project import Project
from publicity.release import unfit_for_release
from publicity.site import site_data
from publicity.stage import FILTERS, stage, write_staging
from publicity.tags import untagged
from publicity.texts import all_labels
from scoring.answers import LONGEST_NAME, LONGEST_NOTE, MOST_COUNTED, MOST_EVIDENCE
from scoring.strict_json import MOST_BYTES


@dataclass(frozen=True)
class Prepared:
    """A column ready to be rendered: where its pages lie and what every template may use."""

    column: Column
    staging: Path
    engine: Path
    extra: dict[str, Any]
    changed: frozenset[str]
    """Files of the staging folder that are not as they were the time before, removed ones too."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the column is made in; the first stands at the site's root."""
        return ("zh", "en")


def check(
    project: Project, region: str, *, release: bool = False, today: datetime.date | None = None
) -> tuple[Column | None, list[Problem]]:
    """Load and link: the column where it is sound, and every problem found; for a `release`, also what is unfit for one."""
    model, content, problems = load(project, region, today)
    problems += [*link(content), *untagged(content)]
    if release:
        problems += unfit_for_release(content)
        if model and content.region_source:
            problems += unknown_for_release(model, content.region_source)
    if model is None or content.region_source is None:
        return None, problems
    portal, found = read_portal(model, content.region_source, project.content / region)
    column = Column(model, content, portal)
    memory = project.content / region / published.FILE
    problems += [*found, *check_aliases(content), *published.check_published(column, memory, project.name(memory))]
    return column, problems


def sound_column(project: Project, region: str) -> Column:
    """A region's column, where its content has no problem.

    Raises:
        ContentError: with every problem found.
        UsageError: there is no such region.
    """
    column, problems = check(project, region)
    if column is None or problems:
        raise ContentError(problems)
    return column


def prepare(project: Project, region: str) -> Prepared:
    """Check a region's content and write its staging folder.

    Raises:
        ContentError: with every problem found; nothing was written then.
        BuildError: the engine could not be made.
        UsageError: there is no such region.
    """
    column = sound_column(project, region)
    staging = project.build / "staging" / region
    documents = make_documents(column.content, project.build / "documents")
    media = column.content.media | documents
    changed = write_staging(staging, stage(column, documents), media, project.pages / "assets")
    bundled = _bundle(project, column)
    extra = {
        "site": site_data(column),
        "labels": all_labels(),
        "standards": {one: loaded.data for one, loaded in column.content.standards.items()},
        "standard_hashes": {one: loaded.standard.sha256 for one, loaded in column.content.standards.items()},
        "answer_limits": {
            "name": LONGEST_NAME,
            "note": LONGEST_NOTE,
            "evidence": MOST_EVIDENCE,
            "counted": MOST_COUNTED,
            "bytes": MOST_BYTES,
        },
        "assets_version": version(project.pages / "assets"),
        "filters_version": hashlib.sha256((staging / FILTERS).read_bytes()).hexdigest()[:10],
        "csp": CONTENT_SECURITY_POLICY,
        "engine": f"engine/{bundled.name}/",
    }
    return Prepared(column, staging, project.build / "engine" / bundled.name, extra, changed)


def _bundle(project: Project, column: Column) -> Bundle:
    """The engine's folder, made anew only when something in it has changed.

    Raises:
        BuildError: the bundler could not make it.
    """
    try:
        return bundle(
            pyodide=project.root / "node_modules" / "pyodide",
            core=project.root / "scoring_wasm" / "scoring",
            browser=project.root / "scoring_wasm" / "browser",
            standards={f"{name}.json": loaded.to_json() for name, loaded in column.content.standards.items()},
            out=project.build / "engine",
        )
    except BundleError as error:
        raise BuildError(str(error)) from error
