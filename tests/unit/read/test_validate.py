"""Data that no model takes: the problem says which field, what stands there, and a right line."""

from typing import Annotated

import pytest
from annotated_types import Gt

from publicity.models import ENTRY_MODELS, Model, Region
from publicity.models.fields.places import choices_at, known_at, line_at, title_at
from publicity.problems import Field, Problem
from publicity.read.source import Source
from publicity.read.validate import validate

PLACES = {
    ("title",): ("标题", "title: 关于某某事项的通知"),
    ("review", "drafted", "date"): ("完成日期", "date: 2026-11-22"),
    ("review", "drafted"): ("编写", "drafted: {role: {zh: 业务科室, en: Responsible section}, date: 2026-11-22}"),
    ("keywords", 1): ("关键词", "- …"),
    ("sample",): ("示例标记", "sample: true"),
    ("validity", "status"): ("效力状态", "status: in_force"),
    ("corrections", 0, "no such key"): ("勘误", "no such key: …"),
}


@pytest.mark.parametrize("keys", PLACES)
def test_a_place_has_the_title_of_its_field_and_a_right_line(keys: tuple[str | int, ...]) -> None:
    model = ENTRY_MODELS["policies"]
    assert (title_at(model, keys), line_at(model, keys)) == PLACES[keys]


def test_a_place_below_a_key_that_is_chosen_from_is_found() -> None:
    assert known_at(Region, ("names",)) == ("full", "short")
    assert title_at(Region, ("names", "full", "zh")) == "中文"
    assert line_at(Region, ("names",)) == "names: {full: {zh: …, en: …}, short: {zh: …, en: …}}"
    assert "status" in known_at(ENTRY_MODELS["countries"], ("facts", "statute", 0))
    assert "checked" in choices_at(ENTRY_MODELS["countries"], ("facts", "statute", 0, "status"))


def test_what_pydantic_says_in_its_own_words_is_quoted() -> None:
    class Counted(Model):
        count: Annotated[int, Gt(0)]

    _, problems = validate(Counted, Source("x.yml", {"count": 0}, {("count",): 3}))
    values = {"field": Field("count", ""), "found": "0", "why": "Input should be greater than 0"}
    assert problems == [Problem("x.yml", 3, "bad-field", values, ("count",))]
