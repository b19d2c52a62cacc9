"""For everyone: axe over every appearance of every kind of page, and what axe cannot see."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from conftest import Server
from helpers.assessment import ENGINE_PATIENCE, open_assessment, tick, wait_for_python
from helpers.axe import AXE, CONTRAST, OF_COLOURS, violations
from helpers.page_kinds import ONE_OF_EACH

DESKTOP, PHONE = 1280, 360
ELDER = "Alt+Shift+E"
"""The keys that enter and leave the mode for older readers (长者模式)."""
SEEN = {("", False): (PHONE, DESKTOP), ("", True): (DESKTOP,), ("en/", False): (DESKTOP,), ("en/", True): (PHONE,)}
"""The widths that pages of a language are looked at in, as they are at first and in that mode."""


OF_EACH_LOOK = """() => {
  const path = (one) => one === document.body ? "" : `${path(one.parentElement)} ${one.tagName}.${one.className.baseVal ?? one.className}`;
  const known = new Set();
  for (const one of document.querySelectorAll("a, button, input, select, summary, label")) {
    const look = path(one) + (one.type ?? "") + (one.disabled ?? "") + (one.ariaCurrent ?? "") + (one.ariaPressed ?? "");
    if (!known.has(look)) one.dataset.pointedAt = "";
    known.add(look);
  }
}"""
"""Marks a control of each look: by tags and classes, its own and those of what it stands in, and its state."""


def _point_at_each_look(page: Page, devtools: CDPSession) -> None:
    """Bring a control of each look into the one it has under the pointer and in focus."""
    page.evaluate(OF_EACH_LOOK)
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    controls = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-pointed-at]"})
    for node in controls["nodeIds"]:
        devtools.send(
            "CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["hover", "focus", "focus-visible"]}
        )


@pytest.fixture(name="open_page")
def _open_page(new_context: Any) -> Callable[[], Page]:
    """A page into which axe may be injected, without motion that would show it half-way."""
    return lambda: new_context(bypass_csp=True, reduced_motion="reduce").new_page()


HAN_OUTSIDE_ITS_LANGUAGE = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("script, style, template")) continue;
    const language = element.closest("[lang]").lang;
    const han = (node.data.match(/\p{Script=Han}/gu) ?? []).length;
    const latin = node.data.match(/[A-Za-z]+( [A-Za-z]+){6,}/);
    if ((han >= 2 && !language.startsWith("zh")) || (latin && language.startsWith("zh"))) found.push(`${language}: ${node.data.trim()}`);
  }
  return found;
}"""
"""Chinese words in English pages, and English sentences in Chinese ones, that are not marked: a voice would garble them."""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return [style.transitionDuration, style.animationDuration].some((all) => all.split(",").some((time) => parseFloat(time) > 0.001));
}).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_page_of_each_kind_is_for_everyone(
    open_page: Callable[[], Page], server: Server, record_property: Any, kind: str, language: str
) -> None:
    """Passages say their language, nothing moves where no motion is wanted, and axe finds nothing.

    Colours depend neither on the language nor on the width: English pages are looked at in the light ones, and not pointed at, phones
    in the light ones, too. Nor does what widths and 长者模式 do together: the mode is seen on a desktop in Chinese, on a phone in English.
    Its colours are the same: it is not looked at in the dark, nor pointed at.
    """
    page = open_page()
    page.goto(server.url + language + kind)
    if "search" in kind:
        expect(page.locator("[data-search-results] a").first).to_be_visible()
    assert page.evaluate(HAN_OUTSIDE_ITS_LANGUAGE) == []
    assert page.evaluate(MOVING) == []
    page.evaluate(AXE)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    found = {}
    for elder in (False, True):
        if elder:
            page.keyboard.press(ELDER)
        for width in SEEN[language, elder]:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark") if width == DESKTOP and not elder and not language else ("light",):
                page.emulate_media(color_scheme=scheme)
                page.evaluate("scrollTo(0, 0)")  # wherever it was left, the bar at the foot would lie over something
                found[elder, width, scheme] = violations(page, OF_COLOURS if scheme == "dark" else None)
    if not language:
        page.keyboard.press(ELDER)
        _point_at_each_look(page, devtools)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found["pointed at", scheme] = violations(page, {"type": "rule", "values": CONTRAST})
    violated = {appearance: broken for appearance, broken in found.items() if broken}
    record_property("axe", [len(found), sum(map(len, violated.values()))])
    assert violated == {}


