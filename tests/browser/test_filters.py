"""Indexes narrowed by choices: with script, without, by keyboard, from an address."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import ROOT, Server
from publicity.models import Case
from publicity.project import Project
from publicity.read.load import load

CONTENT = load(Project(ROOT), "jiangbei").content
CASES = {slug: document.meta for slug, document in CONTENT.entries["cases"].items() if isinstance(document.meta, Case)}
CIVIL_PEOPLE = {slug for slug, case in CASES.items() if case.procedure == "civil" and "people" in case.lessons}


def _shown(page: Page) -> set[str]:
    """The slugs of the entries that are visible."""
    addresses = page.locator(".results .card a:visible").evaluate_all("all => all.map(one => one.href)")
    return {address.rstrip("/").split("/")[-1] for address in addresses}


def test_choices_combine_and_stay_in_the_address(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "cases/")
    status = page.locator("[data-filters-status]")
    expect(status).to_have_text(f"共{len(CASES)}条")
    expect(page.locator(".filters button")).to_be_hidden()
    page.get_by_label("类别").select_option("civil")
    page.get_by_label("启示").select_option("people")
    expect(status).to_have_text(f"共{len(CASES)}条，符合条件的{len(CIVIL_PEOPLE)}条")
    assert _shown(page) == CIVIL_PEOPLE != set(CASES)
    assert page.url == server.url + "cases/?procedure=civil&lesson=people"
    assert page.locator(".results h2:visible").all_inner_texts() == ["民事"]
    assert re.sub(r"\s+", " ", page.locator(".jump li:visible").inner_text()) == f"民事 {len(CIVIL_PEOPLE)}"

    page.reload()
    expect(status).to_have_text(f"共{len(CASES)}条，符合条件的{len(CIVIL_PEOPLE)}条")
    clear = page.get_by_role("button", name="清除筛选")
    clear.click()
    assert _shown(page) == set(CASES)
    assert page.url == server.url + "cases/"
    expect(page.get_by_label("类别")).to_be_focused()
    expect(clear).to_be_hidden()


def test_where_nothing_is_left_the_page_says_so(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "cases/?procedure=administrative&lesson=overseas")
    expect(page.locator("[data-filters-status]")).to_have_text("没有符合全部条件的内容，可减少条件再试。")
    assert _shown(page) == set()


def test_an_address_means_the_same_in_english_and_strange_choices_are_passed_over(page: Page, server: Server) -> None:
    page.goto(server.url + "en/cases/?procedure=foreign&year=1066&x=1")
    foreign = {slug for slug, case in CASES.items() if case.procedure == "foreign"}
    expect(page.locator("[data-filters-status]")).to_have_text(f"Matching: {len(foreign)} of {len(CASES)}")
    assert _shown(page) == foreign


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
        ({"year": "2024"}, {slug for slug, case in CASES.items() if case.year == 2024}),
        (
            {"amount": "from-100m"},
            {
                slug
                for slug, case in CASES.items()
                if case.amount and case.amount.currency == "CNY" and case.amount.value >= 1e8
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
    expect(page.locator(".filters button")).to_be_hidden()
    for name, value in choices.items():
        page.locator(f"select[name={name}]").select_option(value)
    assert _shown(page) == shown != set(CASES)
    page.get_by_role("button", name="清除筛选").click()
    assert _shown(page) == set(CASES)


def _compared(page: Page) -> set[str]:
    """The countries whose column is visible, or on phones whose cell."""
    cells: list[str] = page.locator(".matrix [data-cell]:visible").evaluate_all(
        "all => all.map(one => one.dataset.cell)"
    )
    return set(cells)


def test_two_countries_are_compared_in_a_few_clicks_and_the_address_keeps_them(
    page: Page, server: Server, watch: object
) -> None:
    page.goto(server.url + "countries/")
    first = _compared(page)
    assert len(first) == 3
    page.get_by_role("button", name="清除").click()
    expect(page.locator("[data-choose-none]")).to_contain_text("尚未选择")
    assert _compared(page) == set()
    page.get_by_label("日本").check()
    page.get_by_label("韩国").check()
    expect(page.locator("[data-choose-none]")).to_have_text("")
    assert _compared(page) == {"jp", "kr"}
    assert page.url == server.url + "countries/?compare=jp+kr"
    page.goto(server.url + "en/countries/?compare=kr+jp+atlantis")
    assert _compared(page) == {"jp", "kr"}
    page.goto(server.url + "countries/?compare=atlantis")
    assert _compared(page) == first


def test_as_many_countries_are_compared_as_can_be_read_side_by_side(page: Page, server: Server, watch: object) -> None:
    page.goto(server.url + "countries/?compare=jp+kr+us+de+fr+gb")
    assert len(_compared(page)) == 4
    expect(page.locator("[data-choose-none]")).to_contain_text("已选4个")
    assert page.locator("[data-country]:not(:checked):enabled").count() == 0
    page.get_by_label("日本").uncheck()
    expect(page.locator("[data-choose-none]")).to_have_text("")
    assert page.locator("[data-country]:disabled").count() == 0


def test_a_phone_shows_one_topic_at_a_time_and_all_when_asked(page: Page, server: Server, watch: object) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.url + "countries/")
    topics = page.locator(".matrix tbody tr:visible")
    expect(topics).to_have_count(1)
    page.get_by_label("项目").select_option("刑事责任")
    expect(topics).to_have_count(1)
    expect(topics).to_contain_text("刑事责任")
    page.get_by_label("项目").select_option("全部项目")
    assert topics.count() == page.locator(".matrix tbody tr").count() > 1


def test_without_script_all_countries_stand_in_the_table_and_nothing_is_offered(
    plain_context: BrowserContext, server: Server
) -> None:
    page = plain_context.new_page()
    page.goto(server.url + "countries/")
    assert len(_compared(page)) == page.locator("[data-country]").count() > 15
    assert page.locator(".choose:visible, .choose-topic:visible").count() == 0


def test_paper_has_every_topic_of_the_countries_chosen(page: Page, server: Server) -> None:
    page.goto(server.url + "countries/?compare=jp+kr")
    page.emulate_media(media="print")
    assert _compared(page) == {"jp", "kr"}
    assert page.locator(".matrix tbody tr:visible").count() == page.locator(".matrix tbody tr").count() > 1
    assert page.locator(".choose, .feed, .filters").evaluate_all("all => all.every(one => !one.checkVisibility())")


def test_tasks_are_narrowed_by_body_and_measure(page: Page, server: Server) -> None:
    page.goto(server.url + "tasks/?body=court")
    status = page.locator("[data-filters-status]")
    expect(status).to_have_text("共27条，符合条件的9条")
    page.get_by_label("措施").select_option("services")
    expect(status).to_have_text("共27条，符合条件的3条")
    shown = page.locator("[data-task]:visible").evaluate_all("all => all.map(one => one.dataset.task)")
    assert shown == ["17", "19", "21"]
