"""Every field has a short title in Chinese, its own within its model."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from publicity.author.schema import MODELS
from publicity.models import Page
from publicity.models.fields import Model, title_of


def _all(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for below in model.__subclasses__():
        yield from _all(below)


WRITTEN = [model for model in _all(Model) if model.__module__.startswith("publicity.models.")]


def test_all_that_is_written_is_looked_at() -> None:
    assert {*MODELS.values(), Page} <= set(WRITTEN)


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_titles_are_short_and_chinese(model: type[BaseModel]) -> None:
    titles = {name: title_of(field) for name, field in model.model_fields.items()}
    assert {
        name: title for name, title in titles.items() if not re.fullmatch(r"(ICP)?[\u4e00-\u9fff]{2,8}", title)
    } == {}
    assert len(set(titles.values())) == len(titles)
