"""The countries as tiles and as a matrix: in one order, and first those of which most is checked."""

import re

import pytest

from conftest import ROOT
from publicity.labels import labels
from publicity.models import LANGUAGES, Country, Language
from publicity.project import Project
from publicity.read.load import load
from publicity.stage.kinds.country import COUNTRY

DOCUMENTS = list(load(Project(ROOT), "jiangbei").content.entries["countries"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_counts_what_it_shows(language: Language) -> None:
    world = COUNTRY.index(DOCUMENTS, language)["world"]
    tiles = [tile for area in world["areas"] for tile in area["tiles"]]
    count, *parts = map(int, re.findall(r"\d+", world["says"]))
    assert count == len(tiles) == len(DOCUMENTS) == sum(parts)
    assert {area["key"] for area in world["areas"]} <= set(labels(language)["country"]["areas"])


def test_the_matrix_stands_in_the_order_of_the_map() -> None:
    index = COUNTRY.index(DOCUMENTS, "zh")
    tiles = [tile["name"] for area in index["world"]["areas"] for tile in area["tiles"]]
    assert [country["name"] for country in index["comparison"]["countries"]] == tiles


def test_first_stand_those_of_which_most_is_checked() -> None:
    checked = {
        document.meta_as(Country).code.lower(): sum(
            fact.status == "checked" for facts in document.meta_as(Country).facts.values() for fact in facts
        )
        for document in DOCUMENTS
    }
    countries = COUNTRY.index(DOCUMENTS, "zh")["comparison"]["countries"]
    first = [checked[country["code"]] for country in countries if country["first"]]
    assert len(first) == 3
    assert min(first) >= max(checked[country["code"]] for country in countries if not country["first"])


def test_without_any_such_guide_there_is_no_map() -> None:
    assert COUNTRY.index([], "zh")["world"] == {}
