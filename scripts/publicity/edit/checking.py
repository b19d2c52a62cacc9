"""What the checks say of a draft, field by field."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from publicity.check import FOR_RELEASE, check
from publicity.edit.drafts import Draft
from publicity.labels.sentences import form_text_of, line_of, text_of
from publicity.problems import Problem
from publicity.project import Project
from publicity.read.load import load

BODY = "body"
ENGLISH = "en."
"""Begins the names of fields of the English side."""
RAW = "raw"
"""The control for a whole file whose fields cannot be read."""


@dataclass(frozen=True)
class Told:
    """A problem as the page shows it.

    Attributes:
        code: Its code.
        text: Its sentence.
        field: The name of its field: `source.url`, `en.title`, `body`, `raw`; nothing for the whole entry.
        line: Its line in the body or in the raw file, else 0.
        release: Whether only a release asks for it.
    """

    code: str
    text: str
    field: str
    line: int
    release: bool


@dataclass(frozen=True)
class Findings:
    """The problems of an entry itself, and what it causes elsewhere or stands there anyway."""

    own: tuple[Told, ...]
    elsewhere: tuple[str, ...]

    @property
    def unsound(self) -> tuple[Told, ...]:
        """Those that no build may contain."""
        return tuple(told for told in self.own if not told.release)


def check_draft(mirror: Project, regions: Iterable[str], draft: Draft) -> Findings:
    """All that the checks find in the regions of a draft's project."""
    found: dict[Problem, bool] = {}
    for region in regions:
        content = load(mirror, region)
        found |= dict.fromkeys(check(content), False)
        for problem in (problem for run in FOR_RELEASE for problem in run(content)):
            found.setdefault(problem, True)
    return findings_of(found, draft)


def findings_of(found: Mapping[Problem, bool], draft: Draft) -> Findings:
    """Problems beside the fields of a draft; each with whether only a release asks for it."""
    name = draft.name

    def is_own(problem: Problem) -> bool:
        return problem.path in (name.path, name.english) or draft.is_beside(problem.path)

    own = [
        _told(problem, draft, release=release)
        for problem, release in sorted(found.items(), key=lambda row: row[0])
        if is_own(problem)
    ]
    elsewhere = [
        line_of(problem)
        for problem, release in sorted(found.items(), key=lambda row: row[0])
        if not release and not is_own(problem)
    ]
    return Findings(tuple(own), tuple(elsewhere))


def _told(problem: Problem, draft: Draft, *, release: bool) -> Told:
    if draft.is_beside(problem.path):
        beside = posixpath.basename(problem.path)
        return Told(
            problem.code, f"{beside}: {text_of(problem)}", BODY if beside in draft.file.body else "", 0, release
        )
    english = ENGLISH if problem.path == draft.name.english else ""
    file = draft.english if english else draft.file
    if not file.is_readable:
        return Told(problem.code, text_of(problem), f"{english}{RAW}", problem.line, release)
    if english and not file.data and not problem.keys:  # its text was begun first; what it must have is its title
        return Told(problem.code, form_text_of(problem), f"{english}title", 0, release)
    first = file.front_matter.count("\n") + 3
    blank = len(file.body) - len(file.body.lstrip("\n"))  # the page shows the body without the lines above it
    in_body = not problem.keys and problem.line >= first
    keys = problem.keys or _key_at(file.front_matter, problem.line)
    field = BODY if in_body else ".".join(str(key).strip() for key in keys)
    return Told(
        problem.code,
        form_text_of(problem),
        f"{english}{field}" if field else "",
        max(1, problem.line - first + 1 - blank) if in_body else 0,
        release,
    )


def _key_at(front_matter: str, line: int) -> tuple[str, ...]:
    """The field that holds a line of the file; none for its first line, on which stands what is wrong with all of it."""
    rows = front_matter.split("\n")[: max(0, line - 1)]
    found = (match[1] for row in reversed(rows) if (match := re.match(r"([\w-]+)\s*:", row)))
    return tuple(found)[:1]


def problems_by_entry(project: Project, region: str) -> dict[str, int]:
    """How many problems the checks find in each file of a region."""
    counts: dict[str, int] = {}
    for problem in check(load(project, region)):
        counts[problem.path] = counts.get(problem.path, 0) + 1
    return counts
