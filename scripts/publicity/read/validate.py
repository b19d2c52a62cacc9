"""Data into models: every fault becomes a problem with the line it stands on and what was expected."""

import re
from collections.abc import Collection, Iterator
from functools import reduce
from operator import getitem
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from publicity.models.fields import English
from publicity.models.fields.places import choices_at, known_at, line_at, title_at
from publicity.problems import Among, Field, Problem, near
from publicity.read.source import Source, parse_value
from scoring.problems import Keys
from scoring.words import printable

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], source: Source, english: English = "required") -> tuple[M | None, list[Problem]]:
    """Make a `model` of a source's data, or say everything that is wrong with it; `english` as the region asks for it."""
    if not isinstance(source.data, dict):
        return None, [source.problem((), "not-mapping", found=_shown(source.data))]
    try:
        return model.model_validate(source.data, context={"english": english}), []
    except ValidationError as error:
        return None, _problems(model, source, error)


def english_of(region: Source) -> English:
    """Whether a region, by its region.yml, asks for the English of everything."""
    data = region.data
    return "optional" if isinstance(data, dict) and data.get("english") == "optional" else "required"


def mended(model: type[M], source: Source, english: English) -> tuple[M | None, list[Problem], frozenset[str]]:
    """A `model` of data in which something is wrong, with right values of the models' own in its place, so that the rest can be looked at.

    Also returns what is wrong beside, which shows only then, and the keys at the top whose values are not the file's own.
    """
    data = dict(source.data) if isinstance(source.data, dict) else {}
    faulty: set[str] = set()
    beside: list[Problem] = []
    for _ in range(_MOST_MENDED):
        try:
            return model.model_validate(data, context={"english": english}), beside, frozenset(faulty)
        except ValidationError as error:
            problems = _problems(model, source, error)
        beside += [problem for problem in problems if faulty and not speaks_of(problem, faulty)]
        for key in {str(problem.keys[0]) for problem in problems if problem.keys}:
            faulty.add(key)
            data.pop(key, None)
            if key in model.model_fields and model.model_fields[key].is_required():
                data |= {key: parse_value(line_at(model, (key,)).partition(": ")[2])}
    return None, beside, frozenset(faulty)


_MOST_MENDED = 3


def speaks_of(problem: Problem, keys: Collection[str]) -> bool:
    """Whether a problem is about one of the keys at the top, or compares with one."""
    named = [
        value.key.partition(".")[0].partition("[")[0] for value in problem.values.values() if isinstance(value, Field)
    ]
    return any(key in keys for key in (*map(str, problem.keys[:1]), *named))


def _problems(model: type[BaseModel], source: Source, error: ValidationError) -> list[Problem]:
    return [problem for details in error.errors(include_url=False) for problem in _problems_of(model, source, details)]


def _problems_of(model: type[BaseModel], source: Source, details: ErrorDetails) -> Iterator[Problem]:
    """A fault as a problem; one that has `places` (`publicity.models.fields.each_once`), as a problem at each."""
    values = dict(details.get("ctx", {}))
    problem = _problem(model, source, details)
    if "places" not in values:
        yield problem
        return
    whole = details["input"][values["field"]] if "field" in values else details["input"]
    for place in values["places"]:
        found = _shown(reduce(getitem, place, whole))
        yield source.problem((*problem.keys, *place), problem.code, field=problem.values["field"], found=found)


def _problem(model: type[BaseModel], source: Source, details: ErrorDetails) -> Problem:
    kind, given = details["type"], details["input"]
    values: dict[str, object]
    # pydantic's own signs, such as `[key]` and the tags of unions, are no part of the way to the value.
    keys = tuple(part for part in details["loc"] if not str(part).startswith("["))
    if kind == "extra_forbidden" or "[key]" in details["loc"]:
        return _unknown(model, source, keys)
    if kind == "string_unicode":
        return source.problem(keys, "broken-character")
    if kind == "missing":
        code, values = "missing-field", {"example": line_at(model, keys)}
    elif given is None or kind in ("string_too_short", "too_short"):
        code, values = "empty-field", {"example": line_at(model, keys)}
    elif "-" in kind:  # a fault of the models; pydantic's kinds have no hyphen
        return _fault(model, source, keys, details)
    elif kind in _EXPECTED:
        code, values = _EXPECTED[kind], {"found": _shown(given), "example": line_at(model, keys)}
    elif kind == "string_pattern_mismatch":
        code, values = "bad-slug", {"found": _shown(given)}
    elif kind == "string_too_long":
        code, values = "long-field", {"length": len(given), "longest": details["ctx"]["max_length"]}
    elif kind == "literal_error":
        choices = choices_at(model, keys)
        hint = near(str(given), choices) or Among(tuple(sorted(choices)))  # a closed list is named however long it is
        code, values = "unknown-choice", {"found": _shown(given), "hint": hint}
    else:
        code, values = "bad-field", {"found": _shown(given), "why": details["msg"]}
    return source.problem(keys, code, field=_field(model, keys), **values)


_EXPECTED = {
    "string_type": "text-expected",
    "int_type": "whole-number-expected",
    "number_type": "number-expected",
    "bool_type": "true-or-false-expected",
    "list_type": "list-expected",
    "dict_type": "keys-expected",
    "model_type": "keys-expected",
}


_MARKS_IN_KEYS = (
    (re.compile(r"(?P<key>\w+) ?："), "full-width-colon"),
    (re.compile(r"(?P<key>\w+):[\u00a0\u3000]"), "full-width-space-after-colon"),
    (re.compile(r"(?P<key>\w+):"), "no-space-after-colon"),
)
"""Between braces YAML takes a key, its value and the mark between them for a key."""


def _unknown(model: type[BaseModel], source: Source, keys: Keys) -> Problem:
    known = known_at(model, keys[:-1])
    key = str(keys[-1])
    if key[:1] in ("\u00a0", "\u3000"):
        return source.problem(keys, "full-width-space-at-start")
    for pattern, code in _MARKS_IN_KEYS:
        if (match := pattern.match(key)) and match["key"] in known:
            return source.problem(keys, code, key=match["key"])
    return source.problem(keys, "unknown-key", key=_spell(keys), hint=near(str(keys[-1]), known))


def _fault(model: type[BaseModel], source: Source, keys: Keys, details: ErrorDetails) -> Problem:
    """What a validator of the models has raised (`publicity.models.fields.fault`)."""
    values: dict[str, Any] = dict(details.get("ctx", {}))
    holder = keys if "field" in values else keys[:-1]
    if "field" in values:
        keys = (*holder, values["field"])
    if "other" in values:
        values["other"] = _field(model, (*holder, values["other"]))
    if "found" in values and not isinstance(values["found"], tuple):
        values["found"] = _shown(values["found"])
    if details["type"] == "missing-beside":
        values["example"] = line_at(model, keys)
    return source.problem(keys, details["type"], **(values | {"field": _field(model, keys)}))


def _field(model: type[BaseModel], keys: Keys) -> Field:
    return Field(_spell(keys), title_at(model, keys))


def _shown(value: object) -> str:
    """What stands there, in one line."""
    if not isinstance(value, str):
        value = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True).removesuffix("...\n")
    line = printable(" ".join(value.split()))
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


_LONGEST_SHOWN = 40


def _spell(keys: Keys) -> str:
    way = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in keys)
    return printable(way.lstrip("."))
