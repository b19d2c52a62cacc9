"""The assessment without a network, and what the service worker may and may not do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scoring_bundler import BundleError, service_worker

from browser.engine.engine_site import FaultyHandler, expected_answer, serve_with_faults, write_service_worker
from browser.engine.test_engine import SCORE, Ask, start_and_ask
from conftest import Server

UNTIL_INSTALLED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
}"""


@pytest.fixture
def engine_server(engine_folder: tuple[Path, str], tmp_path: Path) -> Iterator[Server]:
    """A copy of the site that a test may change."""
    folder = tmp_path / "site"
    shutil.copytree(engine_folder[0], folder)
    FaultyHandler.faults.clear()
    FaultyHandler.asked.clear()
    with serve_with_faults(folder) as running:
        yield running


def keep(page: Page) -> str:
    kept: str = page.evaluate("keepOffline()")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    return kept


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return names


def test_after_one_visit_the_next_needs_no_network(open_page: Callable[[], Page], ask: Ask) -> None:
    page = open_page()
    start_and_ask(page, ask)
    assert caches_of(page) == []
    assert keep(page) == "kept"
    assert keep(page) == "kept"
    page.close()
    FaultyHandler.faults["*"] = "down"
    again = open_page()
    answer, states = start_and_ask(again, ask)
    assert answer == expected_answer(SCORE)
    assert states[-1] == {"state": "ready", "boot": "snapshot"}
    assert again.evaluate("getComputedStyle(document.body).margin") == "0px"


def test_only_what_the_assessment_needs_is_kept(open_page: Callable[[], Page]) -> None:
    page = open_page()
    keep(page)
    kept = page.evaluate(
        "caches.keys().then(([name]) => caches.open(name)).then((cache) => cache.keys())"
        ".then((requests) => requests.map(({ url }) => new URL(url).pathname.split('/').pop()))"
    )
    assert {"", "style.css", "engine.js", "worker.js", "python-snapshot.wasm"} <= set(kept)
    assert not [name for name in kept if name.startswith("pyodide.") or name.endswith(".zip")]


def test_forgetting_leaves_nothing(open_page: Callable[[], Page]) -> None:
    page = open_page()
    keep(page)
    page.evaluate("forgetOffline()")
    assert caches_of(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_another_column_on_the_same_host_keeps_its_copy(open_page: Callable[[], Page]) -> None:
    page = open_page()
    keep(page)
    (own,) = caches_of(page)
    others = own.replace(" / ", " /another/ ")  # the site's path is part of the name
    page.evaluate("name => caches.open(name)", others)
    page.evaluate("forgetOffline()")
    assert caches_of(page) == [others]


@pytest.mark.parametrize("file", ["style.css", "index.html", "python-snapshot.wasm"])
def test_a_file_that_is_not_as_built_is_never_kept(
    open_page: Callable[[], Page], engine_server: Server, file: str
) -> None:
    with next(engine_server.folder.rglob(file)).open("ab") as target:
        target.write(b"\n")
    page = open_page()
    assert page.evaluate("keepOffline()") == "failed"
    assert caches_of(page) == []


def test_without_a_service_worker_on_the_server_all_else_works(
    open_page: Callable[[], Page], ask: Ask, engine_server: Server
) -> None:
    (engine_server.folder / "sw.js").unlink()
    page = open_page()
    assert page.evaluate("keepOffline()") == "unavailable"
    assert start_and_ask(page, ask)[0] == expected_answer(SCORE)


def test_an_update_replaces_the_old_version_as_a_whole(
    open_page: Callable[[], Page], ask: Ask, engine_server: Server, engine_folder: tuple[Path, str]
) -> None:
    page = open_page()
    keep(page)
    (first,) = caches_of(page)
    index = engine_server.folder / "assessment" / "index.html"
    index.write_text(index.read_text(encoding="utf-8").replace("<title>Engine", "<title>Corrected"), encoding="utf-8")
    (engine_server.folder / "style.css").write_text("body { margin: 7px }", encoding="utf-8")
    index.write_text(index.read_text(encoding="utf-8").replace("style.css?v=1", "style.css?v=2"), encoding="utf-8")
    write_service_worker(engine_server.folder, engine_folder[1])

    newer = open_page()  # a correction does not wait, and its style comes with it
    expect(newer).to_have_title("Corrected")
    assert newer.evaluate("getComputedStyle(document.body).margin") == "7px"
    newer.evaluate(UNTIL_INSTALLED)
    page.close()
    newer.close()

    last = open_page()
    FaultyHandler.faults["*"] = "down"
    last.reload()
    expect(last).to_have_title("Corrected")
    assert last.evaluate("getComputedStyle(document.body).margin") == "7px"
    assert first not in caches_of(last)
    assert start_and_ask(last, ask)[0] == expected_answer(SCORE)


def test_other_pages_of_the_site_are_left_alone(
    open_page: Callable[[], Page], engine_server: Server, context: BrowserContext
) -> None:
    page = open_page()
    keep(page)
    (engine_server.folder / "other.html").write_text("<!doctype html><title>Other</title>", encoding="utf-8")
    other = context.new_page()
    response = other.goto(engine_server.url + "other.html")
    assert response
    assert not response.from_service_worker


def test_a_page_that_loads_what_is_not_there_is_refused(engine_server: Server, engine_folder: tuple[Path, str]) -> None:
    (engine_server.folder / "style.css").unlink()
    with pytest.raises(BundleError) as raised:
        service_worker(site=engine_server.folder, pages=["assessment/"], engine=engine_folder[1])
    values = {"address": "style.css?v=1", "file": str(engine_server.folder / "style.css")}
    assert (raised.value.code, raised.value.values) == ("offline-missing-file", values)
