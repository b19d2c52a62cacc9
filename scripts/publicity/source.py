"""Reading source files: text, YAML and front matter, with the line of every key kept for error messages."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from publicity.problems import Problem

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

    def problem(self, path: KeyPath, message: str) -> Problem:
        """What is wrong at a key."""
        return Problem(self.name, self.line(path), message)


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


def read_markdown(path: Path, name: str) -> tuple[Source | None, list[Problem]]:
    """Read a Markdown file with YAML front matter between two lines of three dashes."""
    text, problems = read_text(path, name)
    return (None, problems) if text is None else parse_markdown(text, name)


def parse_markdown(text: str, name: str) -> tuple[Source | None, list[Problem]]:
    """As `read_markdown`, of a text already read."""
    rows = text.split("\n")
    end = next((i for i, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if rows[0].rstrip() != "---":
        return None, [
            Problem(name, 1, "no front matter; expected a first line `---`, then the entry's particulars, then `---`")
        ]
    if end is None:
        return None, [Problem(name, 1, "the front matter is not closed; expected a second line `---` after it")]
    data, lines, problems = _parse_yaml("\n".join(rows[1:end]) + "\n", name, first_line=2)
    lines.setdefault((), 1)
    body = "\n".join(rows[end + 1 :])
    return (None if problems else Source(name, data, lines, body, end + 2)), problems


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file, its line ends made alike; one that is empty or not UTF-8 is a problem."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(name, 1, f"the file cannot be read ({error.strerror}); mend or remove it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(name, line, f"not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [Problem(name, 1, "the file is empty; write its content or delete it")]
    return text, []


def _parse_yaml(text: str, name: str, first_line: int) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    try:
        return _load(_QuickLoader(text), name, first_line)
    except yaml.YAMLError:
        pass  # read again below, for the better message
    try:
        return _load(_Loader(text), name, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        line = first_line + (mark.line if mark else 0)
        hint = "; a text that holds `: ` or ` #`, or begins with a sign, must stand in quotes"
        return None, {}, [Problem(name, line, f"not valid YAML: {what}{hint}")]
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        message = f"not valid YAML: the character U+{ord(text[error.position]):04X} is not allowed"
        return None, {}, [Problem(name, line, message)]


def _load(
    loader: "_Loader | _QuickLoader", name: str, first_line: int
) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    try:
        root = loader.get_single_node()
        if root is None:
            return None, lines, [Problem(name, first_line, "no content; expected `key: value` lines")]
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
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key_node.tag != "tag:yaml.org,2002:str":
                problems.append(Problem(name, line, f"the key `{key}` is not text; put it in quotes"))
                continue
            if (*path, key) in lines:
                problems.append(
                    Problem(name, line, f"the key `{key}` stands twice; first on line {lines[(*path, key)]}")
                )
            lines[(*path, key)] = line
            _record(value_node, (*path, key), first_line, name, lines, problems)
    elif node.tag not in _PLAIN_TAGS:
        problems.append(
            Problem(
                name, first_line + node.start_mark.line, f"the YAML tag {node.tag} is not used here; write plain text"
            )
        )


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))
