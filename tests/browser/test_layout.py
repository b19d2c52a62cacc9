"""Facts of layout, not pixels: regions in order, nothing over anything else, nothing cut off, lines of a readable length."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import Server
from helpers.layout import CUT, LARGEST, OUT_OF_ORDER, OVERLAPPING, WIDER, WIDER_AT_FIRST
from helpers.page_kinds import ONE_OF_EACH

LINE_LENGTHS = r"""() => {
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".prose > p, .prose > ol > li, .prose > ul > li")) {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8)));
    const text = paragraph.innerText.replace(/\s/g, "");
    if (lines.size >= 2) lengths.push(text.length / lines.size);
  }
  return lengths;
}"""


@pytest.mark.parametrize("kind", ["policies/jbfbf-2023-65/", "cases/carbomer-2020/", "guides/leak-response/"])
@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_lines_of_chinese_hold_25_to_45_characters_on_desktop(
    page: Page, server: Server, kind: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server.url + kind)
    lengths = page.evaluate(LINE_LENGTHS)
    full_lines = max(lengths)  # the last line of a paragraph is seldom full
    assert 25 <= full_lines <= 45


def test_a_button_shows_the_columns_on_a_phone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.url + "events/")
    button, columns = page.get_by_role("button", name="栏目"), page.locator(".site-nav a")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert not [link for link in columns.all() if link.is_visible()]
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert all(link.is_visible() for link in columns.all())
    expect(page.locator(".site-nav li li [aria-current=page]")).to_have_text("培训活动")
    button.press("Enter")
    assert not columns.first.is_visible()


def test_without_script_the_groups_of_columns_are_all_there(plain_context: BrowserContext, server: Server) -> None:
    page = plain_context.new_page()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(server.url + "cases/carbomer-2020/")
        assert not page.get_by_role("button", name="栏目").is_visible()
        groups = page.locator(".site-nav > ul > li > a")
        assert groups.all_inner_texts() == ["首页", "自我评估", "政策法规", "案例涉外", "指引工具", "活动进展"]
        shown = [link.inner_text() for link in page.locator(".site-nav li li a").all() if link.is_visible()]
        assert shown == ["典型案例", "国别（地区）指南", "风险提示"]
        expect(page.locator(".site-nav [aria-current=true]")).to_have_text(["案例涉外", "典型案例"])


def _pages(server: Server, language: str) -> Iterator[str]:
    """The address of every page of a language, but for those that lead on elsewhere at once."""
    folder = server.folder / language
    others = set() if language else {server.folder / "en"}
    for file in sorted(folder.rglob("index.html")):
        if not others & set(file.parents) and 'http-equiv="refresh"' not in file.read_text(encoding="utf-8"):
            yield file.parent.relative_to(server.folder).as_posix() + "/"


SHOWN = """async (address) => {
  const asked = new XMLHttpRequest(); // it parses pages, as our policy lets no script do
  asked.open("GET", address);
  asked.responseType = "document";
  asked.send();
  await new Promise((done) => { asked.onload = done; });
  const read = asked.response;
  const styles = (of) => [...of.querySelectorAll("link[rel=stylesheet]")].map((one) => one.getAttribute("href").split("/").pop()).join();
  if (styles(read) !== styles(document)) return false;
  document.documentElement.lang = read.documentElement.lang;
  document.body.className = read.body.className;
  document.querySelector("main").replaceWith(read.querySelector("main"));
  return true;
}"""
"""Shows what is in another page's `main` where it has the same styles; sooner done than to open it. What scripts do there is seen on each kind of page."""


def _show(page: Page, address: str) -> None:
    """Show a page, in the one that is open where that will do."""
    if page.url == "about:blank" or not page.evaluate(SHOWN, address):
        page.goto(address)


@pytest.mark.parametrize("language", ["", "en/"])
def test_no_page_scrolls_sideways_on_a_phone(page: Page, server: Server, language: str) -> None:
    """In the largest letters: one of each kind is looked at in the others, too."""
    page.set_viewport_size({"width": 320, "height": 740})
    found = {}
    for address in _pages(server, language):
        _show(page, server.url + address)
        if wider := page.evaluate(LARGEST):
            found[address] = wider
    assert found == {}


