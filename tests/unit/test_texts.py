"""The words of the interface: both languages say the same things, and templates can reach every one."""

from pathlib import Path

import pytest

from publicity.inspect.columns import column_terms
from publicity.labels import collections, labels
from publicity.models import ENTRY_MODELS, LANGUAGES
from publicity.read.source import read_yaml
from publicity.stage.kinds import KINDS

FOLDER = Path(__file__).resolve().parents[2] / "scripts" / "publicity" / "labels"


def _keys(data: object, prefix: str = "") -> set[str]:
    if not isinstance(data, dict):
        return {prefix}
    return {key for name, value in data.items() for key in _keys(value, f"{prefix}.{name}")}


def test_both_languages_have_the_same_keys() -> None:
    assert _keys(labels("zh")) == _keys(labels("en"))


@pytest.mark.parametrize("name", ["zh", "en", "collections"])
def test_no_key_stands_twice(name: str) -> None:
    problems = read_yaml(FOLDER / f"{name}.yml", name)[1]
    assert [problem for problem in problems if problem.code == "duplicate-key"] == []


def test_no_key_is_hidden_by_a_method_of_dict() -> None:
    assert not {key for keys in map(_keys, [labels("zh")]) for key in keys if set(key.split(".")) & set(dir(dict))}


def test_every_collection_has_its_words_its_type_and_a_way_to_be_shown() -> None:
    assert set(collections()) == set(ENTRY_MODELS) == set(KINDS)
    for name, collection in collections().items():
        assert {"type", "zh", "en"} <= set(collection) <= {"type", "changes", "zh", "en"}, name
        assert collection.get("changes", "news") in column_terms().terms, name
        for language in LANGUAGES:
            assert all(collection[language].get(key) for key in ("title", "about", "keywords")), name
