"""The assessment without a network, and what the service worker may and may not do."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scoring_bundler import BundleError, service_worker

from browser.engine.engine_site import STANDARD, FaultyHandler, expected_answer, serve_with_faults, write_service_worker
from browser.engine.test_engine import SCORE, Ask, start_and_ask
from conftest import Server

UNTIL_RENEWED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const changed = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve);
    setTimeout(resolve, 30_000); // the browser may have renewed it by itself, before this listened
  });
  await registration.update();
  await changed;
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated") await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
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
    assert not [name for name in kept if name.startswith(("pyodide.", "ordinary.")) or name.endswith(".zip")]


def test_the_standard_of_another_page_is_not_kept(engine_server: Server, engine_folder: tuple[Path, str]) -> None:
    folder, engine = engine_server.folder, engine_folder[1]
    (folder / engine / "other.json").write_text("{}", encoding="utf-8")
    text = service_worker(site=folder, pages=["assessment/"], engine=engine, standard=STANDARD)
    assert f'"{engine}{STANDARD}"' in text
    assert "other.json" not in text


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
    FaultyHandler.faults["python-snapshot.zip"] = "damaged"
    with next(engine_server.folder.rglob(file)).open("ab") as target:
        target.write(b"\n")
    page = open_page()
    assert page.evaluate("keepOffline()") == "failed"
    assert caches_of(page) == []


REFUSES = """const refuse = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };"""
"""As in a frame that is sandboxed, the very names refuse; elsewhere only what is asked of them."""


@pytest.mark.parametrize(
    "refusal",
    [
        """CacheStorage.prototype.delete = CacheStorage.prototype.open = async () => refuse();
        ServiceWorkerContainer.prototype.register = ServiceWorkerContainer.prototype.getRegistration = async () => refuse();""",
        """Object.defineProperty(window, "caches", { get: refuse });
        Object.defineProperty(navigator, "serviceWorker", { get: refuse });""",
    ],
    ids=["methods", "names"],
)
def test_a_browser_that_allows_no_storage_says_so(open_page: Callable[[], Page], refusal: str) -> None:
    page = open_page()
    page.evaluate(f"() => {{ {REFUSES} {refusal} }}")
    assert page.evaluate("keepOffline()") == "unavailable"


def test_without_a_service_worker_on_the_server_all_else_works(
    open_page: Callable[[], Page], ask: Ask, engine_server: Server
) -> None:
    (engine_server.folder / "sw.js").unlink()
    page = open_page()
    assert page.evaluate("keepOffline()") == "unavailable"
    assert start_and_ask(page, ask)[0] == expected_answer(SCORE)


def test_one_visit_after_a_publication_the_copy_is_the_new_one(
    open_page: Callable[[], Page], ask: Ask, engine_server: Server, engine_folder: tuple[Path, str]
) -> None:
    page = open_page()
    keep(page)
    names = caches_of(page)
    for margin in ("7", "8"):
        publish(engine_server.folder, engine_folder[1], margin)
        newer = open_page()  # a correction does not wait, and its style comes with it
        expect(newer).to_have_title(f"Corrected {margin}")
        newer.evaluate(UNTIL_RENEWED)
        names.append(next(name for name in caches_of(newer) if name not in names))
        assert caches_of(newer) == names[-2:]  # the older one is for pages that are still open
        newer.close()
        FaultyHandler.faults["*"] = "down"
        last = open_page()  # while the first page is open still
        expect(last).to_have_title(f"Corrected {margin}")
        assert last.evaluate("getComputedStyle(document.body).margin") == f"{margin}px"
        assert start_and_ask(last, ask)[0] == expected_answer(SCORE)
        last.close()
        FaultyHandler.faults.clear()


def publish(site: Path, engine: str, margin: str) -> None:
    """Change the page and its style."""
    index = site / "assessment" / "index.html"
    text = re.sub("<title>[^<]*", f"<title>Corrected {margin}", index.read_text(encoding="utf-8"))
    index.write_text(re.sub(r"style\.css\?v=\d", f"style.css?v={margin}", text), encoding="utf-8")
    (site / "style.css").write_text(f"body {{ margin: {margin}px }}", encoding="utf-8")
    write_service_worker(site, engine)


def test_what_the_page_has_fetched_is_not_fetched_again(open_page: Callable[[], Page], ask: Ask) -> None:
    FaultyHandler.faults["*"] = "no store"  # not even the browser's own cache may help
    page = open_page()
    start_and_ask(page, ask)
    FaultyHandler.asked.clear()
    assert page.evaluate("keepOffline((cache) => engine.handOver(cache))") == "kept"
    assert not [name for name in FaultyHandler.asked if name.startswith("python-snapshot")]
    assert len(caches_of(page)) == 1


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
        service_worker(site=engine_server.folder, pages=["assessment/"], engine=engine_folder[1], standard=STANDARD)
    values = {"address": "style.css?v=1", "file": str(engine_server.folder / "style.css")}
    assert (raised.value.code, raised.value.values) == ("offline-missing-file", values)
