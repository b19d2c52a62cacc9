"""What a page looks like when somebody has done something with it: the states that are photographed beside the pages as they open."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from helpers.assessment import boxes, tick, wait_for_python
from helpers.page_kinds import PAGE_KINDS

ELDER = "Alt+Shift+E"
"""The keys that enter the mode for older readers (长者模式)."""


IS_FOUND = """() => {
  const status = document.querySelector("[data-search-status]");
  return !status || status.textContent !== status.dataset.busy;
}"""


@dataclass(frozen=True)
class State:
    """A page by its address, what is done with it before it is photographed, and the element that is to be seen, if not all of it."""

    name: str
    address: str
    reach: Callable[[Page], None] = lambda _: None
    element: str = "html"


def is_settled(page: Page) -> None:
    """Wait until a page that has been loaded shows what its scripts make of it; a search, what it has found."""
    page.wait_for_function(IS_FOUND)


def _columns(page: Page) -> None:
    button = page.locator("[data-columns]")
    if button.is_visible():  # on a wide screen the columns stand there anyway
        button.click()


def _first_pass(page: Page) -> None:
    page.locator("button[data-way=first]").click()
    questions = page.locator("[data-question]").all()
    for number, question in enumerate(questions):
        question.locator("input").nth(number % 3).check()


def _section(page: Page) -> None:
    page.locator("button[data-way=sections]").click()
    _answer(page, 2)


def _sheet(page: Page) -> None:
    page.locator("button[data-way=sheet]").click()
    _answer(page, 2)


def _item(page: Page) -> None:
    _sheet(page)
    row = page.locator(f"[data-row='{boxes(page)[1]}']")
    row.locator("[data-flag]").click()
    row.locator("[data-more]").click()
    row.locator("[data-evidence-add]").click()


def _report(page: Page) -> None:
    _answer(page, 2)
    page.locator("[data-report-make]").click()
    expect(page.locator("article.report")).to_be_visible()


def _comparison(page: Page) -> None:
    for name, every in (("2025", 4), ("2026", 2)):
        _answer(page, every)
        page.locator("[data-draft-name]").fill(name)
        page.locator("[data-draft-save]").click()
    _answer(page, 3)
    page.locator("[data-compare]").click()
    expect(page.locator(".comparison")).to_be_visible()


def _answer(page: Page, every: int) -> None:
    """Tick one in so many of the items that are not ticked yet."""
    ticked = page.locator("input[type=checkbox][data-item]:checked").evaluate_all(
        "all => all.map(one => one.dataset.item)"
    )
    tick(page, [item for item in boxes(page) if item not in ticked][::every])
    wait_for_python(page)


def _quiz(page: Page) -> None:
    for question in page.locator("[data-quiz] fieldset, [data-quiz] [id]:has(button)").all()[:2]:
        question.get_by_role("button").first.click()


def _found(page: Page) -> None:
    expect(page.locator("[data-search-results] a").first).to_be_visible()


def _outward(page: Page) -> None:
    page.locator("main a[data-outward]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


STATES = [
    *(State(kind or "home", kind) for kind in PAGE_KINDS),
    State("home, columns open", "", _columns),
    State("assessment, first pass", "assessment/", _first_pass),
    State("assessment, by section", "assessment/", _section),
    State("assessment, one sheet", "assessment/", _sheet),
    State("assessment, an item open", "assessment/", _item),
    State("assessment, report", "assessment/", _report, "article.report"),
    State("assessment, comparison", "assessment/", _comparison, ".comparison"),
    State("training, quiz", "training/", _quiz, "[data-quiz]"),
    State("search, a question", "search/?q=员工带走客户名单怎么办", _found),
    State("search, nothing", "search/?q=zzzzqqqq"),
    State("countries, leaving", "countries/korea/", _outward),
]
