"""YAML into plain data with the line of every key, in one pass over the parser's events.

The parser recurses into nothing by itself, so that whatever a file asks for - depth, copies, long numbers - is refused before
it is made. PyYAML's own composer and constructor would follow it until memory or the stack ends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.composer import ComposerError

from publicity.dates import is_written_date
from publicity.problems import Problem
from publicity.read.characters import bad_characters
from publicity.read.slip import Edit, Slip
from publicity.read.yaml.slips import parse_problems, without_told, yaml_slips
from scoring.problems import Keys, short

_Event = Any  # an event of PyYAML, whose stubs say that it may have no place

MOST_VALUES = 100_000
DEEPEST = 50
MOST_DIGITS = 15
"""What a decimal fraction keeps exactly."""

_Quickest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast, where PyYAML has libyaml; its errors say less."""
_LONGEST_EXPLAINED = 100_000
"""Of a longer text, which the slow parser would read for many seconds, errors stay as the quick one tells them."""


_LONGEST_SEARCHED = 20_000
"""Of a longer text only what the parser stumbles over first is told: each further problem takes a reading of its own."""
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Parsed:
    """What a text in YAML says. `problems` have no path and count lines from 1; where there are any, there may be no data.

    `edits` mend those of them that can be mended, each with its own.
    """

    data: object
    lines: dict[Keys, int]
    problems: list[Problem]
    edits: list[tuple[Edit, ...]] = field(default_factory=list)

    def add(self, slips: Iterable[Slip]) -> "Parsed":
        """Note slips; returns itself."""
        for slip in slips:
            self.problems.append(slip.problem)
            if slip.edits:
                self.edits.append(slip.edits)
        return self


def parse_yaml(text: str) -> Parsed:
    """Plain data: texts, numbers, true, false and null in lists and mappings. `no`, `12:30` and `2023-11-09` stay text."""
    try:
        parsed = _parsed(text, _Quickest)
    except yaml.reader.ReaderError:
        return Parsed(None, {}, list(bad_characters(text, "")))
    except yaml.MarkedYAMLError as error:
        return _explained(text, error)
    if isinstance(parsed.data, str):  # no colon was seen
        parsed.add(yaml_slips(text))
    return parsed


