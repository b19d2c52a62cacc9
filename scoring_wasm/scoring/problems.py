"""What is wrong with data: where it is and what it is, in the reader's language, all of it together."""

from dataclasses import dataclass, field

from scoring.messages import MESSAGES

Path = tuple[str | int, ...]

# A hostile file may hold a million faults; nobody reads more than these.
MOST_SHOWN = 50
_LONGEST_QUOTE = 200


def quote(value: object) -> str:
    """A short, printable, one-line rendering of a piece of data, fit for a message or a terminal."""
    text = value if isinstance(value, str) else _name(value)
    return printable(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…")


def printable(text: str) -> str:
    """The text with everything that could steer a terminal, or cannot be encoded, written as an escape."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _name(value: object) -> str:
    """JSON's name for a value that is not text; numbers only where they are short."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "1e20…"
    if isinstance(value, float):
        return repr(value)
    return "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else type(value).__name__


@dataclass(frozen=True)
class Problem:
    """One fault in some data.

    Attributes:
        path: Keys and indexes that lead to the fault from the root of the data; empty for the whole.
        code: Which fault: a key of `scoring.messages.MESSAGES`.
        values: What the message's placeholders stand for.
    """

    path: Path
    code: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong and what was expected, in English, without the place."""
        return self.text("en")

    def text(self, lang: str) -> str:
        """What is wrong and what was expected, in the language `lang` ("zh" or "en"), without the place."""
        return MESSAGES[self.code][lang].format_map(self.values)

    def line(self, lang: str) -> str:
        """The place, then the message: "answers/1.1.1/met: …"."""
        place = "/".join(quote(str(step)) for step in self.path)
        return f"{place}: {self.text(lang)}" if place else self.text(lang)


class ScoringError(ValueError):
    """Data that cannot be used. Never raised itself: see its subclasses for who raises them.

    Attributes:
        problems: All that is wrong, in the order of the data.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(self.lines("en")))

    def lines(self, lang: str) -> list[str]:
        """One line for each problem, at most `MOST_SHOWN` and then one that counts the rest."""
        lines = [problem.line(lang) for problem in self.problems[:MOST_SHOWN]]
        return lines + self._rest(lang)

    def faults(self, lang: str) -> list[dict[str, object]]:
        """The same as data: the "path" to each as a list of steps, empty for the whole, and its "text"."""
        faults: list[dict[str, object]] = [
            {
                "path": [quote(step) if isinstance(step, str) else step for step in problem.path],
                "text": problem.text(lang),
            }
            for problem in self.problems[:MOST_SHOWN]
        ]
        return faults + [{"path": [], "text": text} for text in self._rest(lang)]

    def _rest(self, lang: str) -> list[str]:
        left = len(self.problems) - MOST_SHOWN
        return [MESSAGES["more"][lang].format(count=left)] if left > 0 else []


class StandardError(ScoringError):
    """Raised by `Standard.from_data` and `Guidance.from_data`."""


class AnswersError(ScoringError):
    """Raised where answers, or a request to the engine, are read."""


class Problems:
    """Collects problems while data is read, so that all can be said at once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, path: Path, code: str, **values: object) -> None:
        """Note one problem; the values are shortened and made printable."""
        self.found.append(Problem(path, code, {key: quote(value) for key, value in values.items()}))

    def check(self, error: type[ScoringError]) -> None:
        """Raise `error` with everything noted so far; do nothing where there is nothing."""
        if self.found:
            raise error(self.found)
