"""A region made on the spot, with what no real region has published yet: figures of progress, a review that is done."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import Shared
from helpers.sample_region import sample_site


@pytest.fixture(name="sample", scope="module")
def _sample(shared: Shared) -> Path:
    return sample_site(shared)


def _soup(site: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_published_figures_are_charted_as_they_are_the_furthest_first(sample: Path) -> None:
    chart = _soup(sample, "progress").select_one("figure.chart")
    assert chart.figcaption.get_text() == "3项定量目标中，2项已公布进展，其中1项达到目标。"
    rows = [
        (
            row.select_one(".chart-name").get_text(),
            row.select_one(".chart-figure").get_text(),
            row.svg,
        )
        for row in chart.select("li")
    ]
    assert [(name, figure) for name, figure, _ in rows] == [
        ("示范基地", "4个（目标3个）"),
        ("知晓率", "89.9%（目标90%以上）"),
        ("示范单位", "尚未公布（目标50）"),
    ]
    bars = [(bar.select("rect")[1]["width"], bar.select_one(".chart-aim")["x1"]) for _, _, bar in rows]
    assert bars == [("100.0", "75.0"), ("89.9", "90.0"), ("0.0", "100.0")]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (
            "progress",
            [
                ["示范基地", "3个", "4个 截至2026年6月30日 · 示例公报"],
                ["知晓率", "90%以上", "89.9% 截至2026年6月30日 · 示例公报"],
                ["示范单位", "50", "尚未公布"],
            ],
        ),
        (
            "en/progress",
            [
                ["Demonstration bases", "3 bases", "4 bases as of 30 June 2026 · 示例公报"],
                ["Awareness", "90% or more", "89.9% as of 30 June 2026 · 示例公报"],
                ["Demonstration units", "50", "not yet published"],
            ],
        ),
    ],
)
def test_the_table_says_all_that_the_chart_shows(sample: Path, page: str, rows: list[list[str]]) -> None:
    found = [[cell.get_text() for cell in row.select("th, td")] for row in _soup(sample, page).select("tbody tr")]
    assert found == rows


@pytest.mark.parametrize("language", ["", "en/"])
def test_published_progress_of_a_task_leads_to_its_source(site: Path, language: str) -> None:
    source = _soup(site, f"{language}tasks").select_one("[data-task='25'] small a.outward")
    assert source["href"] == "https://cq.gov.cn/gzh/csts/202408/t20240807_13475007_app.html"


def test_without_a_published_figure_the_page_says_so(site: Path) -> None:
    soup = _soup(site, "progress")
    assert {bar.select("rect")[1]["width"] for bar in soup.select("figure.chart svg")} == {"0.0"}
    assert soup.select_one("figure.chart figcaption").get_text() == "5项定量目标，均未公布进展；竖线为目标。"
    assert soup.select_one(".empty").get_text() == "主管部门尚未公布进展数字。公布后在此以图表列出。"
    assert {row.select("td")[1].get_text() for row in soup.select("tbody tr")} == {"尚未公布"}


def test_a_review_that_is_done_leaves_no_badge(sample: Path) -> None:
    soup = _soup(sample, "guides/sample")
    assert soup.select(".badge-pending, .notice") == []
    steps = [step.get_text().strip() for step in soup.select(".review dd")]
    assert steps == ["编写人员 2026年11月18日", "业务科室 2026年11月19日", "局领导 2026年11月20日"]


def test_terms_link_once_and_never_inside_headings_code_or_links(sample: Path) -> None:
    prose = _soup(sample, "guides/sample").select_one(".prose")
    links = {link.get_text(): link["href"].split("#")[1] for link in prose.select('a[href*="glossary/#"]')}
    assert links == {"保密的办法": "confidentiality-measures", "商业秘密": "trade-secret"}
    assert prose.code.get_text() == "商业秘密"
    assert prose.h2.select("a") == []
