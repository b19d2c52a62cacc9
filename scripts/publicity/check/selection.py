"""What `publicity check` was asked to look at: everything, or what lies below some paths, or what some regions publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from publicity.check import check, notes
from publicity.check.bodies.html import kept_verdicts
from publicity.problems import Problem, UsageError, near
from publicity.project import Project
from publicity.read.load import load
from publicity.work.processes import spread
from publicity.work.shelf import read_values


@dataclass(frozen=True)
class Selection:
    """What was found: problems, notes where there is none, and what was looked at, by its names."""

    problems: set[Problem]
    notes: set[Problem]
    names: list[str]


def check_selected(project: Project, names: Sequence[str], *, release: bool = False) -> Selection:
    """What is to be told below paths, and of what regions publish; of all regions unless something is named.

    Raises:
        UsageError: a name is neither a path that holds content nor a region.
    """
    paths = [_content_path(project, name) for name in names if Path(name).exists()]
    regions = [_known_region(project, name) for name in names if not Path(name).exists()]
    problems: set[Problem] = set()
    noted: set[Problem] = set()
    looked_at = project.regions() if paths or not names else regions
    # Bodies that were not converted yet are themselves spread over all processors, one region after another.
    is_known = all(read_values(kept_verdicts(project, region)) for region in looked_at)
    told = (spread if is_known else map)(partial(_told, project, release), looked_at)
    for region, (wrong, noticed) in zip(looked_at, told, strict=True):
        for found, selected in ((wrong, problems), (noticed, noted)):
            selected |= {problem for problem in found if not names or region in regions or _lies_below(problem, paths)}
    return Selection(problems, set() if problems else noted, [*paths, *regions] or project.regions())


def _told(project: Project, release: bool, region: str) -> tuple[list[Problem], list[Problem]]:
    """Problems and notes of a region."""
    draft = load(project, region)
    return check(draft, release=release), notes(draft, release=release)


def _content_path(project: Project, name: str) -> str:
    """A path that holds content, as problems name it."""
    path = Path(name).resolve()
    known = (project.content, project.pages, project.standards)
    if not any(path.is_relative_to(root) or root.is_relative_to(path) for root in known):
        raise UsageError("no-content-there", path=name, folders=tuple(map(project.name, known)))
    return project.name(Path(name))


def _known_region(project: Project, name: str) -> str:
    if name not in project.regions():
        raise UsageError("no-path-or-region", name=name, hint=near(name, project.regions()))
    return name


def _lies_below(problem: Problem, paths: Sequence[str]) -> bool:
    return any(path == "." or problem.path == path or problem.path.startswith(f"{path}/") for path in paths)
