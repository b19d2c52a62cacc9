"""Reading source files: text, YAML and front matter, with the line of every key for error messages."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import cast

from publicity.problems import Problem
from publicity.read.characters import bad_characters, bad_entities, radicals
from publicity.read.files.encodings import decoded, undecodable, with_plain_ends
from publicity.read.files.plain import read_plain_file
from publicity.read.markdown.slips import markdown_slips
from publicity.read.slip import Edit
from publicity.read.yaml.data import parse_yaml, text_lost_to_comment
from publicity.work.names import name_of
from publicity.work.shelf import Shelf
from scoring.problems import MOST_SHOWN, Keys

KeyPath = Keys

_listeners: list[set[str]] = []


@contextlib.contextmanager
def bodies_read() -> Iterator[set[str]]:
    """Collect the names of the sources whose bodies this process asks for."""
    asked: set[str] = set()
    _listeners.append(asked)
    try:
        yield asked
    finally:
        _listeners.pop()


class _Body:
    """The body of a source, as a dataclass's field that tells when it is asked for."""

    def __get__(self, source: "Source | None", _: type) -> str:
        if source is None:
            return ""  # what it is by default
        for asked in _listeners:
            asked.add(source.name)
        return cast(str, vars(source)["body"])

    def __set__(self, source: "Source", text: str) -> None:
        vars(source)["body"] = text


class _KeyLines(Mapping[KeyPath, int]):
    """The line of each key of a text in YAML. It is read again for them when the first is asked for: of a sound file none is."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return {(): 1} | parse_yaml(self._text).lines

    def __getitem__(self, keys: KeyPath) -> int:
        return self._lines[keys]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True)
class Source:
    """A file as read: its data, the line of each key, and for Markdown the body after the front matter.

    `written` is the same before its marked places were filled; only what regions share has such places.
    """

    name: str
    data: object
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    body: _Body = _Body()
    body_line: int = 1
    written: "Source | None" = None
    digest: str = ""
    """A hash of the file as it stands, but for its body."""

    @cached_property
    def body_digest(self) -> str:
        """A hash of its body, which does not count as asked for."""
        return name_of(vars(self)["body"])

    def texts(self) -> list[tuple[KeyPath, str]]:
        """The texts among its data, each with its key."""
        found: list[tuple[KeyPath, str]] = []
        _add_texts(self.data, (), found)
        return found

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest one above it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, keys: KeyPath, code: str, **values: object) -> Problem:
        """What is wrong at a key."""
        return Problem(self.name, self.line(keys), code, values, keys)


def _add_texts(value: object, key: KeyPath, found: list[tuple[KeyPath, str]]) -> None:
    if isinstance(value, str):
        if value.strip():
            found.append((key, value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            _add_texts(inner, (*key, name), found)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _add_texts(inner, (*key, index), found)


def parse_value(text: str) -> object:
    """What a value written in a file's YAML stands for."""
    return parse_yaml(text).data


