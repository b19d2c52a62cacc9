"""Small steps that several browser tests take."""

from playwright.sync_api import Page, expect

from conftest import Server

ENGINE_PATIENCE = 60_000
"""Milliseconds that a slow machine may need to start Python."""


def open_assessment(page: Page, server: Server, language: str = "") -> None:
    """Open the form and wait until its script counts."""
    page.goto(server.url + language + "assessment/")
    expect(page.locator(".score")).to_be_visible()


def boxes(page: Page) -> list[str]:
    """The ids of all items."""
    ids: list[str] = page.locator("input[type=checkbox][data-item]").evaluate_all(
        "all => all.map(one => one.dataset.item)"
    )
    return ids


def tick(page: Page, items: list[str]) -> None:
    """Click items, as a hand would, but in one go."""
    page.evaluate("items => items.forEach(id => document.querySelector(`[data-item='${id}']`).click())", items)


def scores(page: Page, *names: str) -> dict[str, str]:
    """The scores shown, by name."""
    return {name: page.locator(f'[data-score="{name}"]').inner_text() for name in names}


def wait_for_python(page: Page) -> None:
    """Wait until the core has confirmed the number shown."""
    expect(page.locator('[data-score="total"]')).to_have_attribute("data-score-by", "python", timeout=ENGINE_PATIENCE)
