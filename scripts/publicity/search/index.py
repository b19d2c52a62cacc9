"""A static search index that a browser reads in small pieces, and that finds what plain substring search would.

Chinese has no spaces, and segmenters disagree about its words; so every two neighbouring characters are indexed instead, and a
phrase is found where all its pairs are. Words of other scripts are indexed whole, beside those that begin alike.

    index.json                    what there is: `Contents` in docs/assets/js/search-index.js
    index-<hash>/terms/<n>.json   {term: postings}, the terms whose hash falls to n
    index-<hash>/pages/<n>.json   the text of page n, to quote from

Postings are written as `postings` says.
"""

import hashlib
import json
import operator
import re
import shutil
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from publicity.data_files import data_file
from publicity.search.extract import PageSection, PageText
from publicity.search.kept import KeptIndex, KeptPage, read_kept, write_kept
from publicity.search.postings import DIGITS, encoded
from publicity.search.words import Words, simplified, typed_entries
from publicity.work.former import NOTHING, Former

BODY, HEADING, NAMED, TITLE = range(4)
"""How much a page is about a term, as postings say it: it stands in the text; in a heading, the summary or the text often; among
the names and keywords; in the title."""

_OFTEN = 3  # times in the body
_SHARD = 1_200  # bytes that a file of terms should have
_STEM = 3  # words with the same beginning lie together, so that one file completes a word
_FEW = 100  # pages that may have changed for the rest of an index to be taken over

# Han characters with 々 and 〇, kana, hangul: scripts without spaces, cut into pairs. The browser gets the same two classes.
PAIRED = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
WORDS = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1eff"
_UNIT = re.compile(f"([{PAIRED}]|[{WORDS}]+)|[^{PAIRED}{WORDS} ]+|(?<=[{WORDS}]) (?=[{WORDS}])")
"""A character or a word; with nothing in its group, what parts two of them."""
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
    """Text without the differences of case, width and tradition that searchers do not mean; its marks stay as they are."""
    return _foldable().sub(lambda found: _folded().get(found[0], found[0]), text.lower())


@cache
def _folded() -> dict[str, str]:
    """What characters in lower case stand for: those of full width for narrow ones, traditional for simplified ones."""
    narrow = {chr(wide).lower(): chr(plain).lower() for wide, plain in _FULL_WIDTH.items()}
    searched = {wide: plain for wide, plain in narrow.items() if plain == " " or _WORD.fullmatch(plain)}
    return searched | {chr(old): simple for old, simple in simplified().items()}


@cache
def _foldable() -> re.Pattern[str]:
    """Characters that stand for others, with all of the rarest."""
    usual = sorted(one for one in _folded() if ord(one) < 0x10000)
    return re.compile(f"[{''.join(usual)}\U00010000-\U0010ffff]")


def terms(text: str) -> dict[str, int]:
    """Every term of a text, and how often it stands there: single units, and neighbours of which at least one is a character."""
    units = _UNIT.findall(fold(text))
    # A unit that is joined with nothing is no pair: it is counted among the units.
    found = {**Counter(map(operator.add, units, units[1:])), **Counter(units)}
    found.pop("", None)
    return found


def shard_of(term: str, shards: int) -> int:
    """The file that a term lies in: a word with all that begin alike, one with a gap by what stands beside it, a pair by itself."""
    gap = term.find("?")
    key = term[:_STEM] if _WORD.fullmatch(term) else term[max(0, gap - 1) : gap + 2] if gap >= 0 else term
    value = 0
    for character in key:
        value = (value * 33 + ord(character)) % 65521
    return value % shards


