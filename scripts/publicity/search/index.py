"""A static search index that a browser reads in small pieces, and that finds what plain substring search would.

Chinese has no spaces, and segmenters disagree about its words; so every two neighbouring characters are indexed instead, and a
phrase is found where all its pairs are. Words of other scripts are indexed whole, beside those that begin alike.

    index.json                    what there is: `Contents` in docs/assets/js/search-index.js
    index-<hash>/terms/<n>.json   {term: postings}, the terms whose hash falls to n
    index-<hash>/pages/<n>.json   the text of page n, to quote from

Postings are numbers in the digits of source maps (base 64, 5 bits each, least first): `4 × (page - page before) + level`.
"""

import hashlib
import json
import operator
import re
import shutil
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from publicity.data_files import data_file
from publicity.search.extract import PageText
from publicity.search.words import Words, simplified

BODY, HEADING, NAMED, TITLE = range(4)
"""How much a page is about a term, as postings say it: it stands in the text; in a heading, the summary or the text often; among
the names and keywords; in the title."""

_OFTEN = 3  # times in the body
_SHARD = 1_500  # bytes that a file of terms should have
_STEM = 3  # words with the same beginning lie together, so that one file completes a word
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

# Han characters with 々 and 〇, kana, hangul: scripts without spaces, cut into pairs. The browser gets the same two classes.
PAIRED = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
WORDS = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1eff"
_UNIT = re.compile(f"[{PAIRED}]|[{WORDS}]+")
_GAP = re.compile(f"[^{PAIRED}{WORDS} ]+|(?<=[{WORDS}]) (?=[{WORDS}])")
_WORD = re.compile(f"[{WORDS}]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def load_synonyms() -> list[list[str]]:
    """The groups of words that a search takes as one."""
    return cast(list[list[str]], data_file("publicity.search", "synonyms.yml"))


def load_idle() -> list[str]:
    """The words that a search does without, those of both languages: people ask in either on either site."""
    words = data_file("publicity.search", "idle.yml")
    return [word for language in ("zh", "en") for row in words[language] for word in row]


def load_loose() -> str:
    """The characters that are words by themselves."""
    return cast(str, data_file("publicity.search", "idle.yml")["loose"])


def load_kinds() -> dict[str, list[list[str]]]:
    """The words by which searchers ask for entries of a collection: those that say nothing else, and others."""
    return cast(dict[str, list[list[str]]], data_file("publicity.search", "kinds.yml"))


def fold(text: str) -> str:
    """Text without the differences of case, width and tradition that searchers do not mean."""
    return text.lower().translate(_folded())


@cache
def _folded() -> dict[int, str]:
    """What characters in lower case stand for: those of full width for narrow ones, traditional for simplified ones."""
    narrow = {chr(wide).lower(): chr(plain).lower() for wide, plain in _FULL_WIDTH.items()}
    return {ord(wide): plain for wide, plain in narrow.items()} | simplified()


def terms(text: str) -> list[str]:
    """Every term of a text, as often as it stands there: single units, and neighbours of which at least one is a character."""
    terms = []
    for run in _GAP.split(fold(text)):
        units = _UNIT.findall(run)
        terms += units
        terms += map(operator.add, units, units[1:])
    return terms


def shard_of(term: str, shards: int) -> int:
    """The file that a term lies in: a word with all that begin alike, one with a gap by what stands beside it, a pair by itself."""
    gap = term.find("?")
    key = term[:_STEM] if _WORD.fullmatch(term) else term[max(0, gap - 1) : gap + 2] if gap >= 0 else term
    value = 0
    for character in key:
        value = (value * 33 + ord(character)) % 65521
    return value % shards


class Terms(NamedTuple):
    """What a page's text comes to when it is cut: the terms of its body, of headings and summary, and of its title."""

    body: list[str]
    headings: list[str]
    title: list[str]


def cut(page: PageText) -> Terms:
    """The terms of a page; one that stands often in the body counts as one of a heading."""
    body = Counter(terms("\n".join(section.text for section in page.sections)))
    headings = (page.summary, *(section.heading for section in page.sections))
    often = [term for term, count in body.items() if count >= _OFTEN]
    return Terms(list(body), [*often, *terms("\n".join(headings))], terms(page.title))


class IndexWriter:
    """Takes pages one by one and keeps of each only its postings. Their numbers are the order in which equals are listed."""

    def __init__(self, folder: Path) -> None:
        """Write to `folder`; an index that lies there is replaced."""
        self._folder = folder
        for old in folder.glob("index-*"):
            shutil.rmtree(old)
        self._fresh = folder / "index-new"
        for part in ("pages", "terms"):
            (self._fresh / part).mkdir(parents=True)
        self._hashes: dict[str, bytes] = {}
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("I"))  # 4 × page + level
        self._facets: dict[int, tuple[str, str]] = {}
        self._sizes: dict[int, str] = {}  # terms that the title makes
        self._idle = load_idle()
        self._words = Words(self._idle)

    def add(
        self,
        page: PageText,
        *,
        url: str,
        collection: str,
        year: str,
        date: str,
        number: int | None = None,
        known: Terms | None = None,
    ) -> None:
        """Add a page: its address from the search page, the two things results are narrowed by, its date as shown.

        In the end there must be a page for every `number` from 0; without one, a page comes after those before. `known` are its
        terms, where it has been cut already.
        """
        number = len(self._facets) if number is None else number
        self._facets[number] = collection, year
        self._sizes[number] = _DIGITS[min(self._words.size(fold(page.title)), len(_DIGITS) - 1)]
        self._write(
            f"pages/{number}.json",
            {
                "url": url,
                "title": page.title,
                "date": date,
                "summary": page.summary,
                "names": page.names,
                "keywords": page.keywords,
                "sections": [[section.anchor, section.heading, section.text] for section in page.sections],
            },
        )
        self._words.add(map(fold, (page.title, *page.names, *page.keywords)))
        for term, level in _levels(page, known or cut(page)).items():
            self._postings[term].append(4 * number + level)

    def finish(self, synonyms: list[list[str]], names: dict[str, str]) -> None:
        """Write the terms and `index.json`; `names` are the collections' titles."""
        entries = {term: _encode(sorted(self._postings.pop(term))) for term in sorted(self._postings)}
        entries |= _vocabulary(entries) | self._words.entries()
        size = sum(len(term.encode()) + len(text) + 6 for term, text in entries.items())
        shards: list[dict[str, str]] = [{} for _ in range(size // _SHARD + 1)]
        for term, text in entries.items():
            shards[shard_of(term, len(shards))][term] = text
        for number, shard in enumerate(shards):
            self._write(f"terms/{number}.json", shard)
        facets = [self._facets[number] for number in range(len(self._facets))]
        version = hashlib.sha256(b"".join(self._hashes[name] for name in sorted(self._hashes))).hexdigest()[:10]
        self._fresh.rename(self._folder / f"index-{version}")
        collections = sorted({collection for collection, _ in facets}, key=list(names).index)
        years = sorted({year for _, year in facets}, reverse=True)
        contents = {
            "version": version,
            "shards": len(shards),
            "stem": _STEM,
            "paired": PAIRED,
            "words": WORDS,
            "collections": [[collection, names[collection]] for collection in collections],
            "years": years,
            # One digit a page for each facet.
            "collection": "".join(_DIGITS[collections.index(collection)] for collection, _ in facets),
            "year": "".join(_DIGITS[years.index(year)] for _, year in facets),
            "sizes": "".join(self._sizes[number] for number in range(len(facets))),
            "synonyms": [[fold(word) for word in group] for group in synonyms],
            "idle": self._idle,
            "loose": load_loose(),
            "kinds": load_kinds(),
            "traditional": self._traditional(),
        }
        (self._folder / "index.json").write_text(_json(contents), encoding="utf-8")

    def _traditional(self) -> list[str]:
        """Traditional characters and the simplified ones in their place: of those that names are made of."""
        known = self._words.characters
        pairs = [(chr(old), simple) for old, simple in simplified().items() if simple in known]
        return ["".join(column) for column in zip(*pairs, strict=True)] or ["", ""]

    def _write(self, name: str, data: Any) -> None:  # noqa: ANN401
        content = _json(data).encode()
        self._hashes[name] = hashlib.sha256(name.encode() + content).digest()
        (self._fresh / name).write_bytes(content)


def _levels(page: PageText, known: Terms) -> dict[str, int]:
    """Each term of a page with the most prominent place it stands in."""
    levels = dict.fromkeys(known.body, BODY) | dict.fromkeys(known.headings, HEADING)
    levels |= dict.fromkeys(terms("\n".join((*page.names, *page.keywords))), NAMED)
    return levels | dict.fromkeys(known.title, TITLE)


def _vocabulary(entries: Iterable[str]) -> dict[str, str]:
    """The words by initial, as the terms `~a`, `~b`, …: where a mistyped word finds its neighbours."""
    words: dict[str, list[str]] = {}
    for term in entries:
        if len(term) > _STEM and term.isalpha() and _WORD.fullmatch(term):
            words.setdefault(f"~{term[0]}", []).append(term)
    return {initial: " ".join(listed) for initial, listed in words.items()}


def _encode(values: Sequence[int]) -> str:
    """Postings as text; `& ~3` leaves the page."""
    steps = map(operator.sub, values, (-4, *(value & ~3 for value in values)))
    return "".join(map(_digits, steps))


@cache
def _digits(number: int) -> str:
    text = ""
    while number >= 32:
        text += _DIGITS[number % 32 + 32]
        number //= 32
    return text + _DIGITS[number]


def _json(data: Any) -> str:  # noqa: ANN401
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
