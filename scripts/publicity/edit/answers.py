"""What a desk says: rows of its list, an entry opened, what came of a step."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from publicity.edit.checking import Findings
from publicity.edit.drafts import Draft, EntryName, Noted
from publicity.edit.form.forms import FormField, Values
from publicity.problems import Problem
from publicity.project import Project


class Imported(Protocol):
    """A document read as an entry: the files to write, by their paths in the project, and what a person must still look at."""

    @property
    def files(self) -> Mapping[Path, bytes]:
        """The entry and its pictures."""

    @property
    def remarks(self) -> Sequence[Problem]:
        """What a person must still look at."""


Paster = Callable[[str, bool], tuple[str, Sequence[Problem]]]
"""Reads pasted HTML as Markdown, of an official text or of another one; also says what a person must still look at."""
Importer = Callable[[Project, str | None, Path, str, str, datetime.date], Imported]
"""Reads a Word file for a project, a region, a kind, a slug, as of a day."""


@dataclass(frozen=True)
class Row:
    """An entry in the list."""

    name: EntryName
    title: str
    state: str
    problems: int


@dataclass(frozen=True)
class Sheet:
    """An entry opened: what its page shows.

    Attributes:
        raw: The controls for files whose fields cannot be read; where there are any, they alone are shown.
    """

    draft: Draft
    title: str
    state: str
    fields: tuple[FormField, ...]
    english: tuple[FormField, ...]
    values: Values
    raw: tuple[str, ...]
    remarks: tuple[Noted, ...]
    steps: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came of what was sent: a code of `said` in `labels/edit.yml`, what it adds, and how the entry stands now.

    Attributes:
        is_changed: Whether it was refused since the entry has changed elsewhere.
        name: Where the entry stands now, if elsewhere.
    """

    said: str
    detail: str = ""
    is_done: bool = True
    is_changed: bool = False
    name: EntryName | None = None


@dataclass(frozen=True)
class Attached:
    """A file put beside an entry: its name there, what it was called, whether pages can show it as a picture, and what could not be read of it."""

    file: str
    title: str
    is_picture: bool
    remark: str = ""

    @property
    def markdown(self) -> str:
        """The Markdown that shows it."""
        return f"{'!' if self.is_picture else ''}[{self.title}]({self.file})"


@dataclass(frozen=True)
class Checked:
    """A draft as it stands, with its problems.

    Attributes:
        dropped: The characters that were left out of what was sent.
    """

    version: str
    state: str
    is_kept: bool
    findings: Findings
    dropped: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether its page can be shown."""
        return not self.findings.unsound and not self.findings.elsewhere
