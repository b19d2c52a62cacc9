"""Every page in a real browser: quiet, narrow, light enough, accessible."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from browser_helpers import open_assessment, tick, wait_for_python
from conftest import ROOT, Server
from playwright.sync_api import BrowserContext, Page, Response, expect

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = [
    "",
    "assessment/",
    "policies/",
    "policies/jbfbf-2023-65/",
    "interpretations/jbfbf-2023-65-jiedu/",
    "search/?q=联络点",
    "about/",
    "404.html",
    "regulations/",
    "regulations/anti-unfair-competition-law-2025/",
    "cases/",
    "cases/carbomer-2020/",
    "countries/",
    "countries/korea/",
    "templates/",
    "templates/leak-emergency-plan/",
    "guides/",
    "guides/leak-response/",
    "alerts/",
    "alerts/korea-2027-amendment/",
    "newsletter/issue-1/",
    "events/sample-training/",
    "sitemap/",
    "stations/",
    "units/",
    "progress/",
    "glossary/",
]
EASY = "Alt+Shift+E"
"""The keys that enter and leave the mode for older readers."""
WIDTH = "document.documentElement.scrollWidth"
ARTICLES = ["policies/jbfbf-2023-65/", "interpretations/jbfbf-2023-65-jiedu/", "en/policies/jbfbf-2023-65/"]


def _all_pages(site: Path) -> list[str]:
    return [page.relative_to(site).as_posix().removesuffix("index.html") for page in sorted(site.rglob("*.html"))]


def test_every_page_is_quiet_and_stays_at_home(page: Page, server: Server, watch: object, site: Path) -> None:
    for path in _all_pages(site):
        page.goto(server.url + path)
        if "search" in path or "assessment" in path:
            page.wait_for_load_state("networkidle")


def _axe(page: Page) -> list[tuple[str, str, str]]:
    """Every violation on the page as it stands: rule, element, what to mend."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    return [
        (one["id"], str(node["target"]), node["failureSummary"]) for one in found["violations"] for node in one["nodes"]
    ]


@pytest.fixture(name="open_page")
def _open_page(new_context: Any) -> Callable[[str], Page]:
    """A page in a colour scheme, into which axe may be injected."""
    return lambda scheme: new_context(color_scheme=scheme, bypass_csp=True).new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    open_page: Callable[[str], Page], server: Server, kind: str, language: str, scheme: str
) -> None:
    page = open_page(scheme)
    page.goto(server.url + language + kind)
    if "search" in kind:
        expect(page.locator("[data-search-status]")).to_contain_text("联络点")
    assert _axe(page) == []
    if not language:  # the English pages are made of the same parts
        page.keyboard.press(EASY)
        assert _axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_tools_in_use(open_page: Callable[[str], Page], server: Server, scheme: str) -> None:
    page = open_page(scheme)
    page.goto(server.url + "countries/korea/")
    page.locator("[data-reader-open]").click()
    expect(page.locator("[data-reader-told]")).not_to_be_empty()
    page.locator("main a[data-outward]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert _axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing_in_any_state_of_the_form(
    open_page: Callable[[str], Page], server: Server, language: str, scheme: str
) -> None:
    page = open_page(scheme)
    open_assessment(page, server, language)
    tick(page, ["1.1.2", "5.2.1"])
    row = page.locator("[data-row='1.1.2']")
    row.locator("[data-flag]").click()
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()
    page.locator("[data-draft-name]").fill("A")
    page.locator("[data-draft-save]").click()
    wait_for_python(page)
    assert _axe(page) == []  # ready, with an item open, a hint and a draft
    page.locator("[data-compare]").click()
    expect(page.locator(".comparison")).to_be_visible()
    page.locator("[data-target]").fill("60")
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible()
    assert _axe(page) == []  # with a comparison and a report


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("language", ["", "en/"])
def test_no_page_scrolls_sideways(page: Page, server: Server, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for kind in KINDS:
        page.goto(server.url + language + kind)
        assert page.evaluate(WIDTH) <= width, kind
        page.keyboard.press(EASY)
        assert page.evaluate(WIDTH) <= width, f"{kind} in the mode for older readers"
        page.keyboard.press(EASY)


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


def test_home_shows_the_plan_and_its_targets(page: Page, server: Server) -> None:
    page.goto(server.url)
    assert page.locator(".phase").count() == 4
    expect(page.locator(".phase[aria-current=step]")).to_contain_text("推广运用阶段")
    figures = page.locator(".target .number").all_inner_texts()
    assert figures == ["3", "50", "100", "90", "1"]
    assert set(page.locator(".target .progress").all_inner_texts()) == {"进展：尚未公布"}


def test_countries_are_chosen_without_script(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    page.goto(server.url + "countries/")
    rows = page.locator("details[open] [data-row]")
    assert rows.count() == 15
    for box in page.locator("[data-country]").all()[2:]:
        box.uncheck()
    assert [row.is_visible() for row in rows.all()] == [True, True] + [False] * 13


def test_without_script_all_is_there(plain_context: BrowserContext, server: Server, site: Path) -> None:
    page = plain_context.new_page()
    for path in _all_pages(site):
        page.goto(server.url + path)
        assert page.locator("h1").inner_text()
        assert page.locator("nav.site-nav a").first.is_visible()
