"""The ids that a page's template uses itself; no body may use them again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ID = re.compile(r"""\sid=(["'])(?P<fixed>[^"'{<$]*)(?P<goes_on>\{\{)?""")
_NEEDS = re.compile(r"""\{%-?\s*(?:extends|from|import|include)\s+["']([^"']+)""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class Taken:
    """Ids that are taken, and what others that are taken begin with."""

    ids: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def __contains__(self, identity: object) -> bool:
        """Whether an id is taken."""
        return identity in self.ids or (bool(self.prefixes) and str(identity).startswith(self.prefixes))

    def __or__(self, ids: frozenset[str]) -> "Taken":
        """With further ids, which the data of a page bring in."""
        return Taken(self.ids | ids, self.prefixes)

    def __str__(self) -> str:
        """All of it, in order."""
        return " ".join([*sorted(self.ids), "|", *self.prefixes])


def taken_ids(folder: Path, template: str) -> Taken:
    """The ids of a template in a folder, and of all that it extends and includes."""
    texts = [text for name in _used(folder, template) if (text := _text(folder, name))]
    marks = [match for text in texts for match in _ID.finditer(text)]
    ids = {match["fixed"] for match in marks if not match["goes_on"]}
    prefixes = {match["fixed"] for match in marks if match["goes_on"]}
    return Taken(frozenset(ids - {""}), tuple(sorted(prefixes - {""})))


def _used(folder: Path, template: str) -> Iterator[str]:
    """A template's name and those of all that it needs, each once."""
    names, left = {template}, [template]
    while left:
        yield (name := left.pop())
        more = {*_NEEDS.findall(_text(folder, name))} - names
        names |= more
        left += sorted(more)


@cache
def _text(folder: Path, name: str) -> str:
    """A template's text; nothing where the theme has it and not the project."""
    path = folder / name
    return _COMMENT.sub("", path.read_text(encoding="utf-8")) if path.is_file() else ""