def read_yaml(path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file; `name` is its path as shown to people."""
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    data, lines, problems = _parse_yaml(text, name)
    return (None if problems else Source(name, data, lines, digest=name_of(text))), problems


def parse_markdown(text: str, name: str, shelf: Shelf | None = None) -> tuple[Source | None, list[Problem]]:
    """A Markdown text with YAML front matter between two lines of three dashes. Where that is no YAML, the source has no data, but its body.

    Front matter that was sound before stands on the `shelf`, by the file's name.
    """
    rows = text.split("\n")
    end = _end_of_front_matter(rows)
    if rows[0].rstrip() != "---":
        return None, [_false_dashes(rows, name, 0) or Problem(name, 1, "no-front-matter")]
    if end is None:
        return None, [_false_dashes(rows, name, 1) or Problem(name, 1, "unclosed-front-matter")]
    front_matter = "\n".join(["", *rows[1:end], ""])  # an empty line for the dashes, so that lines count as in the file
    made_from = name_of(front_matter)
    problems: list[Problem] = []
    row = shelf.get(name) if shelf else None
    if row and row[0] == made_from:
        data = row[1]
    else:
        data, problems = _data(front_matter, name)
        if shelf and not problems:
            shelf.put(name, [made_from, data])
    body = "\n".join(rows[end + 1 :])
    return Source(name, data, _KeyLines(front_matter), body, end + 2, digest=made_from), problems


def _data(front_matter: str, name: str) -> tuple[object, list[Problem]]:
    """What front matter says, and its problems; nothing where it is no YAML."""
    data, _, problems = _parse_yaml(front_matter, name)
    return (None, problems) if problems else (data, _placed(text_lost_to_comment(front_matter), name))


def body_of(text: str) -> str | None:
    """What stands below a text's front matter; None where it has none that is closed."""
    rows = text.split("\n")
    end = _end_of_front_matter(rows) if rows[0].rstrip() == "---" else None
    return None if end is None else "\n".join(rows[end + 1 :])


def slip_edits(text: str, *, markdown: bool) -> list[tuple[Edit, ...]]:
    """What mends each slip of a file's text that can be mended: of front matter and body of a Markdown one, or of YAML."""
    if not markdown:
        return parse_yaml(text).edits
    rows = text.split("\n")
    end = _end_of_front_matter(rows)
    if rows[0].rstrip() != "---" or end is None:
        problem = _false_dashes(rows, "", 0 if rows[0].rstrip() != "---" else 1)
        if problem is None:
            return []
        if problem.code == "blank-above-dashes":
            return [(Edit(0, text.index("---"), ""),)]
        start = sum(len(row) + 1 for row in rows[: problem.line - 1])
        return [(Edit(start, start + len(rows[problem.line - 1]), "---"),)]
    begin = len(rows[0])  # the line of dashes reads as an empty one
    body = "\n".join(rows[end + 1 :])
    return [
        *_moved(parse_yaml("\n".join(["", *rows[1:end], ""])).edits, begin),
        *_moved((slip.edits for slip in markdown_slips(body) if slip.edits), len(text) - len(body)),
    ]


def _moved(offered: Iterable[tuple[Edit, ...]], by: int) -> Iterator[tuple[Edit, ...]]:
    for edits in offered:
        yield tuple(Edit(edit.start + by, edit.end + by, edit.new) for edit in edits)


def _end_of_front_matter(rows: list[str]) -> int | None:
    return next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)


def _false_dashes(rows: list[str], name: str, begin: int) -> Problem | None:
    """The line that was to be `---`: Word makes one dash of two hyphens; or one that is, below blank lines."""
    first = next((row.rstrip() for row in rows if row.strip()), "")
    if begin == 0 and first == "---":
        return Problem(name, 1, "blank-above-dashes")
    for number, row in enumerate(rows[begin:], begin):
        if re.fullmatch(r"[ \u00a0\u3000]*(?:[—–－−‐-]+|\*{3,}|_{3,}|={3,}|\+{3,})\s*", row):
            return Problem(name, number + 1, "false-dashes", {"found": row.strip()})
        if begin == 0 and row.strip():
            break
    return None


_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file, its line ends made alike; one that is empty or not UTF-8 is a problem."""
    data, problems = read_plain_file(path, name)
    if data is None:
        return None, problems
    text, encoding = decoded(data)
    if text is None or encoding:
        return None, [undecodable(data, name, encoding)]
    text = with_plain_ends(text)
    if not text.strip():
        return None, [Problem(name, 1, "empty-file")]
    if "\n>>>>>>> " in text and (conflict := _CONFLICT.search(text)):
        return None, [Problem(name, text.count("\n", 0, conflict.start()) + 1, "merge-conflict")]
    problems = list(islice(chain(bad_characters(text, name), radicals(text, name)), MOST_SHOWN))
    if path.suffix in (".md", ".html"):
        problems += islice(bad_entities(text, name), MOST_SHOWN)
    return (None if problems else text), problems


def _placed(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Problems of a text with the file that it stands in."""
    return [replace(problem, path=name) for problem in problems]


def _parse_yaml(text: str, name: str) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    parsed = parse_yaml(text)
    return parsed.data, parsed.lines, _placed(parsed.problems, name)