def _explained(text: str, error: yaml.MarkedYAMLError) -> Parsed:
    if len(text) > _LONGEST_EXPLAINED:
        return Parsed(None, {}, []).add(parse_problems(text, error))
    told = Parsed(None, {}, [])
    for _ in range(_MOST_ROUNDS):
        try:
            parsed = _parsed(text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as slow:
            slips = list(parse_problems(text, slow))
        else:
            return told if told.problems else parsed
        rest = without_told(text, slips)
        told.add(slips)
        if rest in (None, text) or len(text) > _LONGEST_SEARCHED:
            break
        text = rest or ""
    return told


def _parsed(text: str, kind: Any) -> Parsed:  # noqa: ANN401 - PyYAML has two families
    loader = kind(text)
    composer = _Composer(iter(loader.get_event, None))
    try:
        data = composer.document()
    except _TooMuch as error:
        return Parsed(None, composer.lines, [error.problem])
    finally:
        loader.dispose()
    return Parsed(None if composer.problems else data, composer.lines, composer.problems)


def text_lost_to_comment(text: str) -> Iterator[Problem]:
    """Texts that end at a ` #`, which makes the rest a comment; the text is one that can be read."""
    if " #" not in text and "\t#" not in text:
        return
    for event in yaml.parse(text, Loader=_Quickest):
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and not _is_whole(event.value):
            end: Any = event.end_mark
            rest = text[end.index :].partition("\n")[0]
            if re.match(r"[ \t]+#", rest):
                yield Problem("", end.line + 1, "lost-words", {"comment": rest.strip(), "before": event.value[-20:]})


def _is_whole(value: str) -> bool:
    """Whether nothing can be missing from a value: a number, true or false, a day."""
    return bool(_PLAIN.fullmatch(value)) or is_written_date(value)


_PLAIN = re.compile(
    r"(?P<null>~|null|)|(?P<true>true)|(?P<false>false)|(?P<int>-?(?:0|[1-9][0-9]*))|(?P<float>-?(?:0|[1-9][0-9]*)\.[0-9]+)"
)
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")


class _TooMuch(Exception):  # noqa: N818 - no error of the program
    """The rest of the file is not looked at."""

    def __init__(self, event: _Event, code: str, **values: object) -> None:
        self.problem = Problem("", event.start_mark.line + 1, code, values)
        super().__init__(code)


@dataclass
class _Anchored:
    """A value that an alias may stand for, once it is `complete`."""

    path: Keys
    value: object = None
    size: int = 0
    is_plain: bool = False


class _Composer:
    """Makes data of events, and notes lines and problems on the way."""

    def __init__(self, events: Iterator[_Event]) -> None:
        self.lines: dict[Keys, int] = {}
        self.problems: list[Problem] = []
        self._events = events
        self._anchors: dict[str, _Anchored] = {}
        self._count = 0
        self._aliases = 0

    def document(self) -> object:
        """The one document of the text.

        Raises:
            MarkedYAMLError: the text is no YAML.
            _TooMuch: it asks for more than is read.
        """
        next(self._events)  # the stream's start
        if isinstance(first := next(self._events), yaml.StreamEndEvent):
            self.problems.append(Problem("", 1, "no-keys"))
            return None
        value = self._value(next(self._events), (), 0)
        next(self._events)  # the document's end
        if not isinstance(other := next(self._events), yaml.StreamEndEvent):
            what = "expected a single document in the stream", first.start_mark
            raise ComposerError(*what, "but found another document", other.start_mark)
        return value

    def _add(self, event: _Event, code: str, **values: object) -> None:
        self.problems.append(Problem("", event.start_mark.line + 1, code, values))

    def _value(self, event: _Event, path: Keys, depth: int) -> object:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self._counted(event, 1)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        if depth > DEEPEST:
            raise _TooMuch(event, "too-deep", most=DEEPEST)
        anchored = _Anchored(path)
        if event.anchor:
            self._anchors[event.anchor] = anchored
        before, aliases = self._count, self._aliases
        if isinstance(event, yaml.ScalarEvent):
            anchored.value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            anchored.value = self._sequence(event, path, depth)
        else:
            anchored.value = self._mapping(event, path, depth)
        anchored.size, anchored.is_plain = self._count - before, aliases == self._aliases
        return anchored.value

    def _counted(self, event: _Event, values: int) -> None:
        self._count += values
        if self._count > MOST_VALUES:
            raise _TooMuch(event, "too-many-values", most=MOST_VALUES)

    def _alias(self, event: _Event, path: Keys) -> object:
        self._aliases += 1
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            raise ComposerError(None, None, f"found undefined alias {event.anchor!r}", event.start_mark)
        if not anchored.is_plain:
            self._add(event, "nested-alias", alias=event.anchor)
            return None
        self._counted(event, anchored.size)
        for way in _ways(anchored.value):
            if anchored.path + way in self.lines:
                self.lines.setdefault(path + way, self.lines[anchored.path + way])
        return anchored.value

    def _sequence(self, event: _Event, path: Keys, depth: int) -> list[object]:
        self._refuse_tag(event)
        members: list[object] = []
        while not isinstance(member := next(self._events), yaml.SequenceEndEvent):
            members.append(self._value(member, (*path, len(members)), depth + 1))
        return members

    def _mapping(self, event: _Event, path: Keys, depth: int) -> dict[str, object]:
        self._refuse_tag(event)
        mapping: dict[str, object] = {}
        number = ""
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            if number and isinstance(key_event, yaml.ScalarEvent) and re.fullmatch("[0-9]{3}", key_event.value):
                if "," not in number:
                    self._add(key_event, "comma-in-number", found=f"{number},{key_event.value}")
                number += ","
                self._value(next(self._events), (*path, ""), depth + 1)
                continue
            key = self._key(key_event, path, depth)
            if key is None:
                self._value(next(self._events), (*path, ""), depth + 1)
                continue
            if (here := (*path, key)) in self.lines:
                self._add(key_event, "duplicate-key", key=key, first=self.lines[here])
            self.lines[here] = key_event.start_mark.line + 1
            mapping[key] = value = self._value(next(self._events), here, depth + 1)
            number = str(value) if isinstance(value, int | float) else ""
        return mapping

    def _key(self, event: _Event, path: Keys, depth: int) -> str | None:
        """A key; one that is no text is a problem."""
        if isinstance(event, yaml.ScalarEvent) and not event.anchor:
            self._counted(event, 1)
            value = self._scalar(event)
            if isinstance(value, str):
                return value
        else:
            value = self._value(event, (*path, ""), depth + 1)
        shown = event.value if isinstance(event, yaml.ScalarEvent) else f"*{event.anchor}"
        self._add(event, "key-not-text", key=short(value if isinstance(value, list | dict) else shown))
        return None

    def _scalar(self, event: _Event) -> object:
        text: str = event.value
        if event.style == '"':  # may hold escapes
            self.problems.extend(bad_characters(text, "", event.start_mark.line + 1))
        if event.tag not in _TEXT_TAGS:
            self._refuse_tag(event)
        match = _PLAIN.fullmatch(text) if event.implicit[0] else None
        if match is None:
            return text
        if match.lastgroup in ("int", "float"):
            if sum(map(str.isdigit, text)) > MOST_DIGITS:
                self._add(
                    event,
                    "long-number",
                    found=text if len(text) <= 2 * MOST_DIGITS else text[:MOST_DIGITS] + "…",
                    most=MOST_DIGITS,
                )
                return None
            return int(text) if match.lastgroup == "int" else float(text)
        return None if match.lastgroup == "null" else match.lastgroup == "true"

    def _refuse_tag(self, event: _Event) -> None:
        if event.tag not in (None, "!"):
            self._add(event, "yaml-tag", tag=event.tag)


def _ways(value: object, way: Keys = ()) -> Iterator[Keys]:
    """The way to every member of a value."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield (*way, key)
        yield from _ways(inner, (*way, key))
