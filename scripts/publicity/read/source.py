"""Reading source files: text, YAML and front matter, with the line of every key kept for error messages."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from publicity.problems import Problem, raw
from publicity.read.yaml_slips import explain, lost_words, slips

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

    def raw(self, keys: KeyPath, message: str) -> Problem:
        """What is wrong at a key, whose sentence does not stand in the catalogue yet."""
        return raw(self.name, self.line(keys), message)


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
        message = "no front matter; expected a first line `---`, then the entry's particulars, then `---`"
        return None, [_near_dashes(rows, name, 0) or raw(name, 1, message)]
    if end is None:
        message = "the front matter is not closed; expected a second line `---` after it"
        return None, [_near_dashes(rows, name, 1) or raw(name, 1, message)]
    front_matter = "\n".join(rows[1:end]) + "\n"
    data, lines, problems = _parse_yaml(front_matter, name, first_line=2)
    lines.setdefault((), 1)
    source = Source(name, data, lines, "\n".join(rows[end + 1 :]), end + 2)
    if problems:
        return replace(source, data=None), problems
    return source, [raw(name, 2 + line, message) for line, message in lost_words(front_matter, _Quickest)]


def _near_dashes(rows: list[str], name: str, begin: int) -> Problem | None:
    """The line that was to be `---`: Word makes one dash of two hyphens."""
    for number, row in enumerate(rows[begin:], begin):
        if re.fullmatch(r"[ \u3000]*(?:[—–－−‐-]+|\*{3,}|_{3,}|={3,}|\+{3,})\s*", row):
            return raw(name, number + 1, f"`{row.strip()}` bounds no front matter; expected `---`, three hyphens")
        if begin == 0 and row.strip():
            break
    return None


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file, its line ends made alike; one that is empty or not UTF-8 is a problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [raw(name, 1, f"the file cannot be read ({error.strerror}); mend or remove it")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = _other_encoding(data) or f"not UTF-8 text (byte 0x{data[error.start]:02x})"
        return None, [raw(name, line, f"{found}; save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [raw(name, 1, "the file is empty; write its content or delete it")]
    if stray := list(_STRAY.finditer(text)):
        return None, [_stray(name, text, one) for one in stray]
    return text, []


def _other_encoding(raw: bytes) -> str | None:
    """The encoding that a Chinese system may have written instead, by its name."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "looks like UTF-16 (“Unicode”)"
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "looks like GBK (“ANSI”)" if re.search("[\u4e00-\u9fff]", text) else None


_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")


def _stray(name: str, text: str, found: re.Match[str]) -> Problem:
    what = "stands for one that was lost" if found[0] == "\ufffd" else "is invisible and does not belong in a text"
    line = text.count("\n", 0, found.start()) + 1
    return raw(name, line, f"the character U+{ord(found[0]):04X} {what}; delete it, or write what was meant")


def _parse_yaml(text: str, name: str, first_line: int) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    try:
        data, lines, problems = _load(_QuickLoader(text), name, first_line)
    except yaml.YAMLError:
        pass  # read again below, for the better message
    else:
        if isinstance(data, str):  # no colon was seen
            problems += [raw(name, first_line + line, message) for line, message in slips(text)]
        return data, lines, problems
    try:
        return _load(_Loader(text), name, first_line)
    except yaml.MarkedYAMLError as error:
        return None, {}, [raw(name, first_line + line, message) for line, message in explain(text, error)]
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        message = f"not valid YAML: the character U+{ord(text[error.position]):04X} is not allowed"
        return None, {}, [raw(name, line, message)]


def _load(
    loader: "_Loader | _QuickLoader", name: str, first_line: int
) -> tuple[object, dict[KeyPath, int], list[Problem]]:
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    try:
        root = loader.get_single_node()
        if root is None:
            return None, lines, [raw(name, first_line, "no content; expected `key: value` lines")]
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
                problems.append(raw(name, line, f"the key `{key}` is not text; put it in quotes"))
                continue
            if (*path, key) in lines:
                problems.append(raw(name, line, f"the key `{key}` stands twice; first on line {lines[(*path, key)]}"))
            lines[(*path, key)] = line
            _record(value_node, (*path, key), first_line, name, lines, problems)
    elif node.tag not in _PLAIN_TAGS:
        problems.append(
            raw(name, first_line + node.start_mark.line, f"the YAML tag {node.tag} is not used here; write plain text")
        )


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))
