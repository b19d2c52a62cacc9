"""What the assessment's page says of a standard comes from the standard: never a sentence that is false of it."""

from typing import Any

import pytest
import yaml

from conftest import ROOT
from publicity.labels import labels
from publicity.models import LANGUAGES, Explanations
from publicity.read.content import LoadedStandard
from publicity.stage.own.assessment import cap_cuts, first_pass, intro, orders, rules
from scoring import Standard

WORDS = labels("zh")["assessment"]["rules"]
PLAIN = {"points": "10"}
LEVELS = {"levels": [{"id": "a", "points": "4", "text": "一"}, {"id": "b", "points": "10", "text": "二"}]}
COUNTED = {"each": "2", "max": "10"}


def _standard(*items: dict[str, Any], bonus: str = "", cap: str = "", capped: str = "", **head: str) -> Standard:
    """A standard of one section with items of at most ten points each, and perhaps a bonus section."""
    base = str(10 * len(items))
    parts = [
        {"id": f"1.1.{number}", "text": "条目", "text_en": "", **item} for number, item in enumerate(items, start=1)
    ]
    top = {"max": capped, "capped": True} if capped else {"max": base}
    sections = [{"id": "1", "number": "一", "title": "部分", **top, "groups": [{"id": "1.1", "title": "组", **top, "items": parts}]}]  # fmt: skip
    if capped:
        sections[0].pop("capped")
    if bonus:
        extra = {"id": "2.1.1", "text": "加分", "text_en": "", "points": bonus}
        sections.append({"id": "2", "number": "二", "title": "加分项", "max": bonus, "bonus": True, "groups": [{"id": "2.1", "title": "组", "max": bonus, "items": [extra]}]})  # fmt: skip
        head["bonus_max"] = bonus
    base = capped or base
    data = {"id": "x", "title": "标准", "source": {"document": "文件"}, "columns": [], "base_max": base, "total_cap": cap or base, **head, "sections": sections}  # fmt: skip
    return Standard.from_data(data)


@pytest.mark.parametrize(
    ("standard", "said"),
    [
        (_standard(PLAIN), ["no_pass_mark", "plain", "not_applicable"]),
        (_standard(PLAIN, pass_mark="8"), ["pass_mark", "plain", "not_applicable"]),
        (_standard(LEVELS), ["no_pass_mark", "levels", "not_applicable"]),
        (_standard(PLAIN, LEVELS, COUNTED), ["no_pass_mark", "levels", "counted", "plain_beside", "not_applicable"]),
        (_standard(PLAIN, bonus="5"), ["no_pass_mark", "plain", "not_applicable", "total_cap"]),
        (_standard(PLAIN, bonus="5", cap="15"), ["no_pass_mark", "plain", "not_applicable"]),
        (_standard(PLAIN, PLAIN, capped="15"), ["no_pass_mark", "plain", "not_applicable", "capped"]),
    ],
    ids=["none", "pass mark", "partial credit", "all kinds", "bonus and cap", "bonus within reach", "capped part"],
)
def test_only_what_the_standard_says_is_said(standard: Standard, said: list[str]) -> None:
    assert rules(standard, "zh") == [WORDS[key].format(mark="8", cap="10") for key in said]
    assert cap_cuts(standard) == ("total_cap" in said)
    assert len(rules(standard, "en")) == len(said)


@pytest.mark.parametrize(
    ("guidance", "said", "first"),
    [
        (None, ["start", "fewest"], "points"),
        ({"planning": [{"items": ["1.1.1"], "plannable": False}]}, ["start", "fewest", "facts"], "points"),
        ({"effort": {}}, ["start", "offers", "late"], "calendar"),
        ({"effort": {}, "planning": [{"items": ["1.1.1"], "plannable": False}]}, ["start", "offers", "left_out"], "calendar"),
    ],
)  # fmt: skip
def test_no_more_is_offered_than_the_guidance_has_data_for(
    guidance: dict[str, Any] | None, said: list[str], first: str
) -> None:
    loaded = LoadedStandard(_standard(PLAIN), guidance, None)
    for language in LANGUAGES:
        words = labels(language)["assessment"]["intro"]
        assert intro(loaded, language) == [words[key] for key in said]
    assert orders(loaded)[0] == first


def _shipped(name: str) -> LoadedStandard:
    folder = ROOT / "scoring_wasm/standards"
    data, guidance, explanations = (
        yaml.safe_load((folder / f"{name}{kind}.yml").read_text(encoding="utf-8"))
        for kind in ("", ".guidance", ".explanations")
    )
    # Points may stand in YAML as numbers; the reader of the site keeps them as text.
    return LoadedStandard(Standard.from_data(data), guidance, Explanations.model_validate(explanations))


@pytest.mark.parametrize("name", ["chongqing-2023", "guanxian-2023-checklist"])
def test_every_item_is_explained_and_the_first_pass_is_short(name: str) -> None:
    loaded = _shipped(name)
    assert loaded.explanations
    assert list(loaded.explanations.items) == list(loaded.standard.item_by_id)
    for language in LANGUAGES:
        assert 1 <= len(first_pass(loaded, language)["questions"]) <= 10


def test_a_checklist_speaks_of_no_points_and_of_no_other_place() -> None:
    loaded = _shipped("guanxian-2023-checklist")
    assert loaded.explanations
    said = [*rules(loaded.standard, "zh"), loaded.explanations.model_dump_json(), *map(str, first_pass(loaded, "zh").values())]  # fmt: skip
    assert not [text for text in said for word in ("重庆", "江北", "合格", "满分", "得分") if word in text]
    assert all(question["points"] == "" for question in first_pass(loaded, "zh")["questions"])


def test_what_the_reasons_say_of_points_is_true() -> None:
    loaded = _shipped("chongqing-2023")
    most = max(item.points for item in loaded.standard.items)
    for question in first_pass(loaded, "zh")["questions"]:
        if "单项最高" in question["why"]:
            assert loaded.standard.item_by_id[question["item"]].points == most == 5000
