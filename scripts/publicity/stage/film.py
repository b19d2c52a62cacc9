"""A short film without sound: shots of large words and numbers, each with what is said meanwhile and how long it stands."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

SHORTEST, LONGEST = 20, 60
"""Seconds of a film."""
_SPOKEN = 4.5
"""Characters that are read aloud in a second."""
_SEEN = 10.0
"""Characters that are read in silence in a second."""
_AT_LEAST = 2.8
_QUICKEST = 0.87
"""How much of its time a shot may lose before words go: 5.2 characters a second."""
_CUE = 36
"""Characters of a caption, two lines of the picture."""
_CLAUSE = re.compile(r"[^。！？；，]+[。！？；，]*[”』」）》]*")
_MEMBER = re.compile(r"[^、]+、*")


@dataclass(frozen=True)
class Row:
    """A line of a shot: a number with its unit, a name, some words; `share` is the length of its bar, of 100."""

    name: str = ""
    value: str = ""
    unit: str = ""
    text: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Shot:
    """What one picture shows, and the words that go with it.

    `form` is that of the template. `briefer` are words that may stand for `words` where the film would be too long;
    of shots that have to go, those with the greatest `rank` go first.
    """

    form: str
    words: str
    kicker: str = ""
    title: str = ""
    rows: tuple[Row, ...] = ()
    text: str = ""
    note: str = ""
    briefer: tuple[str, ...] = ()
    rank: int = 0

    @property
    def told(self) -> tuple[str, ...]:
        """All that stands in the picture, line by line."""
        lines = (": ".join(filter(None, (row.name, f"{row.value}{row.unit}", row.text))) for row in self.rows)
        rows = (line.replace(": ", "：") for line in lines)
        return tuple(filter(None, (self.kicker, self.title, *rows, self.text, self.note)))

    @property
    def seconds(self) -> float:
        """How long it stands so that it can be read, before the film is fitted to its length."""
        shown = sum(
            map(len, (self.title, self.text, *(f"{row.name}{row.value}{row.unit}{row.text}" for row in self.rows)))
        )
        return max(_AT_LEAST, len(self.words) / _SPOKEN + 0.4, shown / _SEEN)


@dataclass(frozen=True)
class Film:
    """A film of an issue or of a picture of a policy; `path` is its page's address below the site's root."""

    slug: str
    path: str
    title: str
    name: str
    line: str
    host: str
    day: datetime.date
    figure: int
    marks: tuple[str, ...]
    shots: tuple[Shot, ...]


@dataclass(frozen=True)
class Cue:
    """A caption: its words, the shot that it belongs to, and when it stands, in seconds."""

    words: str
    shot: int
    start: float
    end: float


def fitted(shots: Iterable[Shot]) -> tuple[Shot, ...]:
    """The shots of a film that is not too long: the longest say less, and what may go goes."""
    left = list(shots)
    while sum(shot.seconds for shot in left) * _QUICKEST > LONGEST:
        gains = {place: shot.seconds - _briefer(shot).seconds for place, shot in enumerate(left) if shot.briefer}
        place = max(gains, key=lambda place: gains[place], default=None)
        if place is not None and gains[place] > 0:
            left[place] = _briefer(left[place])
        else:
            left.remove(max(reversed(left), key=lambda shot: shot.rank))
    return tuple(left)


def _briefer(shot: Shot) -> Shot:
    words, *briefer = shot.briefer
    return replace(shot, words=words, briefer=tuple(briefer))


def cues(film: Film, seconds: float | None = None) -> tuple[Cue, ...]:
    """The captions in order; what is said fills its shot. `seconds` is the length of a recording."""
    natural = sum(shot.seconds for shot in film.shots)
    factor = (seconds or min(max(natural, SHORTEST), LONGEST)) / natural
    found, start = [], 0.0
    for place, shot in enumerate(film.shots):
        parts = list(parts_of(shot.words))
        letters, end = sum(map(len, parts)), start + shot.seconds * factor
        length = (end - start) / letters
        for part in parts:
            found.append(Cue(part, place, start, start + length * len(part)))
            start += length * len(part)
        start = end
    return tuple(found)


def parts_of(words: str) -> Iterator[str]:
    """Words in parts that fit a caption, cut after stops where there are some."""
    clauses = [piece for clause in _CLAUSE.findall(words) or [words] for piece in _pieces(clause)]
    lines = max(1, -(-len(words) // _CUE))
    aim, part = len(words) / lines, ""
    for clause in clauses:
        if part and (len(part) + len(clause) > _CUE or len(part) + len(clause) / 2 > aim):
            yield part
            part = ""
        part += clause
    if part:
        yield part


def _pieces(clause: str) -> Iterator[str]:
    """A clause; one that is too long for a caption member by member, and these cut evenly."""
    for member in _MEMBER.findall(clause) if len(clause) > _CUE else [clause]:
        size = -(-len(member) // -(-len(member) // _CUE))
        yield from (member[start : start + size] for start in range(0, len(member), size))


def transcript(film: Film) -> tuple[str, ...]:
    """All that the film shows and says, a paragraph a shot."""
    return tuple(
        "；".join(dict.fromkeys(part.rstrip("。；") for part in (*shot.told, shot.words))) + "。" for shot in film.shots
    )
