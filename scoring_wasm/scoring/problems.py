"""What is wrong with data: where, and what, as data. Its words are made where it is said (`scoring.words`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Keys = tuple[str | int, ...]

# A hostile file may hold a million faults; nobody reads more than these.
MOST_SHOWN = 50
_LONGEST_VALUE = 200

# What the core finds. `Problems.add` knows no other, and the words given to an engine are for these.
CODES = frozenset(
    {
        # Any data
        "bad-choice", "blank", "broken-character", "list-size", "missing-key", "more-problems", "not-bool", "not-date",
        "not-list", "not-mapping", "not-number", "not-points", "not-text", "not-time", "too-long", "unknown-key",
        # A standard
        "bad-id", "bad-id-below", "bad-level-id", "bad-standard-id", "checklist-points", "duplicate-id", "how-scored",
        "more-than-possible", "only-null", "sum", "sum-below-cap", "sum-of-sections", "title-points", "zero",
        # Guidance
        "ends-before-start", "no-effort", "not-month-day", "other-guidance", "two-efforts", "unknown-item",
        # Answers
        "big-number", "count-needed", "duplicate-member", "level-needed", "no-count", "no-levels", "not-exported",
        "not-finite", "not-json", "not-met", "not-regular", "not-utf8", "other-format", "other-standard",
        "other-version", "too-big", "too-deep", "unreadable",
        # A request
        "no-target",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Near:
    """The hint "did you mean …?"."""

    word: str


@dataclass(frozen=True)
class Among:
    """The hint "expected one of …"."""

    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Problem:
    """One fault in some data. Problems can be compared, sorted by their place, and put in sets.

    Attributes:
        path: The file, relative to the project with forward slashes, or the user's own; "" where the data is no file's.
        line: The line in it, from 1; 0 where there are no lines.
        code: Which fault: a key of the catalogue of words.
        values: What fills the words; under "hint" a `Near`, an `Among` or None.
        keys: Keys and indexes that lead to the fault from the root of the data; empty for the whole.
    """

    path: str
    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    keys: Keys = ()

    def __str__(self) -> str:
        """For programmers; `scoring.words` makes sentences."""
        place = f"{self.path}:{self.line}: " if self.path else ""
        way = "/".join(map(str, self.keys))
        return f"{place}{way}{': ' if way else ''}{self.code} {dict(self.values)}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self._order == other._order

    def __lt__(self, other: "Problem") -> bool:
        return self._order < other._order

    def __hash__(self) -> int:
        return hash(self._order)

    @property
    def _order(self) -> tuple[object, ...]:
        # Keys of two kinds cannot be compared, values of all kinds neither.
        keys = tuple((isinstance(key, str), key) for key in self.keys)
        return self.path, self.line, keys, self.code, repr(sorted(self.values.items(), key=lambda item: item[0]))


class ScoringError(ValueError):
    """Data that cannot be used. Never raised itself: see its subclasses for who raises them.

    Attributes:
        problems: All that is wrong, in the order of the data.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, shown(self.problems))))


class StandardError(ScoringError):
    """Raised by `Standard.from_data` and `Guidance.from_data`."""


class AnswersError(ScoringError):
    """Raised where answers, or a request to the engine, are read."""


class Problems:
    """Collects problems while data is read, so that all can be said at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, keys: Keys, code: str, **values: object) -> None:
        """Note one problem with as much of its values as a sentence shows.

        Raises:
            KeyError: If the code is not in `CODES`.
        """
        if code not in CODES:
            raise KeyError(code)
        self.found.append(Problem("", 0, code, {name: short(value) for name, value in values.items()}, keys))

    def check(self, error: type[ScoringError]) -> None:
        """Raise `error` with everything noted so far; do nothing where there is nothing."""
        if self.found:
            raise error(self.found)


def shown(problems: Sequence[Problem]) -> list[Problem]:
    """The first `MOST_SHOWN`, then one that counts the rest."""
    left = len(problems) - MOST_SHOWN
    rest = [Problem("", 0, "more-problems", {"count": left})] if left > 0 else []
    return [*problems[:MOST_SHOWN], *rest]


def short(value: object) -> object:
    """As much of a value as a sentence shows: long texts are cut, what a list or a mapping holds is left out."""
    if value is None or isinstance(value, bool | float | Near | Among):
        return value
    if isinstance(value, int):
        # Python refuses to print huge integers.
        return value if abs(value) < 10**20 else "1e20…"
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
