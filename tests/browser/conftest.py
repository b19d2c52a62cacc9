"""A real Chromium against the built site; every page is watched for requests to elsewhere and for errors."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import Server
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `scripts/test` found; it needs no sandbox where root runs it."""
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    found = os.environ.get("PUBLICITY_CHROMIUM")
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


class Watch:
    """What a page did that it should not."""

    def __init__(self, page: Page, origin: str) -> None:
        self.requests: list[str] = []
        self.faults: list[str] = []
        self._host = urlsplit(origin).netloc
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).netloc not in (self._host, "") and not request.url.startswith("data:"):
            self.faults.append(f"left the origin: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")


@pytest.fixture
def watch(page: Page, server: Server) -> Iterator[Watch]:
    """Fails the test if the page left the origin or reported an error; a test that expects one clears `faults`."""
    watching = Watch(page, server.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def plain_context(new_context: Any) -> BrowserContext:
    """A browser that runs no script."""
    context: BrowserContext = new_context(java_script_enabled=False)
    return context
