"""Interpretations in their forms: text, questions and answers (问答), in one picture (一图读懂)."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOT
from publicity.models import Interpretation
from publicity.project import Project
from publicity.read.load import load
from publicity.read.markdown.questions import questions_of

REGIONS = ("jiangbei", "guanxian")
LOADED = {region: load(Project(ROOT), region).content for region in REGIONS}
ENTRIES = [
    (region, language, slug)
    for region, content in LOADED.items()
    for slug in content.entries["interpretations"]
    for language in ("zh", "en")
]
SPOKEN = {"zh": "zh-CN", "en": "en"}


def _of_form(form: str) -> list[tuple[str, str, str]]:
    return [entry for entry in ENTRIES if _meta(entry[0], entry[2]).form == form]


def _meta(region: str, slug: str) -> Interpretation:
    meta = LOADED[region].entries["interpretations"][slug].meta
    assert isinstance(meta, Interpretation)
    return meta


def _read(folder: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((folder / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def _words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


@pytest.fixture(name="sites", scope="module")
def _sites(site: Path, guanxian: Path) -> dict[str, Path]:
    return {"jiangbei": site, "guanxian": guanxian}


def _page(sites: dict[str, Path], region: str, language: str, slug: str) -> BeautifulSoup:
    prefix = "" if language == "zh" else "en/"
    return _read(sites[region], f"{prefix}interpretations/{slug}")


@pytest.mark.parametrize(("region", "language", "slug"), _of_form("picture"))
def test_a_picture_shows_its_data_panel_by_panel(sites: dict[str, Path], region: str, language: str, slug: str) -> None:
    soup = _page(sites, region, language, slug)
    panels = soup.select(".diagram > section.panel")
    diagram = _meta(region, slug).diagram
    assert [panel.h2["id"] for panel in panels] == [f"panel-{panel.id}" for panel in diagram]
    for panel, data in zip(panels, diagram, strict=True):
        assert panel["aria-labelledby"] == panel.h2["id"]
        assert _words(panel.h2) == data.title[language]
        shown = getattr(data, data.kind)
        assert [_words(part) for part in panel.select("h3")] == [part.name[language] for part in shown]
        rows = panel.select(".panel-body > :is(ul, ol) > li")
        assert len(rows) == len(shown)
        for row, part in zip(rows, shown, strict=True):
            if data.kind == "figures":
                assert _words(row.select_one("q")) == part.quote
                assert row.select_one("q")["lang"] == "zh-CN"
                assert f"{part.value}" in _words(row.select_one(".number"))
                assert part.unit is None or part.unit[language] in _words(row)
            elif data.kind == "steps":
                assert _words(row.select_one(".timeline-period")) == part.period[language]
            elif data.kind == "parts":
                assert [_words(item) for item in row.select("li")] == [item[language] for item in part.items]
                assert part.value is None or f"{part.value}" in _words(row.select_one(".number"))
            if data.kind != "figures" and part.text:
                assert part.text[language] in _words(row)
        assert panel.parent.name == "div"
    assert [ordered.name for ordered in soup.select(".timeline, .flow")] == [
        "ol" for panel in diagram if panel.kind in ("steps", "flow")
    ]
    contents = [link["href"] for link in soup.select("nav.toc a")]
    assert contents[: len(diagram)] == [f"#panel-{panel.id}" for panel in diagram]


@pytest.mark.parametrize(("region", "language", "slug"), _of_form("picture"))
def test_each_panel_leads_to_the_place_it_is_drawn_from(
    sites: dict[str, Path], region: str, language: str, slug: str
) -> None:
    soup = _page(sites, region, language, slug)
    meta = _meta(region, slug)
    policy = _read(sites[region], f"{'' if language == 'zh' else 'en/'}policies/{meta.interprets}")
    links = [link["href"] for link in soup.select(".panel-place a")]
    assert links == [f"../../policies/{meta.interprets}/#{panel.anchor}" for panel in meta.diagram]
    assert all(policy.find(id=panel.anchor) for panel in meta.diagram)


def test_pictures_say_nothing_by_style_or_script_in_the_page(sites: dict[str, Path]) -> None:
    for region, language, slug in _of_form("picture"):
        soup = _page(sites, region, language, slug)
        assert soup.select("[style], style") == []
        assert all(drawing["aria-hidden"] == "true" for drawing in soup.select(".diagram svg"))


def test_the_standard_at_a_glance_is_the_standard() -> None:
    standard = LOADED["jiangbei"].standards["chongqing-2023"]
    panel = next(panel for panel in _meta("jiangbei", "jbfbf-2023-65-picture").diagram if panel.id == "standard")
    sections = standard.standard.to_data()["sections"]
    assert [part.name.zh.partition("、")[2] for part in panel.parts] == [
        re.sub("（.*", "", section["title"]) for section in sections
    ]
    for part, section in zip(panel.parts, sections, strict=True):
        assert f"（{part.value}分）" in section["title"]
        shown = [re.search(r"（([\d.]+)分）", item.zh) for item in part.items]
        groups = [re.search(r"（([\d.]+)分）", group["title"] or "") for group in section["groups"]]
        assert [group and group[1] for group in shown] == [group and group[1] for group in groups]
    assert f"{len(sections)}个部分、{len(standard.standard.item_by_id)}项" in panel.title.zh


def test_the_phases_and_figures_of_a_picture_are_those_of_the_region() -> None:
    for region, slug in (("jiangbei", "jbfbf-2023-65-picture"), ("guanxian", "gzbf-2023-22-picture")):
        source = LOADED[region].region_source
        assert source
        phases = [phase["period"]["zh"] for phase in source.data["phases"]]
        targets = {
            target["quote"]: (target["value"], target.get("upper"))
            for target in source.data["targets"]
            if target["value"]
        }
        diagram = {panel.id: panel for panel in _meta(region, slug).diagram}
        assert [step.period.zh for step in diagram["steps"].steps] == phases
        assert {figure.quote: (figure.value, figure.upper) for figure in diagram["goals"].figures} == targets


@pytest.mark.parametrize(("region", "language", "slug"), _of_form("questions"))
def test_questions_stand_in_a_list_on_top_and_in_the_data_for_search_engines(
    sites: dict[str, Path], region: str, language: str, slug: str
) -> None:
    soup = _page(sites, region, language, slug)
    document = LOADED[region].entries["interpretations"][slug]
    asked = questions_of((document.source if language == "zh" else document.translation.source).body)
    listed = soup.select("nav.question-list li > a")
    assert [_words(question) for question in listed] == [question.question for question in asked]
    assert [_words(soup.find(id=question["href"][1:])) for question in listed] == [
        question.question for question in asked
    ]
    graph = json.loads(soup.select_one('script[type="application/ld+json"]').string)["@graph"]
    (page,) = [node for node in graph if node["@type"] == "FAQPage"]
    assert page["inLanguage"] == SPOKEN[language]
    prose = re.sub(r"\s", "", soup.select_one(".prose").get_text())
    for given, question in zip(page["mainEntity"], asked, strict=True):
        answer = given["acceptedAnswer"]
        assert (given["@type"], given["name"], answer["@type"]) == ("Question", question.question, "Answer")
        assert all(re.sub(r"\s", "", line) in prose for line in answer["text"].splitlines())
        assert "{:" not in answer["text"]


@pytest.mark.parametrize(("region", "language", "slug"), ENTRIES)
def test_what_this_column_compiled_says_so(sites: dict[str, Path], region: str, language: str, slug: str) -> None:
    soup, meta = _page(sites, region, language, slug), _meta(region, slug)
    mark = {"zh": "本专栏编制", "en": "Compiled by this column"}[language]
    notice = soup.select_one(".notice")
    assert (mark in _words(notice)) == meta.compiled == ("document-compiled" in soup.body["class"])
    assert (soup.select_one(".prose.official") is None) == (meta.compiled or meta.form == "questions")
    if meta.compiled:
        assert notice.select_one(f'a[href="../../policies/{meta.interprets}/"]')
        author = soup.select_one('meta[name="Author"]')["content"]
        assert author in _words(soup.title)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("region", REGIONS)
def test_policies_and_all_their_interpretations_lead_to_each_other(
    sites: dict[str, Path], region: str, language: str
) -> None:
    content, prefix = LOADED[region], "" if language == "zh" else "en/"
    for policy, interpretations in content.interpretations.items():
        slugs = [document.slug for document in interpretations]
        soup = _read(sites[region], f"{prefix}policies/{policy}")
        shown = [link["href"] for link in soup.select("[aria-labelledby=related] .card a")]
        assert shown == [f"../../interpretations/{slug}/" for slug in slugs]
        for slug in slugs:
            soup = _page(sites, region, language, slug)
            back = [link["href"] for link in soup.select("[aria-labelledby=related] .card a")]
            assert back == [f"../../policies/{policy}/"]
            others = [link["href"] for link in soup.select("[aria-labelledby=others] .card a")]
            assert others == [f"../{other}/" for other in slugs if other != slug]


@pytest.mark.parametrize("region", REGIONS)
def test_the_index_and_the_navigation_lead_to_every_form(sites: dict[str, Path], region: str) -> None:
    home = _read(sites[region], "")
    assert home.select_one('nav.site-nav a[href="interpretations/"]')
    index = _read(sites[region], "interpretations")
    lines = {card.h3.get_text() if card.h3 else card.h2.get_text(): card for card in index.select(".card")}
    for slug, document in LOADED[region].entries["interpretations"].items():
        line = _words(lines[document.meta.title].select_one(".card-facts"))
        form = {"text": "文字解读", "questions": "问答", "picture": "图解"}[_meta(region, slug).form]
        assert line == (f"{form} 本专栏编制" if _meta(region, slug).compiled else form)


def test_a_search_finds_the_words_of_a_picture(site: Path) -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in (site / "search").glob("**/*.json"))
    assert "泄密应急处置预案（2.5分）" in texts
    assert "panel-standard" in texts
