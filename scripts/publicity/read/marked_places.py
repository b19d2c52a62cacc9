"""Marked places such as `{region}` in what all regions share and in `docs/`: filled from `region.yml` while it is read, so that no shared text names a region."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from publicity.labels import labels
from publicity.models import LANGUAGES, Language, Region, Words, plural
from publicity.problems import Problem, near
from publicity.read.content import LoadedStandard
from publicity.read.source import KeyPath, Source

Places = Mapping[Language, Mapping[str, str]]
"""What stands for each marked place, by language."""
PLACES = frozenset({"title", "region", "standard", *Words.model_fields})
_MARK = re.compile(r"\{([a-z_]+)\}")
_FILLED = re.compile(rf"{_MARK.pattern}(s\b)?")
"""One with the s of its plural."""


def places_of(region: Region, standards: Mapping[str, LoadedStandard], today: datetime.date) -> Places:
    """The marked places of a region: its names, its standard, and its words for what every region has."""
    return {language: _places(region, standards.get(region.standard or ""), today, language) for language in LANGUAGES}


def _places(region: Region, loaded: LoadedStandard | None, today: datetime.date, language: Language) -> dict[str, str]:
    standard = labels(language)["assessment"]["unnamed_standard"]
    if loaded:
        named = loaded.standard
        standard = named.title if language == "zh" else named.title_en or named.title
    words = {name: getattr(region.words, name)[language] for name in type(region.words).model_fields}
    return {
        "title": region.title[language],
        "region": region.name_on(today)[language],
        "standard": standard,
        **words,
    }


def may_have_places(text: str) -> bool:
    """Whether there may be a marked place in a file, also one that YAML writes otherwise."""
    return "\\" in text or _MARK.search(text) is not None


def filled(source: Source, places: Places, language: Language) -> tuple[Source, list[Problem]]:
    """A source with its marked places filled, and those that nothing stands for; it keeps the source as it was written."""
    own = places[language]
    problems = [
        Problem(source.name, line, "unknown-place", {"place": name, "hint": near(name, own)}, keys)
        for keys, line, name in marks_in(source)
        if name not in own
    ]
    data = _filled(source.data, places, language)
    return replace(source, data=data, body=_fill(source.body, own), written=source), problems


def marks_in(source: Source) -> Iterator[tuple[KeyPath, int, str]]:
    """The name of every marked place, with its key and its line."""
    for keys, text in source.texts():
        if "{" in text:
            yield from ((keys, source.line(keys), name) for name in _MARK.findall(text))
    if "{" in source.body:
        for number, row in enumerate(source.body.split("\n"), source.body_line):
            yield from (((), number, name) for name in _MARK.findall(row))


def _filled(value: object, places: Places, language: Language) -> object:
    """The same for data; what stands below `zh` and `en` is in that language."""
    if isinstance(value, dict):
        return {key: _filled(inner, places, key if key in places else language) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, places, language) for inner in value]
    return _fill(value, places[language]) if isinstance(value, str) else value


def _fill(text: str, places: Mapping[str, str]) -> str:
    return _FILLED.sub(lambda mark: _word(mark, places), text) if "{" in text else text


def _word(mark: re.Match[str], places: Mapping[str, str]) -> str:
    word = places.get(mark[1])
    if word is None:
        return mark[0]
    return plural(word) if mark[2] else word
