"""Changes to a Markdown file that leave all else of it as it was: comments, order, quotes, and every byte of what is unchanged.

ruamel.yaml writes the values that have changed; everything else is taken from the file itself, key by key.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver

from publicity.read.characters import unseen, without_unseen
from publicity.read.files.encodings import decoded
from publicity.read.yaml.data import parse_yaml

Data = dict[str, Any]

DASHES = "---\n"


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file in its two parts, as text with line feeds.

    Attributes:
        has_dashes: Whether it has lines of dashes around its front matter.
        ends: How its lines end where it is written.
    """

    front_matter: str
    body: str
    has_dashes: bool = True
    ends: str = "\n"

    @classmethod
    def of(cls, text: str) -> "MarkdownFile":
        """The parts of a text. Without front matter all of it is body."""
        ends = "\r\n" if "\r\n" in text else "\n"
        rows = text.replace("\r\n", "\n").splitlines(keepends=True)
        end = next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
        if not rows or rows[0].rstrip() != "---" or end is None:
            return cls("", "".join(rows), has_dashes=False, ends=ends)
        return cls("".join(rows[1:end]), "".join(rows[end + 1 :]), ends=ends)

    @property
    def text(self) -> str:
        """The file."""
        return f"{DASHES}{self.front_matter}{DASHES}{self.body}".replace("\n", self.ends)

    @property
    def data(self) -> Data:
        """What the front matter says; nothing where it cannot be read."""
        return dict(_read(self.front_matter)) if self.front_matter.strip() else {}

    @property
    def is_readable(self) -> bool:
        """Whether fields can be shown: the front matter says something, or is empty as yet."""
        return bool(self.data) or (self.has_dashes and not self.front_matter.strip())

    def with_data(self, data: Data) -> "MarkdownFile":
        """The file with other data; the lines of keys whose value is the same stay as they are.

        New values go without the characters that show nothing: YAML with these cannot be read again, and no file may have them.
        """
        old = self.data
        data = {key: value if key in old and old[key] == value else _seen(value) for key, value in data.items()}
        if data == old:
            return self
        return replace(self, front_matter=_changed(self.front_matter, old, data), has_dashes=True)

    def with_body(self, body: str) -> "MarkdownFile":
        """The file with another body; a browser's line ends are made line feeds."""
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        return replace(self, body=body, has_dashes=True)


def text_in(content: bytes) -> str:
    """The text of a file, also in what Chinese systems write in place of UTF-8; saved anew, it is UTF-8."""
    text, _ = decoded(content)
    return content.decode("utf-8", "replace") if text is None else text


@lru_cache(maxsize=1000)
def _read(front_matter: str) -> Data:
    """What a front matter says, not to be changed: a list of entries reads the same hundreds again and again."""
    data = parse_yaml(front_matter).data
    return data if isinstance(data, dict) else {}


def _changed(text: str, old: Data, new: Data) -> str:
    """A mapping's text that says the new data; what is unchanged in it, however deep, stays as it was."""
    yaml = _yaml()
    loaded = yaml.load(text) if text.strip() else CommentedMap()
    merged = _merged(loaded, old, new)
    # ruamel.yaml would write comments where members no longer stand.
    own = dict(_lists(text, old, new, merged)) | dict(_mappings(text, old, new))
    for key in own:
        merged[key] = None
    stream = io.StringIO()
    yaml.dump(merged, stream)
    return _spliced(text, stream.getvalue(), old, new, own)


def plain_yaml(value: object) -> str:
    """A value as an editor would write it; nothing for nothing."""
    if value in (None, [], {}):
        return ""
    stream = io.StringIO()
    _yaml().dump(value, stream)
    return stream.getvalue().removesuffix("...\n")


class _Resolver(VersionedResolver):
    """As in ruamel.yaml, but days stay text, as they do for whoever reads our files: then they need no quotes."""

    @property
    def versioned_resolver(self) -> Any:  # noqa: ANN401 - as in ruamel.yaml
        """The ways to read a plain scalar, without that of days."""
        known = super().versioned_resolver
        return {
            first: [(tag, pattern) for tag, pattern in ways if not tag.endswith(":timestamp")]
            for first, ways in known.items()
        }


class _Representer(RoundTripRepresenter):
    """As in ruamel.yaml, but nothing is written as `null`."""


