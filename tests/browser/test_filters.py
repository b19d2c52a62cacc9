"""Indexes narrowed by choices: with script, without, by keyboard, from an address."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import ROOT, Server
from publicity.load import load
from publicity.models import Case
from publicity.project import Project

_, CONTENT, _ = load(Project(ROOT), "jiangbei")
CASES = {slug: one.meta for slug, one in CONTENT.entries["cases"].items() if isinstance(one.meta, Case)}
CIVIL_PEOPLE = {slug for slug, one in CASES.items() if one.procedure == "civil" and "people" in one.lessons}


def _shown(page: Page) -> set[str]:
    """The slugs of the entries that are visible."""
    addresses = page.locator(".results .card a:visible").evaluate_all("all => all.map(one => one.href)")
    return {address.rstrip("/").split("/")[-1] for address in addresses}


def test_choices_combine_and_stay_in_the_address(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "cases/")
    status = page.locator("[data-filters-status]")
    expect(status).to_have_text(f"共{len(CASES)}条")
    page.get_by_label("类别").select_option("civil")
    page.get_by_label("启示").select_option("people")
    expect(status).to_have_text(f"共{len(CASES)}条，符合条件的{len(CIVIL_PEOPLE)}条")
    assert _shown(page) == CIVIL_PEOPLE != set(CASES)
    assert page.url == server.url + "cases/?procedure=civil&lesson=people"
    assert page.locator(".results h2:visible").all_inner_texts() == ["民事"]
    assert re.sub(r"\s+", " ", page.locator(".jump li:visible").inner_text()) == f"民事 {len(CIVIL_PEOPLE)}"

    page.reload()
    expect(status).to_have_text(f"共{len(CASES)}条，符合条件的{len(CIVIL_PEOPLE)}条")
    page.get_by_role("button", name="清除筛选").click()
    assert _shown(page) == set(CASES)
    assert page.url == server.url + "cases/"


def test_where_nothing_is_left_the_page_says_so(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "cases/?procedure=criminal&lesson=data")
    expect(page.locator("[data-filters-status]")).to_have_text("没有符合全部条件的内容，可减少条件再试。")
    assert _shown(page) == set()


def test_an_address_means_the_same_in_english_and_strange_choices_are_passed_over(page: Page, server: Server) -> None:
    page.goto(server.url + "en/cases/?industry=chemicals&year=1066&x=1")
    chemicals = {slug for slug, one in CASES.items() if one.industry.zh == "化工"}
    expect(page.locator("[data-filters-status]")).to_have_text(f"{len(chemicals)} of {len(CASES)} match")
    assert _shown(page) == chemicals


def test_the_keyboard_narrows_an_index(page: Page, server: Server) -> None:
    page.goto(server.url + "regulations/")
    page.get_by_label("效力状态").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-filters-status]")).to_contain_text("符合条件的")
    expect(page).to_have_url(server.url + "regulations/?status=in_force")


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ({"procedure": "civil", "lesson": "people"}, CIVIL_PEOPLE),
        ({"year": "2024"}, {slug for slug, one in CASES.items() if one.year == 2024}),
        (
            {"amount": "from-100m"},
            {
                slug
                for slug, one in CASES.items()
                if one.amount and one.amount.currency == "CNY" and one.amount.value >= 1e8
            },
        ),
    ],
)
def test_style_alone_narrows_an_index(
    plain_context: BrowserContext, server: Server, choices: dict[str, str], shown: set[str]
) -> None:
    page = plain_context.new_page()
    page.goto(server.url + "cases/")
    assert _shown(page) == set(CASES)
    for name, value in choices.items():
        page.locator(f"select[name={name}]").select_option(value)
    assert _shown(page) == shown != set(CASES)
    page.get_by_role("button", name="清除筛选").click()
    assert _shown(page) == set(CASES)
