"""The words of the interface, in both languages, from `labels/*.yml`."""

from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from publicity.models import LANGUAGES, Language
from scoring import Words


@cache
def labels(language: Language) -> dict[str, Any]:
    """All labels of a language, as nested as in its file."""
    return _read(language)


def all_labels() -> dict[Language, dict[str, Any]]:
    """The labels of every language."""
    return {language: labels(language) for language in LANGUAGES}


@cache
def problem_words() -> Words:
    """The words for everything that can be wrong, from `labels/problems.yml`."""
    return Words(_read("problems"))


def _read(name: str) -> dict[str, Any]:
    text = files("publicity").joinpath("labels", f"{name}.yml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
