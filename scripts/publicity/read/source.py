"""Reading source files: text, YAML and front matter, with the line of every key kept for error messages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from publicity.problems import Problem
from publicity.read.yaml_slips import explain, lost_words, slips
from scoring.problems import short

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """A file as read: its data, the line of each key, and for Markdown the body after the front matter."""

    name: str
    data: object
    lines: dict[KeyPath, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def line(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest one above it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, keys: KeyPath, code: str, **values: object) -> Problem:
        """What is wrong at a key."""
        return Problem(self.name, self.line(keys), code, values, keys)


class _Loader(yaml.SafeLoader):
    """YAML with the few scalar types that an editor expects: `no`, `12:30` and `2023-11-09` stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own interface


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:null", r"~|null|", ["~", "n", ""]),
    ("tag:yaml.org,2002:int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), list(_first))


_Quickest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _QuickLoader(_Quickest):  # type: ignore[misc]
    """The same ten times as fast, where PyYAML has libyaml; its errors say less."""

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def parse_value(text: str) -> object:
    """What a value written in a file's YAML stands for."""
    return yaml.load(text, _Loader)  # noqa: S506 - a safe loader with fewer types


def read_yaml(path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file; `name` is its path as shown to people."""
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    data, lines, problems = _parse_yaml(text, name, first_line=1)
    return (None if problems else Source(name, data, lines)), problems


def parse_markdown(text: str, name: str) -> tuple[Source | None, list[Problem]]:
    """A Markdown text with YAML front matter between two lines of three dashes. Where that is no YAML, the source has no data, but its body."""
    rows = text.split("\n")
    end = next((i for i, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if rows[0].rstrip() != "---":
        return None, [_false_dashes(rows, name, 0) or Problem(name, 1, "no-front-matter")]
    if end is None:
        return None, [_false_dashes(rows, name, 1) or Problem(name, 1, "unclosed-front-matter")]
    front_matter = "\n".join(rows[1:end]) + "\n"
    data, lines, problems = _parse_yaml(front_matter, name, first_line=2)
    lines.setdefault((), 1)
    source = Source(name, data, lines, "\n".join(rows[end + 1 :]), end + 2)
    if problems:
        return replace(source, data=None), problems
    return source, list(_placed(lost_words(front_matter, _Quickest), name, first_line=2))


def _false_dashes(rows: list[str], name: str, begin: int) -> Problem | None:
    """The line that was to be `---`: Word makes one dash of two hyphens."""
    for number, row in enumerate(rows[begin:], begin):
        if re.fullmatch(r"[ \u3000]*(?:[—–－−‐-]+|\*{3,}|_{3,}|={3,}|\+{3,})\s*", row):
            return Problem(name, number + 1, "false-dashes", {"found": row.strip()})
        if begin == 0 and row.strip():
            break
    return None


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file, its line ends made alike; one that is empty or not UTF-8 is a problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(name, 1, "unreadable", {"why": error.strerror})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if other := _other_encoding(data):
            return None, [Problem(name, line, "other-encoding", {"encoding": other[0], "called": other[1]})]
        return None, [Problem(name, line, "bad-byte", {"byte": f"0x{data[error.start]:02x}"})]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [Problem(name, 1, "empty-file")]
    if stray := list(_STRAY.finditer(text)):
        return None, [_stray(name, text, match.start()) for match in stray]
    return text, []


def _other_encoding(data: bytes) -> tuple[str, str] | None:
    """The encoding that a Chinese system may have written instead, by its name and by what programs on Windows call it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", "Unicode"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return ("GBK", "ANSI") if re.search("[\u4e00-\u9fff]", text) else None


_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")


def _stray(name: str, text: str, position: int, first_line: int = 1) -> Problem:
    """The problem that a character is, which cannot stand in a text."""
    line = first_line + text.count("\n", 0, position)
    if text[position] == "\ufffd":
        return Problem(name, line, "lost-character")
    return Problem(name, line, "invisible-character", {"character": f"U+{ord(text[position]):04X}"})


def _placed(problems: Iterable[Problem], name: str, first_line: int) -> Iterator[Problem]:
    """Problems of a text with their place in the file that it stands in."""
    for problem in problems:
        yield replace(problem, path=name, line=first_line - 1 + problem.line)


def _parse_yaml(text: str, name: str, first_line: int) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    try:
        data, lines, problems = _load(_QuickLoader(text), name, first_line)
    except yaml.YAMLError:
        pass  # read again below, for the better message
    else:
        if isinstance(data, str):  # no colon was seen
            problems += _placed(slips(text), name, first_line)
        return data, lines, problems
    try:
        return _load(_Loader(text), name, first_line)
    except yaml.MarkedYAMLError as error:
        return None, {}, list(_placed(explain(text, error), name, first_line))
    except yaml.reader.ReaderError as error:
        return None, {}, [_stray(name, text, error.position, first_line)]


def _load(
    loader: "_Loader | _QuickLoader", name: str, first_line: int
) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    try:
        root = loader.get_single_node()
        if root is None:
            return None, lines, [Problem(name, first_line, "no-keys")]
        _record(root, (), first_line, name, lines, problems)
        return (None if problems else loader.construct_document(root)), lines, problems
    finally:
        loader.dispose()


def _record(
    node: yaml.Node,
    path: KeyPath,
    first_line: int,
    name: str,
    lines: dict[KeyPath, int],
    problems: list[Problem],
) -> None:
    """Note the line of every key and list item below `node`; a key written twice is a problem."""
    lines.setdefault(path, first_line + node.start_mark.line)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _record(item, (*path, index), first_line, name, lines, problems)
    elif isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            line = first_line + key_node.start_mark.line
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != "tag:yaml.org,2002:str":
                problems.append(Problem(name, line, "key-not-text", {"key": short(key)}))
                continue
            if (*path, key) in lines:
                first = lines[(*path, key)]
                problems.append(Problem(name, line, "duplicate-key", {"key": key, "first": first}))
            lines[(*path, key)] = line
            _record(value_node, (*path, key), first_line, name, lines, problems)
    elif node.tag not in _PLAIN_TAGS:
        problems.append(Problem(name, first_line + node.start_mark.line, "yaml-tag", {"tag": node.tag}))


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))
