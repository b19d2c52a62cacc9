"""On paper: what belongs together stays so, and answers stand apart from their questions."""

import io
import re
import unicodedata

import pypdf
import pytest
from playwright.sync_api import Page, expect

from conftest import Server
from helpers.assessment import ENGINE_PATIENCE, boxes, open_assessment, tick


def _pages(page: Page) -> list[list[str]]:
    """The lines of each printed page."""
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [[line.strip() for line in sheet.extract_text().splitlines() if line.strip()] for sheet in reader.pages]


def test_no_page_ends_with_the_head_of_a_table(page: Page, server: Server) -> None:
    page.goto(server.url + "regulations/anti-unfair-competition-law-2025/")
    heads = ("新旧条文对照", "法律责任一览", "说明")
    assert [lines[-1] for lines in _pages(page) if lines[-1].endswith(heads)] == []


def test_no_number_of_an_article_is_broken_in_its_column(page: Page, server: Server) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 657, "height": 900})  # 174 mm, as A4 has between its margins
    page.goto(server.url + "regulations/anti-unfair-competition-law-2025/")
    heights = page.locator(".grid .number > span").evaluate_all(
        "all => all.filter((one) => /^第[^、至]+条$/.test(one.textContent)).map((one) => one.getBoundingClientRect().height)"
    )
    assert heights
    assert max(heights) < 1.5 * min(heights)


@pytest.mark.parametrize("kind", ["cases/", "regulations/", "newsletter/issue-4/"])
def test_cards_and_columns_that_belong_together_are_not_cut(page: Page, server: Server, kind: str) -> None:
    page.emulate_media(media="print")
    page.goto(server.url + kind)
    kept = page.locator(".card, .story, .issue-columns:has(.issue-todo)").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).breakInside)"
    )
    assert set(kept) == {"avoid"}


def test_a_month_of_the_plan_stands_with_what_is_to_be_done_in_it(page: Page, server: Server) -> None:
    page.clock.set_fixed_time("2026-11-27T04:00:00Z")
    open_assessment(page, server)
    ticked = boxes(page)
    tick(page, ticked[::3] + ticked[1:8:4])
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible(timeout=ENGINE_PATIENCE)
    page.evaluate("() => { window.print = () => undefined; }")
    page.locator("[data-report-print]").click()
    months = re.compile(r"\d{4}年\d+月\(\d+项\)")
    printed = [[unicodedata.normalize("NFKC", line).replace(" ", "") for line in lines] for lines in _pages(page)]
    pages = [[line for line in lines if not re.fullmatch(r"\d+/\d+", line)] for lines in printed]
    assert sum(bool(months.fullmatch(line)) for lines in pages for line in lines) > 3
    assert [lines[-1] for lines in pages if months.fullmatch(lines[-1])] == []
    # A head that stays in sight on the screen would lose half its lines on paper.
    page.emulate_media(media="print")
    held = page.locator(".report th").evaluate_all("all => all.map((one) => getComputedStyle(one).position)")
    assert set(held) == {"static"}


def test_the_answers_of_an_issue_stand_at_its_end(page: Page, server: Server) -> None:
    page.goto(server.url + "newsletter/issue-4/")
    answers = page.locator(".issue-answers")
    expect(answers).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".issue-quiz details").first).to_be_hidden()
    expect(answers).to_be_visible()
    expect(answers.locator("li")).to_have_count(page.locator(".issue-quiz > ol > li").count())
    expect(page.get_by_text("带走这一期")).to_be_hidden()
