"""Every page in a real browser: quiet, light enough, complete without script."""

from collections import defaultdict
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from conftest import Server

ARTICLES = ["policies/jbfbf-2023-65/", "interpretations/jbfbf-2023-65-jiedu/", "en/policies/jbfbf-2023-65/"]


def _pages(site: Path) -> list[str]:
    """Every index; of the pages below it the first two, and the two with most in them."""
    folders: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        if 'http-equiv="refresh"' not in page.read_text("utf-8"):
            folders[page.relative_to(site).parts[:-2]].append(page)
    chosen = {
        page
        for folder, pages in folders.items()
        for page in (
            pages
            if folder in ((), ("en",))
            else [*pages[:2], *sorted(pages, key=lambda page: page.stat().st_size)[-2:]]
        )
    }
    return [page.relative_to(site).as_posix().removesuffix("index.html") for page in sorted(chosen)]


def test_every_kind_of_page_is_quiet_and_stays_at_home(page: Page, server: Server, watch: object, site: Path) -> None:
    for path in _pages(site):
        page.goto(server.url + path)
        if "search" in path or "assessment" in path:
            page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("path", ARTICLES)
def test_an_article_is_light(page: Page, server: Server, path: str) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        sizes[response.url] = len(brotli.compress(response.body(), quality=5))

    page.on("response", weigh)
    page.goto(server.url + path)
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= 150_000, sizes


def test_appearance_is_chosen_and_kept(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(server.url)
    button = page.locator("[data-theme-toggle]")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(server.url + "policies/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[data-theme-toggle]")).to_have_attribute("aria-pressed", "true")


def test_languages_switch_to_the_same_page(page: Page, server: Server) -> None:
    page.goto(server.url + "policies/jbfbf-2023-65/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(server.url + "en/policies/jbfbf-2023-65/")
    page.get_by_role("link", name="中文", exact=True).first.click()
    expect(page).to_have_url(server.url + "policies/jbfbf-2023-65/")


def test_home_says_what_to_do_in_the_first_screen_of_a_phone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.url)
    for part in (page.locator("h1"), page.get_by_role("link", name="开始自评"), page.get_by_role("searchbox")):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740


def test_home_leads_to_what_people_come_for(page: Page, server: Server) -> None:
    for language, count in (("", 6), ("en/", 6)):
        page.goto(server.url + language)
        links = page.get_by_role("navigation").filter(has=page.locator("#needs")).get_by_role("link")
        addresses = [link.get_attribute("href") for link in links.all()]
        assert len(addresses) == count  # each need is answered
        for address in addresses:
            answer = page.request.get(server.url + language + (address or ""))
            assert answer.ok, address


def test_home_shows_the_plan_and_its_targets(page: Page, server: Server) -> None:
    page.goto(server.url)
    assert page.locator(".phase").count() == 4
    expect(page.locator(".phase[aria-current=step]")).to_contain_text("推广运用阶段")
    figures = page.locator(".target .number").all_inner_texts()
    assert figures == ["3", "50", "100", "90", "1"]
    assert page.locator(".target .progress").count() == 0
    expect(page.locator("[aria-labelledby=targets] .hint")).to_contain_text("各项进展均尚未公布")
    expect(page.locator(".latest .card")).to_have_count(3)


def test_without_script_all_is_there(plain_context: BrowserContext, server: Server, site: Path) -> None:
    page = plain_context.new_page()
    for path in _pages(site):
        page.goto(server.url + path, wait_until="domcontentloaded")
        assert page.locator("h1").inner_text()
        assert page.locator("nav.site-nav a").first.is_visible()
