"""Many exported files in one run, one after the other: ten thousand take no more memory than one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from scoring.answers_reader import read_answers
from scoring.points import show
from scoring.problems import AnswersError, Problem, Problems
from scoring.result import Result, score
from scoring.standard import Standard
from scoring.strict_json import MOST_BYTES, loads
from scoring.words import printable

File = str | PathLike[str]


@dataclass(frozen=True)
class Line:
    """What became of one file, by its printable name: a result, or else every problem with it."""

    file: str
    result: Result | None
    problems: tuple[Problem, ...] = ()


def score_files(files: Iterable[File], standards: Sequence[Standard]) -> Iterator[Line]:
    """Score exported files, each by the standard it names among those given.

    Args:
        files: Paths of files.
        standards: The standards to score by; a file for any other is a problem.

    Yields:
        One line for each file, in order. A file that cannot be read or scored is a line with problems.
    """
    for file in files:
        try:
            data = loads(_read(file))
            result = score(standard := _standard_of(data, standards), read_answers(data, standard))
            yield Line(printable(str(file)), result)
        except AnswersError as error:
            yield Line(printable(str(file)), None, error.problems)


def _read(file: File) -> str:
    """The text of a file, never more of it than is allowed and one byte."""
    problems = Problems()
    path = Path(file)
    try:
        # A pipe or a device would be waited for, perhaps for ever.
        if path.exists() and not path.is_file() and not path.is_dir():
            problems.add((), "not-regular")
            raise AnswersError(problems.found)
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add((), "not-utf8")
    except OSError as error:
        problems.add((), "unreadable", why=error.strerror or str(error))
    raise AnswersError(problems.found)


def _standard_of(data: object, standards: Sequence[Standard]) -> Standard:
    """The standard a file names; the first one where it names none of them, whose check then says so."""
    named = data.get("standard") if isinstance(data, dict) else None
    name = named.get("id") if isinstance(named, dict) else None
    return next((standard for standard in standards if standard.id == name), standards[0])


@dataclass
class Spread:
    """How the files for one standard are spread, in a size that does not grow with their number.

    Attributes:
        met: By item id, how many files meet it.
        totals: By total in thousandths, how many files reach it; empty for a checklist.
    """

    standard: Standard
    files: int = 0
    met: Counter[str] = field(default_factory=Counter)
    totals: Counter[int] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one more file."""
        self.files += 1
        self.met.update(result.met)
        if self.standard.scored:
            self.totals[result.earned["total"]] += 1

    def to_data(self) -> dict[str, object]:
        """The spread as JSON can hold it: "files", "items" met and, for scored ones, "total"."""
        data: dict[str, object] = {
            "files": self.files,
            "items": {name: self.met[name] for name in self.standard.item_by_id},
        }
        if not self.totals:
            return data
        # The mean is the one number that may be inexact: rounded half up to hundredths.
        mean = (2 * sum(total * count for total, count in self.totals.items()) + 10 * self.files) // (20 * self.files)
        return data | {
            "total": {
                "lowest": show(min(self.totals)),
                "median": show((self._ranked((self.files - 1) // 2) + self._ranked(self.files // 2)) // 2),
                "mean": show(mean * 10),
                "highest": show(max(self.totals)),
            },
            "totals": {show(total): self.totals[total] for total in sorted(self.totals)},
        }

    def _ranked(self, rank: int) -> int:
        """The total of the file at a rank, the lowest being 0."""
        for total in sorted(self.totals):
            rank -= self.totals[total]
            if rank < 0:
                return total
        raise IndexError(rank)


@dataclass
class Summary:
    """What a run came to: how many files, how many of them bad, and the spread for each standard."""

    scored: int = 0
    bad: int = 0
    spreads: dict[str, Spread] = field(default_factory=dict)

    def watch(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Pass the lines on, one by one, and count them."""
        for line in lines:
            if line.result is None:
                self.bad += 1
            else:
                self.scored += 1
                standard = line.result.standard
                self.spreads.setdefault(standard.id, Spread(standard)).add(line.result)
            yield line

    def to_data(self) -> dict[str, object]:
        """The summary as JSON can hold it."""
        spreads = {name: spread.to_data() for name, spread in self.spreads.items()}
        return {"files": self.scored + self.bad, "scored": self.scored, "bad": self.bad, "standards": spreads}
