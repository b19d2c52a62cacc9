"""Marked places of shared texts say each region's own words."""

import re
import shutil
from dataclasses import replace
from itertools import chain

import pytest

from conftest import ROOT
from publicity import dates
from publicity.labels import labels
from publicity.models import Language, Template
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.load import load
from publicity.read.marked_places import places_of
from publicity.stage import stage
from publicity.stage.entry import entry_page
from publicity.stage.frame import site_data
from publicity.stage.own.pages import column_data, own_page, register_data

PROJECT = Project(ROOT)


@pytest.fixture(name="columns", scope="module")
def _columns() -> dict[str, Column]:
    return {region: column for region in PROJECT.regions() if (column := load(PROJECT, region).column)}


_THIRD = """slug: third
names: {full: {zh: 虚构市甲乙区}, short: {zh: 甲乙区}}
title: {zh: 甲乙区商业秘密保护宣传专栏}
tagline: {zh: 甲乙区的政策、案例和指引。}
english: optional
issuer: [{name: {zh: 甲乙区市场监督管理局}, role: {zh: 主办单位}}]
site: {name: {zh: 甲乙区人民政府}}
words: {unit: {zh: 示范企业}, station: {zh: 服务站}, base: {zh: 示范园区, en: demonstration company}}
contacts: [{name: {zh: 热线}, note: {zh: 咨询。}, source: {name: 示例, checked: 2026-01-02}}]
navigation: [policies, stations, units, about]
"""
_STATIONS = """source: {name: 示例, checked: 2026-01-02}
stations: [{name: {zh: 甲服务站}}, {name: {zh: 乙指导站}, kind: guidance}]
"""
_UNITS = """source: {name: 示例, checked: 2026-01-02}
units: [{name: {zh: 丙公司}, kind: base, year: 2026}]
"""


