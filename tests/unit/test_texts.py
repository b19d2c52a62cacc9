"""The words of the interface: both languages say the same things, and templates can reach every one."""

from pathlib import Path

import pytest

from publicity.labels import labels
from publicity.read.source import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "scripts" / "publicity" / "labels"


def _keys(data: object, prefix: str = "") -> set[str]:
    if not isinstance(data, dict):
        return {prefix}
    return {key for name, value in data.items() for key in _keys(value, f"{prefix}.{name}")}


def test_both_languages_have_the_same_keys() -> None:
    assert _keys(labels("zh")) == _keys(labels("en"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_key_stands_twice(language: str) -> None:
    assert read_yaml(FOLDER / f"{language}.yml", language)[1] == []


def test_no_key_is_hidden_by_a_method_of_dict() -> None:
    assert not {key for keys in map(_keys, [labels("zh")]) for key in keys if set(key.split(".")) & set(dir(dict))}
