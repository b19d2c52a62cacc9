"""How often a search finds what people ask for in their own words: at once, within three results, or not at all."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT

SEARCH = ROOT / "tests/golden/search"
ASKED: list[dict[str, Any]] = yaml.safe_load((SEARCH / "questions.yml").read_text(encoding="utf-8"))
TUNED: list[dict[str, Any]] = yaml.safe_load((SEARCH / "development.yml").read_text(encoding="utf-8"))


def _answers(site: Path, language: str, queries: list[str]) -> list[list[str]]:
    done = subprocess.run(
        ["node", str(ROOT / "tests/helpers/search.mjs"), str(site), language],
        input="\n".join(queries),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["paths"] for line in done.stdout.splitlines()]


@pytest.fixture(name="ranks", scope="module")
def _ranks(site: Path) -> dict[str, int]:
    """The place of the first right result for each query, 99 for none."""
    ranks = {}
    for language in ("zh", "en"):
        asked = [one for one in ASKED + TUNED if (one["form"] == "english") == (language == "en")]
        found = _answers(site, language, [one["q"] for one in asked])
        for one, paths in zip(asked, found, strict=True):
            assert paths, f"{one['q']}: nothing"
            ranks[one["q"]] = next((place for place, path in enumerate(paths, 1) if path in one["want"]), 99)
    return ranks


@pytest.mark.parametrize("held", [False, True])
def test_questions_find_their_answers(ranks: dict[str, int], held: bool) -> None:
    asked = [one for one in ASKED if one.get("held", False) is held] + ([] if held else TUNED)
    places = {one["q"]: ranks[one["q"]] for one in asked}
    rates = [sum(place <= most for place in places.values()) / len(places) for most in (1, 3)]
    print(f"{len(places)} queries, held back: {held}; right first {rates[0]:.0%}, within three {rates[1]:.0%}")
    assert rates[0] >= 0.9, places
    assert rates[1] >= 0.97, places


def test_there_are_enough_of_all_users() -> None:
    assert {one["who"] for one in ASKED} == {"public", "enterprise", "editor", "operator"}
    assert len(ASKED) >= 150
    assert sum(one.get("held", False) for one in ASKED) >= 50
