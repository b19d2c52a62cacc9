"""The engine in a page of its own, served by a server that can fail."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.engine.engine_site import FaultyHandler, make_site, serve_with_faults
from conftest import Server


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with the engine, and the engine's address in it."""
    folder = tmp_path_factory.mktemp("engine")
    return folder, make_site(folder)


@pytest.fixture
def engine_server(engine_folder: tuple[Path, str]) -> Iterator[Server]:
    """The site behind a server without faults, until a test names some."""
    FaultyHandler.faults.clear()
    FaultyHandler.asked.clear()
    with serve_with_faults(engine_folder[0]) as running:
        yield running


@pytest.fixture
def open_page(engine_server: Server, context: BrowserContext) -> Callable[[], Page]:
    """Opens the page, with `window.engine` made but not started."""

    def open_one() -> Page:
        page = context.new_page()
        page.goto(engine_server.url + "assessment/")
        page.locator("html[data-loaded]").wait_for(state="attached")
        return page

    return open_one


@pytest.fixture
def ask() -> Callable[[Page, dict[str, object]], Any]:
    """Sends a request to the engine of a page: the answer, or {"refused": why}."""

    def send(page: Page, request: dict[str, object]) -> Any:
        return page.evaluate("request => engine.request(request).catch(error => ({refused: String(error)}))", request)

    return send
