"""What `publicity check` was asked to look at: everything, or what lies below some paths, or what some regions publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publicity.check import check, notes
from publicity.problems import Problem, UsageError, near
from publicity.project import Project
from publicity.read.load import load


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
    for region in project.regions() if paths or not names else regions:
        draft = load(project, region)
        for told, selected in ((check(draft, release=release), problems), (notes(draft), noted)):
            selected |= {problem for problem in told if not names or region in regions or _lies_below(problem, paths)}
    return Selection(problems, set() if problems else noted, [*paths, *regions] or project.regions())


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