CUT_WORDS = r"""() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, legend):lang(zh)")].flatMap((heading) => {
  if (!heading.checkVisibility() || heading.closest(".visually-hidden")) return [];
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const found = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement.closest(":not(:lang(zh))")?.closest("legend, h1, h2, h3, h4")) continue;
    const bottoms = [...node.data].map((sign, place) => {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      return /[\u4e00-\u9fff]/.test(sign) ? range.getBoundingClientRect().bottom : NaN;
    });
    if (bottoms.some((bottom, place) => place && bottom > bottoms[place - 1] + 8)) found.push(`${node.data} in ${heading.textContent.trim()}`);
  }
  return found;
})"""


BEGUN_BY_A_SIGN = r"""() => [...document.querySelectorAll("main :is(h1, h2, h3):lang(zh)")].flatMap((heading) => {
  if (!heading.checkVisibility() || heading.closest(".visually-hidden")) return [];
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const boxOf = (node, place) => {
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect();
  };
  const found = [];
  const before = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (let place = 0; place < node.data.length; place += 1) {
      if ("，。、；：？！）》”".includes(node.data[place])) {
        const { bottom, width } = boxOf(node, place);
        const last = before.findLast(([one, at]) => boxOf(one, at).width);
        if (width && bottom > (last ? boxOf(...last).bottom : 0) + 8) found.push(heading.textContent.trim());
      }
      before.push([node, place]);
    }
  }
  return found;
})"""


OF_HEADINGS = {"cuts a word": CUT_WORDS, "begins a line with a sign": BEGUN_BY_A_SIGN}
OF_REGIONS = {"overlapping": OVERLAPPING, "cut": CUT, "out of order": OUT_OF_ORDER}
FIVE = (320, 360, 768, 1280, 1440)
PHONE, DESK = (320, 360), (640, 768, 1280, 1440)
"""Widths of one load: the assessment begins with sections on a phone, and as a sheet elsewhere. 640 are 1280 at 200 %, 320 at 400 %."""


def _faults(page: Page, width: int, facts: dict[str, str]) -> dict[str, list[str]]:
    """What is wrong with an open page at a width, by the names of the facts."""
    page.set_viewport_size({"width": width, "height": 900})
    return {name: wrong for name, fact in facts.items() if (wrong := page.evaluate(fact))}


