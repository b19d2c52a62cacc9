"""The words of the page, from `labels/edit.yml`."""

from functools import cache
from typing import Any

from publicity.labels import read_words
from publicity.labels.sentences import chosen_language


@cache
def _catalogue() -> dict[str, Any]:
    return read_words("edit")


def words(part: str) -> dict[str, str]:
    """One part of the words, in the language of the run."""
    language = chosen_language()
    return {name: texts[language] for name, texts in _catalogue()[part].items()}
