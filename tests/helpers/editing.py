"""A running `publicity edit`."""

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import PUBLICITY

PATIENCE = 120_000
"""Milliseconds that a slow machine may need to read and check all content for the first time."""
WRITER, REVIEWER, CHIEF = ("业务科", "Responsible section"), ("法规科", "Legal section"), ("分管领导", "Leadership")


@dataclass(frozen=True)
class Editing:
    """Where it can be opened, and the project that is edited."""

    url: str
    project: Path

    def entry(self, name: str) -> str:
        """The address of an entry's page."""
        return f"{self.url}entry/{name}"


@contextlib.contextmanager
def open_editing(project: Path, port: int = 0) -> Iterator[Editing]:
    """Run the real command until the block ends."""
    command = [str(PUBLICITY), "--language", "zh", "edit", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        try:
            line = running.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", line)
            assert address, line
            yield Editing(address[0], project)
        finally:
            running.terminate()


def open_entry(page: Page, editing: Editing, name: str) -> None:
    """Open an entry's page and wait for its first check."""
    page.goto(editing.entry(name))
    wait_for_check(page)


def wait_for_check(page: Page) -> None:
    """Wait until what stands on the page has been kept and checked."""
    expect(page.locator("form[data-checked]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-status]")).to_have_text(re.compile("暂存|没有改动|已保存"), timeout=PATIENCE)


def field(page: Page, name: str, text: str) -> None:
    """Write into a field."""
    control = page.locator(f'[data-field="{name}"]')
    if control.evaluate("element => element.tagName") == "SELECT":
        control.select_option(text)
    else:
        control.fill(text)


def take_role(page: Page, role: tuple[str, str]) -> None:
    """Say who is writing."""
    page.locator('[data-role="zh"]').fill(role[0])
    page.locator('[data-role="zh"]').dispatch_event("change")
    page.locator('[data-role="en"]').fill(role[1])
    page.locator('[data-role="en"]').dispatch_event("change")


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that no page shows."""
    end = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < end
        os.sched_yield()


def act(page: Page, action: str, words: str) -> None:
    """Take a step, and wait for what is said of it."""
    page.locator(f'[data-action="{action}"]').click()
    expect(page.locator("[data-said]")).to_contain_text(words, timeout=PATIENCE)
