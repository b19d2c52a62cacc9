"""The words of the interface, in both languages, from `labels/*.yml`."""

from functools import cache
from typing import Any, cast

from publicity.data_files import data_file
from publicity.models import LANGUAGES, Language


@cache
def labels(language: Language) -> dict[str, Any]:
    """All labels of a language, as nested as in its file; with them those of the collections, whose titles the navigation has, too."""
    words = read_words(language)
    of_collections = {name: collection[language] for name, collection in collections().items()}
    titles = {name: own["title"] for name, own in of_collections.items()}
    return words | {"collections": of_collections, "navigation": words["navigation"] | titles}


@cache
def collections() -> dict[str, dict[str, Any]]:
    """What is said of each collection, by its name, as in `collections.yml`."""
    return read_words("collections")


@cache
def navigation_groups() -> list[dict[str, Any]]:
    """The groups of the navigation, each with its title in both languages and the names of its columns, from `navigation.yml`."""
    return cast(list[dict[str, Any]], data_file("publicity.labels", "navigation.yml"))


def all_labels() -> dict[Language, dict[str, Any]]:
    """The labels of every language."""
    return {language: labels(language) for language in LANGUAGES}


def read_words(name: str) -> dict[str, Any]:
    """The words of one file of this package."""
    return cast(dict[str, Any], data_file("publicity.labels", f"{name}.yml"))