_Representer.add_representer(
    type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null")
)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Resolver = _Resolver
    yaml.Constructor = RoundTripConstructor
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _merged(loaded: Any, old: Any, new: Any) -> Any:  # noqa: ANN401 - any value of YAML
    """The loaded value brought to say the new one: what is equal is left, the rest descended into."""
    if old == new:
        return loaded
    if isinstance(loaded, CommentedMap) and isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [key for key in loaded if key not in new]:
            del loaded[key]
        for key, value in new.items():
            loaded[key] = _merged(loaded[key], old[key], value) if key in old and key in loaded else _fresh(value)
        return loaded
    if isinstance(loaded, CommentedSeq) and isinstance(old, Sequence) and isinstance(new, Sequence):
        return _merged_list(loaded, old, new)
    return _fresh(new)


def _merged_list(loaded: CommentedSeq, old: Sequence[Any], new: Sequence[Any]) -> CommentedSeq:
    """A list: members that are still there keep their looks wherever they stand now."""
    known, comments, origins = list(loaded), dict(loaded.ca.items), _origins(old, new)
    loaded[:] = [
        _fresh(value) if at is None else _merged(known[at], old[at], value)
        for at, value in zip(origins, new, strict=True)
    ]
    loaded.ca.items.clear()
    loaded.ca.items.update({place: comments[at] for place, at in enumerate(origins) if at in comments})
    return loaded