@pytest.mark.parametrize("widths", [PHONE, DESK])
@pytest.mark.parametrize("language", ["", "en/"])
def test_every_kind_of_page_is_laid_out_well(
    page: Page, server: Server, language: str, widths: tuple[int, ...]
) -> None:
    found = {}
    for kind in ONE_OF_EACH:
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.goto(server.url + language + kind)
        if kind.startswith("search/"):
            expect(page.locator("[data-search-results] a").first).to_be_visible()
        for width in widths if not language else set(widths) - {640, 1440}:
            wider = WIDER if width in (320, 768) else WIDER_AT_FIRST
            facts = OF_HEADINGS | {"wider": wider} | (OF_REGIONS if width in (360, 1280) else {})
            if faults := _faults(page, width, facts):
                found[kind, width] = faults
    assert found == {}


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("place", ["countries/", "progress/", "cases/"])
def test_what_is_widest_fits_tablets_in_every_size_of_letters(
    page: Page, server: Server, language: str, place: str
) -> None:
    page.goto(server.url + language + place)
    found = {}
    for width in (700, 864, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(WIDER)
    assert not any(found.values()), found


def test_no_heading_of_questions_and_issues_is_broken_badly(page: Page, server: Server) -> None:
    found = {}
    addresses = [*_pages(server, ""), *_pages(server, "en/")]
    for address in addresses:
        if not address.startswith(("questions/", "newsletter/", "en/newsletter/")):
            continue
        _show(page, server.url + address)
        for width in FIVE:
            if faults := _faults(page, width, OF_HEADINGS):
                found[address, width] = faults
    assert found == {}


@pytest.mark.parametrize("language", ["", "en/"])
def test_what_the_footer_says_stands_in_one_column(page: Page, server: Server, language: str) -> None:
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{server.url}{language}cases/")
        lefts = page.locator(".facts dd").evaluate_all("all => all.map((one) => one.getBoundingClientRect().left)")
        assert len(set(lefts)) == 1, width


DOTS_AT_EDGES = """() => [...document.querySelectorAll(".card-facts")].flatMap((facts) => {
  const cut = facts.getBoundingClientRect().left - parseFloat(getComputedStyle(facts).marginLeft);
  const begins = [...facts.children].filter((fact, place, all) => !place || fact.getBoundingClientRect().left <= all[place - 1].getBoundingClientRect().left);
  const shown = begins.some((fact) => Math.abs(fact.getBoundingClientRect().left + parseFloat(getComputedStyle(fact).paddingLeft) - cut) > 1);
  return shown || facts.textContent.includes("·") ? [facts.textContent] : [];
})"""


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("width", [320, 360, 1366])
def test_no_line_of_facts_begins_or_ends_with_a_dot(page: Page, server: Server, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for kind in ("cases/", "cases/carbomer-2020/", "events/"):
        page.goto(server.url + language + kind)
        assert page.evaluate(DOTS_AT_EDGES) == []


DOT_OFF = """() => [...document.querySelectorAll(".card-facts > span")].flatMap((fact) => {
  const before = fact.previousElementSibling?.getBoundingClientRect(), here = fact.getBoundingClientRect();
  if (!before || before.right > here.left) return [];
  const [own, dot] = [getComputedStyle(fact), getComputedStyle(fact, "::before")].map((style) => (name) => parseFloat(style[name]));
  const text = here.left + own("paddingLeft"), middle = text + dot("marginLeft") + dot("width") / 2;
  return Math.abs(middle - (before.right + text) / 2) > 2 ? [[fact.textContent, before.right, middle, text]] : [];
})"""


def test_the_dot_between_facts_stands_in_the_middle(page: Page, server: Server) -> None:
    for kind in ("cases/carbomer-2020/", "en/cases/carbomer-2020/", "events/"):
        page.goto(server.url + kind)
        assert page.evaluate(DOT_OFF) == []


ARROWS_ALONE = """() => [...document.querySelectorAll("main .outward")].flatMap((link) => {
  const text = document.createRange();
  text.selectNodeContents(link.querySelector(".visually-hidden")?.previousSibling ?? link);
  const ends = (rects) => Math.round([...rects].pop().bottom);
  return Math.abs(ends(link.getClientRects()) - ends(text.getClientRects())) > 8 ? [link.textContent] : [];
})"""


@pytest.mark.parametrize("width", [340, 360, 390, 412])
def test_no_line_is_an_arrow_alone(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for kind in ("interpretations/jbfbf-2023-65-picture/", "templates/leak-emergency-plan/", "countries/korea/"):
        page.goto(server.url + kind)
        assert page.evaluate(ARROWS_ALONE) == [], kind


LAST_LINES = """() => [...document.querySelectorAll(":is(.collection, .card) > p:not(.card-facts, .card-line)")].flatMap((text) => {
  const range = document.createRange();
  range.selectNodeContents(text);
  const rects = [...range.getClientRects()], last = Math.max(...rects.map(({ bottom }) => bottom));
  const line = rects.filter(({ bottom }) => last - bottom < 8);
  const width = Math.max(...line.map(({ right }) => right)) - Math.min(...line.map(({ left }) => left));
  return line.length < rects.length && width < 2.1 * parseFloat(getComputedStyle(text).fontSize) ? [text.innerText.slice(-12)] : [];
})"""


@pytest.mark.parametrize("kind", ["cases/", "questions/", "regulations/"])
def test_no_paragraph_ends_with_one_character_on_a_line(page: Page, server: Server, kind: str) -> None:
    page.goto(server.url + kind)
    assert page.evaluate(LAST_LINES) == []


def test_the_tools_of_the_home_page_stand_apart_from_what_follows(page: Page, server: Server) -> None:
    page.goto(server.url)
    tools, heading = page.locator(".page-end .page-tools").bounding_box(), page.locator("#share").bounding_box()
    assert tools
    assert heading
    assert heading["y"] - tools["y"] - tools["height"] >= 12


BUTTONS = """(size) => {
  Object.assign(document.documentElement.dataset, { elder: "", textSize: size });
  const buttons = [...document.querySelectorAll(".elder-nav a")].filter((one) => one.checkVisibility());
  const tops = buttons.map((one) => one.getBoundingClientRect().top);
  const rows = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
  return [new Set(rows).size, buttons.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)];
}"""


@pytest.mark.parametrize("language", ["", "en/"])
def test_large_buttons_hold_their_words_and_fill_their_rows(page: Page, server: Server, language: str) -> None:
    page.goto(f"{server.url}{language}cases/")
    for width in (320, 360, 641, 768, 960, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for size in ("standard", "largest"):
            assert page.evaluate(BUTTONS, size) == [1, []], (width, size)
