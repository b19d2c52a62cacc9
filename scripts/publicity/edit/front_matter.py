"""Changes to a Markdown file that leave all else of it as it was: comments, order, quotes, and every byte of what is unchanged.

ruamel.yaml writes the values that have changed; everything else is taken from the file itself, key by key.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver

from publicity.read.characters import unseen, without_unseen
from publicity.read.yaml.data import parse_yaml

Data = dict[str, Any]

DASHES = "---\n"


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file in its two parts, as text with line feeds.

    Attributes:
        has_dashes: Whether it has lines of dashes around its front matter.
    """

    front_matter: str
    body: str
    has_dashes: bool = True

    @classmethod
    def of(cls, text: str) -> "MarkdownFile":
        """The parts of a text. Without front matter all of it is body."""
        rows = text.replace("\r\n", "\n").splitlines(keepends=True)
        end = next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
        if not rows or rows[0].rstrip() != "---" or end is None:
            return cls("", "".join(rows), has_dashes=False)
        return cls("".join(rows[1:end]), "".join(rows[end + 1 :]))

    @property
    def text(self) -> str:
        """The file."""
        return f"{DASHES}{self.front_matter}{DASHES}{self.body}"

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
        yaml = _yaml()
        loaded = yaml.load(self.front_matter) if self.front_matter.strip() else CommentedMap()
        merged = _merged(loaded, old, data)
        stream = io.StringIO()
        yaml.dump(merged, stream)
        return MarkdownFile(_spliced(self.front_matter, stream.getvalue(), old, data), self.body)

    def with_body(self, body: str) -> "MarkdownFile":
        """The file with another body; a browser's line ends are made line feeds."""
        body = body.replace("\r\n", "\n").replace("\r", "\n")
        return MarkdownFile(self.front_matter, body)


@lru_cache(maxsize=1000)
def _read(front_matter: str) -> Data:
    """What a front matter says, not to be changed: a list of entries reads the same hundreds again and again."""
    data = parse_yaml(front_matter).data
    return data if isinstance(data, dict) else {}


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
    known = list(loaded)
    members = []
    for place, value in enumerate(new):
        at = next((index for index, before in enumerate(old) if before == value), None)
        if at is not None:
            members.append(known[at])
        else:
            members.append(_merged(known[place], old[place], value) if place < len(known) else _fresh(value))
    loaded[:] = members
    return loaded


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


def _spliced(text: str, dumped: str, old: Data, new: Data) -> str:
    """The text with the lines of those keys alone taken from the dump that have changed."""
    before, after = _lines_of_keys(text), _lines_of_keys(dumped)
    head = next(iter(before.values()), (0, 0))[0]
    rows = text.splitlines(keepends=True)[:head]
    for key, lines in before.items():
        if key in new and (key not in old or old[key] == new[key]):
            rows += text.splitlines(keepends=True)[slice(*lines)]
        elif key in new:
            rows += dumped.splitlines(keepends=True)[slice(*after[key])]
        else:
            rows += _trailing_comments(text.splitlines(keepends=True)[slice(*lines)])
    for key in new:
        if key not in before:
            rows += dumped.splitlines(keepends=True)[slice(*after[key])]
    return "".join(rows)


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
