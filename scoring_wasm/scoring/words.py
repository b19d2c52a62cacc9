"""What is wrong, said to a reader: the words of the catalogue, filled with the values of a problem."""

from collections.abc import Iterable

from scoring.problems import Among, Near, Problem, short

_STOPS = ("？", "。", "！", "?", ".", "!")

ByLanguage = dict[str, str]  # by language


class Words:
    """The words for problems, in Chinese ("zh") and English ("en")."""

    def __init__(self, data: object) -> None:
        """Take the catalogue as plain data, from YAML or JSON: {"marks": …, "hints": …, "problems": {code: parts}}.

        Raises:
            TypeError: If it is no mapping.
        """
        if not isinstance(data, dict):
            raise TypeError("the catalogue of problems is a mapping")
        self._marks: dict[str, ByLanguage] = data["marks"]
        self._hints: dict[str, ByLanguage] = data["hints"]
        self._problems: dict[str, dict[str, ByLanguage]] = data["problems"]

    def part(self, codes: Iterable[str]) -> dict[str, object]:
        """The catalogue's data for some codes alone, of which `Words` can be made again.

        Raises:
            KeyError: If there are no words for one of the codes.
        """
        problems = {code: self._problems[code] for code in sorted(codes)}
        return {"marks": self._marks, "hints": self._hints, "problems": problems}

    def text(self, problem: Problem, language: str) -> str:
        """What is wrong; what was expected; what to write: one sentence, without the place.

        Raises:
            KeyError: If there are no words for the problem's code, or no value for one of their holes.
        """
        parts = self._problems[problem.code]
        values = {name: self._show(value, language) for name, value in problem.values.items()}
        texts = [
            fill(parts["found"][language], **values),
            self._hint(problem.values.get("hint"), language),
            *(fill(parts[name][language], **values) for name in ("expected", "mend") if name in parts),
        ]
        sentence = ""
        for text in filter(None, texts):
            mark = "after_stop" if sentence.endswith(_STOPS) else "between"
            sentence += (self._marks[mark][language] if sentence else "") + text
        return sentence

    def line(self, problem: Problem, language: str) -> str:
        """The place, then the sentence: "content/x.md:12: …"; without lines the keys: "answers/1.1.1/met: …"."""
        places = [printable(problem.path)] if problem.path else []
        if problem.line:
            places = [":".join([*places, str(problem.line)])]
        elif problem.keys:
            places.append("/".join(quote(str(key)) for key in problem.keys))
        return ": ".join([*places, self.text(problem, language)])

    def _hint(self, hint: object, language: str) -> str:
        if isinstance(hint, Near):
            return self._hints["near"][language].format(near=quote(hint.word))
        if isinstance(hint, Among):
            return self._hints["among"][language].format(among=self._show(hint.words, language))
        return ""

    def _show(self, value: object, language: str) -> str:
        if isinstance(value, tuple | list):
            return self._marks["list"][language].join(self._show(member, language) for member in value)
        said = getattr(value, "said", None)  # a value with a name of its own in each language
        return quote(said(language) if said else value)


def fill(text: str, /, **values: object) -> str:
    """The text with values in its {holes}: `{count}` shows one, `{count:file|files}` the word that goes with it, `file` with 1.

    Raises:
        KeyError: If there is no value for a hole.
    """
    return text.format_map({name: _Said(value) for name, value in values.items()})


class _Said(str):
    """A value as a sentence shows it."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        one, mark, many = words.partition("|")
        if not mark:
            return super().__format__(words)
        return one if self == "1" else many


def quote(value: object) -> str:
    """A short, printable, one-line rendering of a value, fit for a sentence or a terminal."""
    value = short(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return printable(str(value))


def printable(text: str) -> str:
    """The text with everything that could steer a terminal, or cannot be encoded, written as an escape."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
