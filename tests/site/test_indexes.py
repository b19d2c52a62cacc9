"""Indexes: what they offer to narrow them by is what their entries have."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

OFFERED = {
    "cases": ["procedure", "year", "amount", "lesson", "industry"],
    "regulations": ["status", "level", "effective"],
    "templates": ["purpose", "section"],
    "guides": ["audience", "section"],
    "questions": ["topic", "asker"],
    "alerts": ["level"],
}


def _index(site: Path, language: str, collection: str) -> BeautifulSoup:
    page = site / language / collection / "index.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("language", ["", "en"])
@pytest.mark.parametrize("collection", OFFERED)
def test_every_answer_says_how_many_entries_it_finds(site: Path, language: str, collection: str) -> None:
    soup = _index(site, language, collection)
    entries = soup.select(".results li[data-entry]")
    selects = soup.select("[data-filters] select")
    assert [select["name"] for select in selects] == OFFERED[collection]
    for select in selects:
        first, *answers = select.select("option")
        assert (first["value"], first.get_text()) == ("", {"": "全部", "en": "All"}[language])
        assert len(answers) > 1
        for answer in answers:
            found = sum(answer["value"] in entry.get(f"data-facet-{select['name']}", "").split() for entry in entries)
            assert answer.get_text().rstrip("）)").endswith(("（", "(")[language == "en"] + str(found)), answer
            assert found


@pytest.mark.parametrize("collection", ["countries", "policies"])
def test_what_cannot_be_divided_offers_no_choices(site: Path, collection: str) -> None:
    soup = _index(site, "", collection)
    assert soup.select("[data-filters], script[src*=filters]") == []


def test_a_question_whose_answers_find_one_entry_each_is_not_asked(site: Path) -> None:
    entries = _index(site, "", "alerts").select(".results li[data-entry]")
    countries = [country for entry in entries for country in entry["data-facet-country"].split()]
    assert len(countries) == len(set(countries)) > 1  # or this test says nothing


def test_cases_tell_the_sum_court_year_multiplier_and_lesson_at_a_glance(site: Path) -> None:
    cards = {
        language: _index(site, language, "cases").select_one('.card:has(a[href*="geely"])') for language in ("", "en")
    }
    told = {
        language: [card.select_one(part).get_text().replace("\u00a0", " ") for part in (".card-facts", ".verdict-note")]
        for language, card in cards.items()
    }
    assert told == {
        "": [
            "约6.43亿元 最高人民法院 2024年 惩罚性赔偿2倍",
            "损失637,596,249.60元，合理开支500万元；一审为500万元和200万元",
        ],
        "en": [
            "about CNY 642.6 million Supreme People's Court 2024 2-fold punitive damages",
            "637,596,249.60 for loss and 5 million for expenses; at first instance 5 million and 2 million",
        ],
    }
    assert [card.find_all("time") for card in cards.values()] == [[], []]
    assert cards[""].find_all("p")[-1].b.get_text() == "警惕集体离职。"


@pytest.mark.parametrize("language", ["", "en"])
def test_each_sum_in_yuan_is_a_point_and_no_point_hides_another(site: Path, language: str) -> None:
    soup = _index(site, language, "cases")
    bands = [entry["data-facet-amount"] for entry in soup.select(".results li[data-entry]")]
    points = [(float(dot["cx"].rstrip("%")), float(dot["cy"].rstrip("em"))) for dot in soup.select(".amounts circle")]
    assert len(points) == sum(band not in ("unstated", "foreign-currency") for band in bands) > 20
    for index, (x, y) in enumerate(points):
        for other_x, other_y in points[index + 1 :]:
            assert y != other_y or abs(x - other_x) >= 2
    assert soup.select_one("#amounts").get_text(strip=True).startswith(("31件", "31 cases"))
