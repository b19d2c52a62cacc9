"""What a mistyped query may have meant: the words that pages are called by, as they are typed in Latin letters, and with one character wrong.

Each is a term of the index like others, so that a browser reads one small file for it:

    ^shangyemimi, ^symm    商业秘密, by its sounds and by their first letters
    商业?密                商业秘密, whatever stands for the question mark
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_LONGEST = 8  # characters of a word that is kept whole
_PARTS = (2, 3, 4)  # lengths of the parts of names that are words by being there often
_OFTEN = 3  # names in which a part must stand
_MOST = 6_000  # words
_MEANT = 6  # words that one typing may mean, the most frequent
_WHOLE = 2  # what a name of its own weighs against a part


class Words:
    """Collects the names of pages and counts what they are made of."""

    def __init__(self, idle: Iterable[str]) -> None:
        """`idle` are the words that a search does without; they end a word."""
        chinese = sorted((word for word in idle if _HAN.fullmatch(word)), key=len, reverse=True)
        self._idle = re.compile("|".join(chinese) or "(?!)")
        self._counts: Counter[str] = Counter()
        self._whole: set[str] = set()

    def add(self, names: Iterable[str]) -> None:
        """Count the words of a page's names."""
        found: set[str] = set()
        for name in names:
            for run in _HAN.findall(self._idle.sub(" ", name)):
                if 2 <= len(run) <= _LONGEST:
                    found.add(run)
                    self._whole.add(run)
                found.update(run[at : at + size] for size in _PARTS for at in range(len(run) - size + 1))
        self._counts.update(found)

    def meant(self) -> tuple[str, ...]:
        """The words that may be meant, the most frequent first."""
        counts = {
            word: count * (_WHOLE if word in self._whole else 1)
            for word, count in self._counts.items()
            if count >= _OFTEN or word in self._whole
        }
        return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:_MOST])

    def size(self, name: str) -> int:
        """How many terms a name makes without what is idle in it: neighbours, and words in letters."""
        left = self._idle.sub(" ", name)
        return sum(len(run) - 1 for run in _HAN.findall(left)) + len(_LATIN.findall(left))

    @property
    def characters(self) -> frozenset[str]:
        """Every character of the names."""
        return frozenset("".join(self._whole)) | frozenset("".join(self._counts))


def typed_entries(words: Iterable[str]) -> dict[str, str]:
    """The terms that lead from what may be typed to what is meant, of words as `Words.meant` orders them."""
    meant: dict[str, list[str]] = {}
    for word in words:
        for typed in dict.fromkeys(_typings(word)):
            meant.setdefault(typed, []).append(word)
    return {typed: " ".join(found[:_MEANT]) for typed, found in sorted(meant.items())}


def _typings(word: str) -> Iterable[str]:
    """How a word may be typed otherwise."""
    from pypinyin import lazy_pinyin  # takes half a second, and most commands do without

    sounds = lazy_pinyin(word)
    yield f"^{''.join(sounds)}"
    if len(word) > _PARTS[0]:
        yield f"^{''.join(sound[0] for sound in sounds)}"
        yield from (f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word)))


@cache
def simplified() -> dict[int, str]:
    """The simplified form of each traditional character, for `str.translate`."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    forms = ((old, simple.split()[0]) for old, simple in pairs)
    return {ord(old): simple for old, simple in forms if len(old) == len(simple) == 1 and old != simple}
