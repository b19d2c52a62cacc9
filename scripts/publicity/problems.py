"""What can go wrong: problems of the content, and errors of those who use or run the tools. All are data; `labels` has the words."""

import contextlib
import difflib
import os
import posixpath
import re
import shutil
import tempfile
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from scoring.problems import Among, Near, Problem

__all__ = [
    "Among",
    "BuildError",
    "ContentError",
    "Field",
    "Near",
    "Problem",
    "ToolError",
    "UsageError",
    "near",
    "near_path",
    "system_problem",
    "unexpected_problem",
]

MOST_LISTED = 12
"""A longer list of what would be allowed helps nobody."""


class ContentError(Exception):
    """The content cannot be published. Raised by `check` and by what reads single files, with every problem found.

    Attributes:
        problems: All of them, by their places.
        left: Whether what could be mended without a person has been.
    """

    def __init__(self, problems: Iterable[Problem], *, left: bool = False) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.left = left
        super().__init__("\n".join(map(str, self.problems)))


class ToolError(Exception):
    """A command cannot do what it was asked to. Never raised itself: see its subclasses.

    Attributes:
        problem: What is wrong; it mostly has no place.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.problem = Problem("", 0, code, values)
        super().__init__(str(self.problem))

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """An error for a problem that has a place."""
        error = cls(problem.code, **problem.values)
        error.problem = problem
        return error

    def __reduce__(self) -> tuple[object, ...]:
        """A process tells another of it."""
        return type(self).of, (self.problem,)


class UsageError(ToolError):
    """The command was used wrongly, or in the wrong place. Any module may raise it; exit status 2."""


class BuildError(ToolError):
    """The content is sound but the site could not be made; values hold the failing tool's own words. Exit status 1."""


@dataclass(frozen=True)
class Field:
    """A field of the content as a value of a problem, by its keys and its title in Chinese: `review.drafted.date`, 完成日期."""

    key: str
    title: str

    def __str__(self) -> str:
        """For programs."""
        return self.key

    def said(self, language: str) -> str:
        """Its name in a sentence."""
        return f"{self.title}（{self.key}）" if language == "zh" and self.title else self.key


def near(word: str, known: Iterable[str]) -> Near | Among | None:
    """The hint for a word that is not known: the one that was meant, or what is allowed where nothing is near."""
    names = sorted(known)
    matches = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if matches:
        return Near(matches[0])
    return Among(tuple(names)) if 0 < len(names) <= MOST_LISTED else None


def near_path(path: str, known: Iterable[str]) -> Near | None:
    """The hint where a file of the same name lies elsewhere, or one of nearly that name in the same folder; else None."""
    folder, name = posixpath.split(path)
    paths = sorted(known)
    named = {posixpath.basename(other).lower(): other for other in paths if posixpath.basename(other) != "index.md"}
    beside = {posixpath.basename(other): other for other in paths if posixpath.dirname(other) == folder}
    stems = {posixpath.splitext(other)[0]: other for other in beside}
    matches = difflib.get_close_matches(posixpath.splitext(name)[0], stems, n=1, cutoff=0.75)
    meant = named.get(name.lower()) or (beside[stems[matches[0]]] if matches else None)
    return Near(meant) if meant else None


def system_problem(error: OSError) -> Problem:
    """What the system refused: a full disk, a folder that may not be written."""
    path = error.filename2 or error.filename or ""
    name = os.fsdecode(path) if isinstance(path, str | bytes) else ""
    why = error.strerror or str(error)
    if (
        isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list)
    ):  # of a whole folder: the first
        there, here, why = map(str, error.args[0][0])
        name = here if "' -> '" in why else there  # where both are named, the one that is written
        why = re.sub(r"^\[Errno \d+\] |: '.*", "", why)
    return Problem(name, 0, "system", {"why": why})


def unexpected_problem(error: Exception) -> Problem:
    """A fault of the program. Its traceback goes to a file, for those who look after it."""
    values = {"error": type(error).__name__, "report": "-"}
    with contextlib.suppress(OSError):
        options: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace", "delete": False}
        with tempfile.NamedTemporaryFile("w", prefix="publicity-", suffix=".txt", **options) as file:
            traceback.print_exception(error, file=file)
            values["report"] = file.name
    return Problem("", 0, "unexpected", values)