def _origins(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Which old member each new one was: the same, wherever it stood, else the one in its place, if that has gone."""
    free = list(range(len(old)))
    found: list[int | None] = []
    for value in new:
        at = next((index for index in free if old[index] == value), None)
        if at is not None:
            free.remove(at)
        found.append(at)
    return [place if at is None and place in free else at for place, at in enumerate(found)]


def _seen(value: Any) -> Any:  # noqa: ANN401 - any value of YAML
    """A value without the characters that show nothing."""
    if isinstance(value, Mapping):
        return {key: _seen(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_seen(inner) for inner in value]
    return without_unseen(value).strip() if isinstance(value, str) and unseen([value]) else value


def _fresh(value: Any) -> Any:  # noqa: ANN401 - any value of YAML
    """A new value as our files write it: what is said in both languages, and steps of a review, in one line."""
    if isinstance(value, Mapping):
        made = CommentedMap((key, _fresh(inner)) for key, inner in value.items())
        if set(value) <= {"zh", "en"} or set(value) == {"role", "date"}:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        return CommentedSeq([_fresh(inner) for inner in value])
    return value


def _spliced(text: str, dumped: str, old: Data, new: Data, lists: Mapping[str, list[str]]) -> str:
    """The text with the lines of those keys alone taken from the dump, or from the lists, that have changed."""
    before, after = _lines_of_keys(text), _lines_of_keys(dumped)
    head = next(iter(before.values()), (0, 0))[0]
    rows = text.splitlines(keepends=True)[:head]
    for key, lines in before.items():
        below = _trailing_comments(text.splitlines(keepends=True)[slice(*lines)])
        if key in new and (key not in old or old[key] == new[key]):
            rows += text.splitlines(keepends=True)[slice(*lines)]
        elif key in new:
            own = dumped.splitlines(keepends=True)[slice(*after[key])]
            rows += lists.get(key) or [*own[: len(own) - len(_trailing_comments(own))], *below]
        else:
            rows += below
    for key in new:
        if key not in before:
            rows += dumped.splitlines(keepends=True)[slice(*after[key])]
    return "".join(rows)


def _lists(text: str, old: Data, new: Data, merged: CommentedMap) -> Iterator[tuple[str, list[str]]]:
    """The lines of the lists that have changed, as far as they are written with lines for each member."""
    for key, lines in _lines_of_keys(text).items():
        before, now = old.get(key), new.get(key)
        if before != now and isinstance(before, list) and isinstance(now, list):
            rows = _list_rows(text, lines, key, before, now, merged[key])
            if _read("".join(rows)).get(key) == now:
                yield key, rows


def _mappings(text: str, old: Data, new: Data) -> Iterator[tuple[str, list[str]]]:
    """The lines of the mappings that have changed, as far as they are written with lines for each key."""
    for key, lines in _lines_of_keys(text).items():
        before, now = old.get(key), new.get(key)
        if before != now and isinstance(before, dict) and isinstance(now, dict):
            first, *inner = text.splitlines(keepends=True)[slice(*lines)]
            below = _trailing_comments(inner)
            inner = _inner_rows(inner[: len(inner) - len(below)], before, now)
            if inner and _read(first + "".join(inner)).get(key) == now:
                yield key, [first, *inner, *below]


def _inner_rows(rows: list[str], old: Data, new: Data) -> list[str]:
    """The lines of a mapping that stands in another value, changed; nothing where they are not written apart."""
    row = next((row for row in rows if row.strip() and not row.lstrip().startswith("#")), "")
    indent = row[: len(row) - len(row.lstrip(" "))]
    if not indent or any(row.strip() and not row.startswith(indent) for row in rows):
        return []
    text = "".join(row.removeprefix(indent) for row in rows)
    if _read(text) != old:
        return []
    return [f"{indent}{row}" if row.strip() else row for row in _changed(text, old, new).splitlines(keepends=True)]


def _list_rows(
    text: str, lines: tuple[int, int], key: str, old: list[Any], new: list[Any], merged: CommentedSeq
) -> list[str]:
    """The lines of a list in which each member keeps its own and the comments above it; nothing where they share some."""
    rows, places = text.splitlines(keepends=True), parse_yaml(text).lines
    starts = [places.get((key, index), 0) - 1 for index in range(len(old))]
    if not starts or starts[0] == lines[0] or any(not rows[start].lstrip().startswith("- ") for start in starts):
        return []
    below = _trailing_comments(rows[slice(*lines)])
    begins = [lines[0] + 1, *(start - len(_comments_above(rows[:start])) for start in starts[1:])]
    ends = [*begins[1:], lines[1] - len(below)]
    indent = len(rows[starts[0]].partition("-")[0])
    made = rows[lines[0] : lines[0] + 1]
    for place, at in enumerate(_origins(old, new)):
        if at is not None and old[at] == new[place]:
            made += rows[begins[at] : ends[at]]
            continue
        made += rows[begins[at] : starts[at]] if at is not None else []
        member = _member_rows(rows[starts[at] : ends[at]], old[at], new[place]) if at is not None else []
        made += member or _own_rows(merged, place, indent)
    return made + below


def _member_rows(rows: list[str], old: Any, new: Any) -> list[str]:  # noqa: ANN401 - any value of YAML
    """The lines of a list's member that is a mapping, changed; nothing where they are not written apart."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return []
    dash = rows[0].index("-")
    inner = _inner_rows([f"{rows[0][:dash]} {rows[0][dash + 1 :]}", *rows[1:]], old, new)
    if not inner or not inner[0][: dash + 1].isspace():
        return []
    made = [f"{inner[0][:dash]}-{inner[0][dash + 1 :]}", *inner[1:]]
    return made if parse_yaml("".join(made)).data == [new] else []


def _own_rows(members: CommentedSeq, place: int, indent: int) -> list[str]:
    """A member of a list as it is written, without comments below it, which are those of the next."""
    yaml, stream = _yaml(), io.StringIO()
    yaml.indent(mapping=2, sequence=indent + 2, offset=indent)
    alone = CommentedSeq([members[place]])
    alone.ca.items.update({0: members.ca.items[place]} if place in members.ca.items else {})
    yaml.dump({"list": alone}, stream)
    rows = stream.getvalue().splitlines(keepends=True)[1:]
    return rows[: len(rows) - len(_comments_above(rows))]


def _comments_above(rows: list[str]) -> list[str]:
    """Comments, and empty lines, that rows end with."""
    kept = len(rows)
    while kept and (not rows[kept - 1].strip() or rows[kept - 1].lstrip().startswith("#")):
        kept -= 1
    return rows[kept:]


def _lines_of_keys(text: str) -> dict[str, tuple[int, int]]:
    """From which line to which each key at the top stands, comments below it included."""
    if not text.strip():
        return {}
    starts = sorted((line - 1, str(keys[0])) for keys, line in parse_yaml(text).lines.items() if len(keys) == 1)
    ends = [start for start, _ in starts[1:]] + [len(text.splitlines())]
    return {key: (start, end) for (start, key), end in zip(starts, ends, strict=True)}


def _trailing_comments(rows: list[str]) -> list[str]:
    """Comments at the margin below a key: they belong to the next."""
    kept = len(rows)
    while kept and rows[kept - 1].startswith("#"):
        kept -= 1
    return rows[kept:]
