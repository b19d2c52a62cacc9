"""Events and figures over time as people meet them: on a desk and on a small phone, with and without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conftest import Server, Shared, serve
from helpers.axe import AXE, OF_COLOURS, violations
from helpers.events import build_events

PAGES = [f"events/{slug}" for slug in ("", "lecture/", "closed/", "now/", "past/")]
PAGES += ["alerts/", "alerts/old/", "progress/", ""]
DESKTOP, PHONE = 1280, 320


@pytest.fixture(name="events", scope="module")
def _events(shared: Shared) -> Iterator[Server]:
    with serve(shared.folder("events", build_events)) as running:
        yield running


@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing(new_context: Any, events: Server, language: str, record_property: Any) -> None:
    page = new_context(bypass_csp=True, reduced_motion="reduce").new_page()
    found = {}
    for name in PAGES:
        page.goto(events.url + language + name)
        page.evaluate(AXE)
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark") if width == DESKTOP and not language else ("light",):
                page.emulate_media(color_scheme=scheme)
                found[name, width, scheme] = violations(page, OF_COLOURS if scheme == "dark" else None)
    record_property("axe", (len(found), sum(map(len, found.values()))))
    assert {key: violations for key, violations in found.items() if violations} == {}


OVER_THE_EDGE = """() => [...document.querySelectorAll("main :is(h1, h2, p, dd, .button, .badge, .trend-line, .trend-line text)")].filter((part) => {
  const { left, right, width } = part.getBoundingClientRect();
  return width && part.checkVisibility() && !part.classList.contains("visually-hidden") && (left < -1 || right > innerWidth + 1);
}).map((part) => part.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_nothing_runs_over_the_edge_without_script(
    plain_context: BrowserContext, events: Server, language: str, width: int
) -> None:
    page = plain_context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        page.goto(events.url + language + name)
        assert page.evaluate(OVER_THE_EDGE) == [], name


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_an_event_is_joined_without_script(plain_context: BrowserContext, events: Server, width: int) -> None:
    page = plain_context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(events.url + "events/")
    expect(page.get_by_role("heading", level=2)).to_contain_text(["即将举行", "已结束"])
    page.get_by_role("link", name="商业秘密保护专题讲座").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("商业秘密保护专题讲座")
    with page.expect_download() as download:
        page.get_by_role("link", name="加入日历").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="前往报名").click()
    expect(page.locator("li:target")).to_contain_text("https://www.example.com/baoming")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_words_of_a_line_do_not_cover_each_other(page: Page, events: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for language in ("", "en/"):
        page.goto(events.url + language + "progress/")
        for drawing in page.locator(".trend-line").all():
            boxes = [one.bounding_box() for one in drawing.locator("text").all()]
            for index, one in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
                    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
                    assert min(across, down) <= 1, (one, other)