def _axe_in_both_schemes(page: Page) -> list[list[str]]:
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, OF_COLOURS)


@pytest.mark.parametrize(("language", "elder"), [("", False), ("en/", True)])
def test_axe_finds_nothing_in_any_state_of_the_form(
    open_page: Callable[[], Page], server: Server, language: str, elder: bool
) -> None:
    page = open_page()
    open_assessment(page, server, language)
    if elder:
        page.keyboard.press(ELDER)
    page.evaluate(AXE)
    engine = re.compile(r"\.(wasm|zip)$")
    page.route(engine, lambda route: route.abort())
    tick(page, ["1.1.2", "5.2.1"])
    expect(page.locator("form[data-engine]")).to_have_attribute("data-engine", "failed", timeout=ENGINE_PATIENCE)
    assert _axe_in_both_schemes(page) == []
    page.unroute(engine)
    page.locator("[data-engine-retry]").click()
    row = page.locator("[data-row='1.1.2']")
    row.locator("[data-flag]").click()
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()
    page.locator("[data-draft-name]").fill("A")
    page.locator("[data-draft-save]").click()
    wait_for_python(page)
    assert _axe_in_both_schemes(page) == []  # ready, with an item open, a hint and a draft
    page.locator("[data-compare]").click()
    expect(page.locator(".comparison")).to_be_visible()
    page.locator("[data-leave]").click()  # which asks first
    page.locator("[data-target]").fill("60")
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible()
    assert _axe_in_both_schemes(page) == []  # with a comparison, a question and a report


def test_axe_finds_nothing_with_the_tools_in_use(open_page: Callable[[], Page], server: Server) -> None:
    page = open_page()
    page.goto(server.url + "countries/korea/")
    page.evaluate(AXE)
    page.locator("[data-reader-open]").click()
    expect(page.locator("[data-reader-told]")).not_to_be_empty()
    page.locator("main a[data-outward]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert _axe_in_both_schemes(page) == []


FOCUS_SHOWN = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const { outerHTML } = document.activeElement;
  return [outerHTML.slice(0, 160), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
}"""


@pytest.mark.parametrize("kind", ["", "cases/", "regulations/anti-unfair-competition-law-2025/"])
def test_the_keyboard_reaches_everything_and_is_always_seen(page: Page, server: Server, kind: str) -> None:
    page.goto(server.url + kind)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"  # over the navigation, to the text
    reached = 1
    expected: int = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled).length"
    )
    while reached < expected:
        page.keyboard.press("Tab")
        element, shown = page.evaluate(FOCUS_SHOWN)
        assert not element.startswith("<body"), f"after {reached} of {expected}"
        assert shown, element
        reached += 1
    assert page.evaluate("document.activeElement.closest('footer') !== null")


def test_the_skip_link_brings_to_the_text(page: Page, server: Server) -> None:
    page.goto(server.url + "cases/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_controls_keep_their_outlines_in_forced_colours(page: Page, server: Server) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(server.url)
    for control in page.locator("main a.button, .search button").all():
        border = control.evaluate(
            "one => getComputedStyle(one).borderTopStyle + parseFloat(getComputedStyle(one).borderTopWidth)"
        )
        assert border not in ("none0", "solid0"), control.inner_text()


LINE_BELOW = """(one) => { const { borderBottomColor, borderBottomWidth } = getComputedStyle(one); return `${borderBottomWidth} ${borderBottomColor}`; }"""


def test_what_is_chosen_is_told_from_the_rest_in_forced_colours(page: Page, server: Server) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(server.url + "cases/")
    for chosen, others in (
        (".site-nav > ul > li > a[aria-current]", ".site-nav > ul > li > a:not([aria-current])"),
        (".site-nav li li a[aria-current]", ".site-nav .here li a:not([aria-current])"),
        (".sizes [aria-pressed=true]", ".sizes [aria-pressed=false]"),
    ):
        line = page.locator(chosen).evaluate(LINE_BELOW)
        rest = {one.evaluate(LINE_BELOW) for one in page.locator(others).all()}
        assert rest
        assert line not in rest, chosen
