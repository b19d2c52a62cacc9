"""Problems in the content: where, what is wrong, what was expected."""

import difflib
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LISTED = 12
"""A longer list of what would be allowed helps nobody."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file. `path` is relative to the project, with forward slashes; `line` counts from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content cannot be published. Raised by `load` and `link` only, with every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def summary(self) -> str:
        """The last line of a report: how many problems, in how many files."""
        files = len({problem.path for problem in self.problems})
        return f"{_count(len(self.problems), 'problem')} in {_count(files, 'file')}; nothing was written."


class BuildError(Exception):
    """The content is sound but the site could not be made; the message holds the failing tool's own words."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as "; did you mean `title`?", or what is allowed when nothing is near."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; expected one of: {', '.join(names)}" if 0 < len(names) <= MOST_LISTED else ""


def near_path(path: str, known: Iterable[str]) -> str:
    """A hint where a file of the same name lies elsewhere, or one of nearly that name in the same folder; else nothing."""
    folder, name = posixpath.split(path)
    paths = sorted(known)
    named = {posixpath.basename(one).lower(): one for one in paths if posixpath.basename(one) != "index.md"}
    beside = {posixpath.basename(one): one for one in paths if posixpath.dirname(one) == folder}
    stems = {posixpath.splitext(one)[0]: one for one in beside}
    near = difflib.get_close_matches(posixpath.splitext(name)[0], stems, n=1, cutoff=0.75)
    found = named.get(name.lower()) or (beside[stems[near[0]]] if near else None)
    return f"; did you mean `{found}`?" if found else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
