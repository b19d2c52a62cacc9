"""Steps 1 to 3 in one call: content -> checked column -> staging folder, with the engine that the assessment loads."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scoring_bundler import Bundle, BundleError, bundle

from publicity.check import sound_column
from publicity.labels import all_labels
from publicity.labels.sentences import problem_words
from publicity.models import LANGUAGES, Language
from publicity.problems import BuildError
from publicity.project import Project
from publicity.read.content import Column, LoadedStandard
from publicity.read.files.plain import state_of
from publicity.servers.headers import CONTENT_SECURITY_POLICY
from publicity.stage import stage
from publicity.stage.edited import Staged, keep_staging, kept_texts, known_texts, staged_from
from publicity.stage.files.assets import assets_address
from publicity.stage.files.folder import write_staging
from publicity.stage.files.media import published_form, published_media
from publicity.stage.frame import site_data
from publicity.word.documents import make_documents
from publicity.work.names import KEPT
from scoring.answers import LONGEST_NAME, LONGEST_NOTE, MOST_COUNTED, MOST_EVIDENCE
from scoring.problems import CODES
from scoring.strict_json import MOST_BYTES

STAGING = "staging"
"""The folder, below `build/`, of what MkDocs reads."""

HandIn = Callable[[Column], dict[str, Path]]
"""Makes files of a sound column that its pages offer: their places by their paths in the site."""


@dataclass(frozen=True)
class Prepared:
    """A column ready to be rendered: where its pages lie and what every template may use."""

    column: Column
    staging: Path
    engine: Path
    extra: dict[str, Any]
    changed: frozenset[str]
    """Files of the staging folder that are not as they were the time before, removed ones too."""
    portal_files: dict[str, Path]
    """What the portal's frame shows, by its path below `assets/portal/`."""
    staged: Staged
    """How the staging folder was made, for a later `prepare`."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the column is made in; the first stands at the site's root."""
        return ("zh", "en")


def prepare(
    project: Project,
    region: str,
    handed: HandIn | None = None,
    place: str | None = None,
    before: Staged | None = None,
) -> Prepared:
    """Check a region's content and write its staging folder; `handed` makes files to take away, by their paths in the site.

    `place` names the folder, after the region unless somebody else writes there, too. `before` is how the folder was made as it is
    now, by this process; without it what an earlier one has kept of that is taken.

    Raises:
        ContentError: with every problem found; nothing was written then.
        BuildError: the engine could not be made.
        UsageError: there is no such region.
    """
    column = sound_column(project, region)
    staging = project.build / STAGING / (place or region)
    documents = make_documents(column.content, project.build / "documents")
    media = published_media(column.content, project.build / "media")
    takeaways = handed(column) if handed else {}
    both = {f"{language}/{path}": file for path, file in documents.items() for language in LANGUAGES}
    staged = staged_from(column, documents, media.scaled, takeaways)
    kept = project.build / KEPT / "staging" / f"{staging.name}.json"
    changed, texts = write_staging(
        staging,
        stage(column, documents, media.scaled, takeaways),
        media.files | both | {f"zh/{path}": file for path, file in takeaways.items()},
        project.pages / "assets",
        known_texts(before, staged) if before else kept_texts(kept, staging, staged),
    )
    staged = replace(staged, texts=texts)
    if before is None:
        keep_staging(kept, staged)
    bundled = _bundle(project, column)
    extra = {
        "site": site_data(column),
        "labels": all_labels(),
        "standards": {name: _stated(loaded.standard.to_data()) for name, loaded in column.content.standards.items()},
        "standard_hashes": {name: loaded.standard.sha256 for name, loaded in column.content.standards.items()},
        "answer_limits": {
            "name": LONGEST_NAME,
            "note": LONGEST_NOTE,
            "evidence": MOST_EVIDENCE,
            "counted": MOST_COUNTED,
            "bytes": MOST_BYTES,
        },
        "assets": assets_address(project.pages / "assets"),
        "csp": CONTENT_SECURITY_POLICY,
        "engine": f"engine/{bundled.name}/",
    }
    framed = column.portal.files if column.portal else {}
    portal = {path: published_form(file, project.build / "media")[0] for path, file in framed.items()}
    return Prepared(column, staging, project.build / "engine" / bundled.name, extra, changed, portal, staged)


def _stated(data: object) -> object:
    """A standard's data without what is null: a template would print it as None."""
    if isinstance(data, dict):
        return {key: _stated(value) for key, value in data.items() if value is not None}
    return [_stated(member) for member in data] if isinstance(data, list) else data


def engine_json(loaded: LoadedStandard) -> bytes:
    """What the engine takes: a standard, what we say about it, and the words for what it can find wrong."""
    data = {
        "standard": loaded.standard.to_data(),
        "guidance": loaded.guidance,
        "words": problem_words().part(CODES),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


_bundles: dict[tuple[object, ...], Bundle] = {}
"""The last, by all that it was made from: looking through it again takes a tenth of a second, at every edit in a preview."""


def _bundle(project: Project, column: Column) -> Bundle:
    """The engine's folder, made anew only when something in it has changed.

    Raises:
        BuildError: the bundler could not make it.
    """
    pyodide = project.root / "node_modules" / "pyodide"
    core, browser = (project.root / "scoring_wasm" / name for name in ("scoring", "browser"))
    standards = {f"{name}.json": engine_json(loaded) for name, loaded in column.content.standards.items()}
    files = sorted((*core.rglob("*.py"), *browser.rglob("*.js"), pyodide / "package.json"))
    states = [(file, state_of(file)) for file in files]
    made_from = (project.build, tuple(standards.items()), *states)
    known = _bundles.get(made_from) if all(state for _, state in states) else None
    if known and known.path.is_dir():
        return known
    try:
        made = bundle(pyodide=pyodide, core=core, browser=browser, standards=standards, out=project.build / "engine")
    except BundleError as error:
        raise BuildError(error.code, **error.values) from error
    _bundles.clear()
    _bundles[made_from] = made
    return made
