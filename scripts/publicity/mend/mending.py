"""Which edits a file gets: all that its slips offer, as far as the whole check finds it better for them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publicity.check import check
from publicity.check.selection import check_selected
from publicity.markup.bounds import excesses
from publicity.mend.changes import Change
from publicity.mend.fields import field_edits
from publicity.mend.guards import keeps_text
from publicity.models import Entry
from publicity.problems import Problem
from publicity.project import Project
from publicity.read.draft import Draft
from publicity.read.files.encodings import decoded, with_plain_ends
from publicity.read.files.plain import read_plain_file, reading_instead
from publicity.read.load import load
from publicity.read.slip import Edit, edited
from publicity.read.source import body_of, slip_edits
from publicity.read.yaml.slips import HIDING

_OFFICIAL = frozenset({"policies", "interpretations", "regulations"})
_MOST_ROUNDS = 12
"""A mend may show what it hid; nobody's file hides so much."""
_MOST_TRIED = 60
"""Slips of a file whose mends are tried one by one, where not all of them can be taken."""


def mends(project: Project, names: Sequence[str]) -> Iterator[Change]:
    """What can be mended of what `check_selected` is asked to look at, file by file; nothing is written.

    Raises:
        UsageError: a name is neither a path that holds content nor a region.
    """
    problems = check_selected(project, names).problems
    checked = cache(lambda region: _checked(project, region))
    for name in sorted({problem.path for problem in problems}):
        path = project.root / name
        if _is_mendable(project, path) and (change := _Mending(project, path, name, checked).change()):
            yield change


_Checked = tuple[Draft, list[Problem]]


def _checked(project: Project, region: str) -> _Checked:
    draft = load(project, region)
    return draft, check(draft)


def _is_mendable(project: Project, path: Path) -> bool:
    """Whether it is a text of the content or of the standards that no link leads to."""
    below = next((root for root in (project.content, project.standards) if path.is_relative_to(root)), None)
    if below is None or path.suffix not in (".md", ".yml") or not path.is_file():
        return False
    return not any(place.is_symlink() for place in (path, *path.parents) if place.is_relative_to(below))


@dataclass(frozen=True)
class _State:
    """A file's text as it may become, with what the whole check says of it."""

    text: str  # with the line ends that it has
    plain: str
    told: tuple[Problem, ...]
    elsewhere: Counter[tuple[str, str]]

    @property
    def codes(self) -> Counter[tuple[str, str]]:
        """All problems by file and code."""
        return self.elsewhere + Counter((problem.path, problem.code) for problem in self.told)

    @property
    def hidden(self) -> tuple[int, int]:
        """How far the file is from being read: how many problems keep its fields from it, and where the first stands."""
        lines = [problem.line for problem in self.told if problem.code in HIDING]
        return len(lines), -min(lines, default=0)


class _Mending:
    """One file."""

    def __init__(self, project: Project, path: Path, name: str, checked: Callable[[str], _Checked]) -> None:
        self._project, self._path, self._name = project, path, name
        regions = project.regions()
        self._region = path.relative_to(project.root).parts[1]
        if self._region not in regions:
            self._region = regions[0]
        self._as_it_is = checked(self._region)
        self._official = False

    def change(self) -> Change | None:
        """What becomes of the file; None where nothing does."""
        before = read_plain_file(self._path, self._name)[0]
        text, encoding = decoded(before or b"")
        if before is None or text is None:
            return None
        signature = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
        state = self._state(text, *self._as_it_is)
        for _ in range(_MOST_ROUNDS):
            better = self._better(state)
            if better is None:
                break
            state = better
        if state.text == text and not encoding:
            return None
        after = (signature + state.text).encode()
        return Change(self._path, self._name, before, after, encoding)

    def _state(self, text: str, draft: Draft, problems: list[Problem]) -> _State:
        documents = (
            document
            for document in draft.content.documents()
            for source in document.sources
            if source.name == self._name
        )
        document = next(documents, None)
        collection = self._path.parent.name
        self._official = (
            document.meta.is_official if document and isinstance(document.meta, Entry) else collection in _OFFICIAL
        )
        here = tuple(sorted(problem for problem in problems if problem.path == self._name))
        elsewhere = Counter((problem.path, problem.code) for problem in problems if problem.path != self._name)
        return _State(text, with_plain_ends(text), here, elsewhere)

    def _better(self, state: _State) -> _State | None:
        """The text with all that its slips offer, or as much as can be taken; None where nothing can."""
        offered = self._offered(state)
        if not offered:
            return None
        if better := self._tried(state.text, [edit for edits in offered for edit in edits], state):
            return better
        found, taken = state, list[Edit]()
        for edits in offered[:_MOST_TRIED]:
            if better := self._tried(state.text, [*taken, *edits], found):
                found, taken = better, [*taken, *edits]
        return found if taken else None

    def _offered(self, state: _State) -> list[tuple[Edit, ...]]:
        """What mends each slip, as far as it can be mended."""
        markdown = self._path.suffix == ".md"
        if markdown and any(excesses(body_of(state.plain) or "")):
            return []
        fields = ((edit,) for edit in field_edits(state.plain, state.told))
        return list(dict.fromkeys((*slip_edits(state.plain, markdown=markdown), *fields)))

    def _tried(self, text: str, edits: Sequence[Edit], state: _State) -> _State | None:
        """A text with some edits, where it is better for them than it was."""
        mended = edited(text, _in_file(text, edits))
        plain = with_plain_ends(mended)
        before, after = body_of(state.plain), body_of(plain)
        if before is not None and after is not None and not keeps_text(before, after, official=self._official):
            return None
        with reading_instead({self._path: mended.encode()}):
            tried = self._state(mended, *_checked(self._project, self._region))
        return tried if _is_better(state, tried) else None


def _is_better(old: _State, new: _State) -> bool:
    """Whether a problem is gone and none has come; what a file shows that could not be read before is not new."""
    if old.hidden[0]:
        return new.hidden < old.hidden
    return bool(old.codes - new.codes) and not new.codes - old.codes


def _in_file(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Edits of a text with plain line ends, as those of the same text with its own."""
    pairs = [place - number for number, place in enumerate(_pairs(text))]
    end = "\r\n" if pairs else "\n"
    return [
        Edit(
            edit.start + bisect_left(pairs, edit.start),
            edit.end + bisect_left(pairs, edit.end),
            edit.new.replace("\n", end),
        )
        for edit in edits
    ]


def _pairs(text: str) -> Iterator[int]:
    """The places of line ends of two characters."""
    place = text.find("\r\n")
    while place >= 0:
        yield place
        place = text.find("\r\n", place + 2)
