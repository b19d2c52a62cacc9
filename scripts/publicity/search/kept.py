"""An index as it was made before: after an edit only what has changed in it is worked out anew."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from publicity.search.postings import decoded, encoded
from publicity.work.shelf import read_rows, write_rows


class KeptPage(NamedTuple):
    """A page: the name that stands for all of it, what its file holds, what it is narrowed by, how long its title is, its folded names."""

    name: str
    content: str
    collection: str
    year: str
    size: str
    words: tuple[str, ...]


@dataclass
class KeptIndex:
    """The pages by their numbers, the postings of every term as text, and the words that may be meant with what may be typed for them."""

    pages: list[KeptPage]
    postings: dict[str, str]
    meant: tuple[str, ...]
    typed: dict[str, str]

    def forget(self, number: int, terms: Iterable[str]) -> None:
        """Leave a page out of the postings of its terms."""
        for term in terms:
            left = [value for value in decoded(self.postings[term]) if value // 4 != number]
            if left:
                self.postings[term] = encoded(left)
            else:
                del self.postings[term]

    def remember(self, fresh: Mapping[str, Iterable[int]]) -> None:
        """Take postings in."""
        for term, values in fresh.items():
            self.postings[term] = encoded(sorted([*decoded(self.postings.get(term, "")), *values]))


def read_kept(file: Path) -> KeptIndex | None:
    """What this code has kept there; None where that is nothing, or damaged."""
    with contextlib.suppress(TypeError, ValueError):
        postings, meant, typed, *pages = read_rows(file)
        return KeptIndex(
            [KeptPage._make((*page, tuple(words))) for *page, words in pages], postings, tuple(meant), typed
        )
    return None


def write_kept(
    file: Path, pages: Iterable[KeptPage], postings: Mapping[str, str], meant: tuple[str, ...], typed: Mapping[str, str]
) -> None:
    """Keep an index, page by page; where it cannot be written, the next is made from nothing."""
    write_rows(file, chain([postings, meant, typed], pages))