class IndexWriter:
    """Takes pages one by one and keeps of each only its postings. Their numbers are the order in which equals are listed."""

    def __init__(self, folder: Path, kept: Path | None = None, former: Former = NOTHING) -> None:
        """Write to `folder`; an index that lies there is replaced. `kept` is where what was made before is kept.

        Files that `former` has are moved.
        """
        self._folder = folder
        for old in folder.glob("index-*"):
            shutil.rmtree(old)
        self._fresh = folder / "index-new"
        for part in ("pages", "terms"):
            (self._fresh / part).mkdir(parents=True)
        self._kept = kept
        self._before: KeptIndex | None = None
        self._former = former
        self._hashes: dict[str, str] = {}
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("I"))  # 4 × page + level
        self._pages: dict[int, KeptPage] = {}
        self._idle = load_idle()
        self._words = Words(self._idle)

    def take(self, names: Sequence[str]) -> frozenset[int]:
        """Begin with what was kept of an index of as many pages; returns the numbers of those that need not be added.

        `names` are those of all pages, by their numbers: a name stands for all that `add` is told of a page.
        """
        before = read_kept(self._kept) if self._kept else None
        if before is None or len(before.pages) != len(names):
            return frozenset()
        same = {number for number, page in enumerate(before.pages) if page.name == names[number]}
        if len(names) - len(same) > _FEW:
            return frozenset()
        self._before = before
        self._pages = dict(enumerate(before.pages))
        for number in same:
            self._write_page(number, before.pages[number].content)
        return frozenset(same)

    def add(
        self,
        page: PageText,
        *,
        url: str,
        collection: str,
        year: str,
        date: str,
        number: int | None = None,
        name: str = "",
    ) -> None:
        """Add a page: its address from the search page, the two things results are narrowed by, its date as shown.

        In the end there must be a page for every `number` from 0; without one, a page comes after those before.
        """
        number = len(self._pages) if number is None else number
        size = DIGITS[min(self._words.size(fold(page.title)), len(DIGITS) - 1)]
        content = _json(
            {
                "url": url,
                "title": page.title,
                "date": date,
                "summary": page.summary,
                "names": page.names,
                "keywords": page.keywords,
                "sections": [[section.anchor, section.heading, section.text] for section in page.sections],
            }
        )
        levels = _levels(page)
        if self._before:
            before = _levels(_page_of(self._pages[number].content))
            self._before.forget(number, (term for term, level in before.items() if levels.get(term) != level))
            levels = {term: level for term, level in levels.items() if before.get(term) != level}
        self._write_page(number, content)
        words = tuple(map(fold, (page.title, *page.names, *page.keywords)))
        self._pages[number] = KeptPage(name, content if self._before else "", collection, year, size, words)
        postings = map(self._postings.__getitem__, levels)
        deque(map(array.append, postings, map((4 * number).__add__, levels.values())), maxlen=0)

    def finish(self, synonyms: list[list[str]], names: dict[str, str]) -> None:
        """Write the terms and `index.json`; `names` are the collections' titles."""
        pages = [self._pages[number] for number in range(len(self._pages))]
        for page in pages:
            self._words.add(page.words)
        entries, meant = self._entries(), self._words.meant()
        typed = self._before.typed if self._before and self._before.meant == meant else typed_entries(meant)
        if self._kept:
            whole = (page._replace(content=page.content or self._content(number)) for number, page in enumerate(pages))
            write_kept(self._kept, whole, entries, meant, typed)
        entries |= _vocabulary(entries) | typed
        size = sum(len(term.encode()) + len(text) + 6 for term, text in entries.items())
        shards: list[dict[str, str]] = [{} for _ in range(size // _SHARD + 1)]
        for term, text in entries.items():
            shards[shard_of(term, len(shards))][term] = text
        for number, shard in enumerate(shards):
            self._write(f"terms/{number}.json", _json(shard))
        version = hashlib.sha256(_json(sorted(self._hashes.items())).encode()).hexdigest()[:10]
        self._fresh.rename(self._folder / f"index-{version}")
        collections = sorted({page.collection for page in pages}, key=list(names).index)
        years = sorted({page.year for page in pages}, reverse=True)
        contents = {
            "version": version,
            "shards": len(shards),
            "stem": _STEM,
            "paired": PAIRED,
            "words": WORDS,
            "collections": [[collection, names[collection]] for collection in collections],
            "years": years,
            # One digit a page for each facet; pages of a collection stand together, so that their number will do.
            "collection": [
                [DIGITS[collections.index(name)], len(list(group))]
                for name, group in groupby(page.collection for page in pages)
            ],
            "year": "".join(DIGITS[years.index(page.year)] for page in pages),
            "sizes": "".join(page.size for page in pages),
            # Each without the quotes of a list, which is loaded with every first search.
            "synonyms": ";".join("|".join(map(fold, group)) for group in synonyms),
            # Those like 能不能 a query loses by their form (search-query.js).
            "idle": "|".join(word for word in self._idle if not re.fullmatch(r"(.)不\1", word)),
            "loose": load_loose(),
            "kinds": load_kinds(),
            "traditional": self._traditional(),
        }
        (self._folder / "index.json").write_text(_json(contents), encoding="utf-8")

    def _entries(self) -> dict[str, str]:
        """The postings of every term, in the order of terms."""
        if self._before is None:  # each is let go once it is text
            return {term: encoded(sorted(self._postings.pop(term))) for term in sorted(self._postings)}
        self._before.remember(self._postings)
        return {term: self._before.postings[term] for term in sorted(self._before.postings)}

    def _traditional(self) -> list[str]:
        """Traditional characters and the simplified ones in their place: of those that names are made of."""
        known = self._words.characters
        pairs = [(chr(old), simple) for old, simple in simplified().items() if simple in known]
        return ["".join(column) for column in zip(*pairs, strict=True)] or ["", ""]

    def _write_page(self, number: int, content: str) -> None:
        self._write(f"pages/{number}.json", content)

    def _content(self, number: int) -> str:
        return (self._fresh / f"pages/{number}.json").read_text(encoding="utf-8")

    def _write(self, name: str, text: str) -> None:
        self._hashes[name] = self._former.place(self._fresh / name, text.encode())


def _page_of(content: str) -> PageText:
    """A page as its file says it."""
    page = json.loads(content)
    sections = [PageSection(*section) for section in page["sections"]]
    return PageText(page["title"], page["summary"], tuple(page["names"]), tuple(page["keywords"]), sections)


def _levels(page: PageText) -> dict[str, int]:
    """Each term of a page with the most prominent place it stands in; one that stands often in the body counts as one of a heading."""
    body = terms("\n".join(section.text for section in page.sections))
    headings = (page.summary, *(section.heading for section in page.sections))
    levels = dict.fromkeys(body, BODY)
    levels |= dict.fromkeys((term for term, count in body.items() if count >= _OFTEN), HEADING)
    levels |= dict.fromkeys(terms("\n".join(headings)), HEADING)
    levels |= dict.fromkeys(terms("\n".join((*page.names, *page.keywords))), NAMED)
    return levels | dict.fromkeys(terms(page.title), TITLE)


def _vocabulary(entries: Iterable[str]) -> dict[str, str]:
    """The words by initial, as the terms `~a`, `~b`, …: where a mistyped word finds its neighbours."""
    words: dict[str, list[str]] = {}
    for term in entries:
        if len(term) > _STEM and term.isalpha() and _WORD.fullmatch(term):
            words.setdefault(f"~{term[0]}", []).append(term)
    return {initial: " ".join(listed) for initial, listed in words.items()}


def _json(data: Any) -> str:  # noqa: ANN401
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