@pytest.fixture(name="third", scope="module")
def _third(tmp_path_factory: pytest.TempPathFactory) -> Column:
    """A region on its first days: words of its own and hardly any English, no standard and no plan."""
    root = tmp_path_factory.mktemp("project")
    for name in ("content/shared", "docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "content/third").mkdir()
    for name, text in (("region", _THIRD), ("stations", _STATIONS), ("units", _UNITS)):
        (root / f"content/third/{name}.yml").write_text(text, encoding="utf-8")
    column = load(Project(root), "third").column
    assert column
    return column


def test_english_plurals_are_of_english_words(third: Column) -> None:
    pages = dict(make() for _, make in chain(*stage(third, {}, frozenset())))
    columns = [row["title"] for group in site_data(third)["en"]["navigation"] for row in group["columns"]]
    assert [text for text in [*pages, *columns] if re.search(r"[一-鿿]s\b", pages.get(text, text))] == []
    assert "List of demonstration companies and 示范企业" in pages["en/units.md"]


@pytest.mark.parametrize(
    ("language", "stations", "units"),
    [("zh", ["服务站", "指导站"], ["示范园区"]), ("en", ["服务站", "Guidance station"], ["Demonstration company"])],
)
def test_lists_call_their_kinds_by_the_words_of_the_region(
    third: Column, language: Language, stations: list[str], units: list[str]
) -> None:
    for name, kinds in (("stations", stations), ("units", units)):
        shown = register_data(third, name, language)
        assert ([row["kind"] for row in shown["rows"]], shown["register"]) == (kinds, name)
    assert "base" not in labels(language)["register"]["kinds"]  # what one region says stays with it


@pytest.mark.parametrize(
    ("region", "language", "units", "standard"),
    [
        ("jiangbei", "zh", "示范单位", "重庆市商业秘密保护示范基地（单位）创建标准"),
        ("guanxian", "zh", "示范企业", "冠县商业秘密保护示范基地五项特征对照清单（不计分）"),
        ("guanxian", "en", "Demonstration enterprises", "Guanxian checklist of the five features"),
    ],
)
def test_shared_texts_speak_of_the_region_that_publishes_them(
    columns: dict[str, Column], region: str, language: str, units: str, standard: str
) -> None:
    column = columns[region]
    budget = column.content.entries["templates"]["protection-budget"]
    assert standard in entry_page(column, budget, language)[0]["source"]["name"]
    assert units in [row["title"] for group in site_data(column)[language]["navigation"] for row in group["columns"]]
    assert units.lower() in own_page(column, column.content.pages["units"], language)[0]["title"].lower()


@pytest.mark.parametrize(("language", "said"), [("zh", "尚未公布"), ("en", "not yet published")])
def test_without_a_standard_shared_texts_say_that_there_is_none(
    columns: dict[str, Column], language: Language, said: str
) -> None:
    region = columns["jiangbei"].region.model_copy(update={"standard": None})
    assert said in places_of(region, {}, dates.today())[language]["standard"]


def test_shared_texts_call_contact_points_and_units_by_the_words_of_the_region(third: Column) -> None:
    others = re.compile("联络点|指导站|示范单位|(?i:contact point|guidance station|demonstration unit)")
    sources = [source for document in third.content.documents() for source in document.sources]
    assert third.content.training
    texts = [(source.name, f"{source.data['summary']}{source.body}") for source in sources]
    texts.append(("training.yml", str(third.content.training.source.data)))
    # The first speaks of the whole country, the second of what other regions call their own.
    assert {name.split(".")[0] for name, text in texts if others.search(text)} == {
        "content/shared/regulations/national-pilot-plan-2022",
        "content/shared/templates/cross-region-cooperation",
    }


def test_without_a_standard_no_page_promises_a_self_assessment(third: Column) -> None:
    said = [own_page(third, third.content.pages[name], "zh")[0]["description"] for name in ("index", "assessment")]
    assert said == [third.region.tagline.zh, labels("zh")["assessment"]["no_standard"]]
    column = replace(third, region=third.region.model_copy(update={"navigation": ["assessment"]}))
    assert column_data(column, "zh", with_entries=False)[0]["about"] == said[1]


def test_no_marked_place_is_left(columns: dict[str, Column]) -> None:
    for column in columns.values():
        for document in column.content.documents():
            for source in document.sources:
                assert not re.search(r"\{[a-z_]+\}", f"{source.data}{source.body}"), source.name


CLAIMS = (
    r"(?<!有的)(?<!有的创建)标准(?:没有|只写|不要求)[^，。；|]*(?<!的)[，。；|]",
    r"\b(?:The|No|Local) standards? (?:does|do|says?|has|asks?|sets?|speaks?|looks?)\b",
    r"(?<![\d.])[1-9]\.[1-9]\.[1-9](?![\d.])",
)
"""What would say of a standard what another one says otherwise; "where it does not" may be said of any."""


def test_shared_texts_claim_nothing_of_the_standard_of_one_region() -> None:
    files = [file for folder in ("content/shared", "docs") for file in (ROOT / folder).glob("**/*.md")]
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in files
        if "manuals" not in file.parts and "adr" not in file.parts
    }
    bodies = {name: text.rpartition("\n---\n")[2] for name, text in texts.items()}
    assert len(bodies) > 200
    assert [
        (name, found) for name, body in bodies.items() for claim in CLAIMS for found in re.findall(claim, body)
    ] == []


def test_every_item_of_the_checklist_has_its_templates(columns: dict[str, Column]) -> None:
    column = columns["guanxian"]
    standard = column.content.standards[column.region.standard or ""].standard
    supported = {
        item
        for document in column.content.entries["templates"].values()
        for item in document.meta_as(Template).supported(standard.id)
    }
    assert set(standard.item_by_id) == supported


@pytest.mark.parametrize(
    ("region", "others"),
    [
        ("guanxian", "江北|Jiangbei|重庆市商业秘密保护示范基地|Chongqing standard"),
        ("jiangbei", "冠县|Guanxian County|冠政办发"),
    ],
)
def test_nothing_of_one_region_shows_in_another(columns: dict[str, Column], region: str, others: str) -> None:
    pages = (make() for _, make in chain(*stage(columns[region], {}, frozenset())))
    assert [path for path, text in pages if "/cases/" not in path and re.search(others, text)] == []


def test_a_checklist_without_points_asks_nobody_to_add_them_up() -> None:
    words = labels("zh")["assessment"]
    assert "合计" in words["noscript"]
    assert "合计" not in words["checklist"]["noscript"]
