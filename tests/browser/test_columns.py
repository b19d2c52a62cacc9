"""Several columns on one origin: what one of them stores is its own, and what was stored before that is only offered."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import Server, serve
from helpers.assessment import ENGINE_PATIENCE, open_assessment, scores, tick, wait_for_python

STANDARD = "chongqing-2023"
OLD_DRAFT = f"self-assessment:{STANDARD}:draft:x1"
OLD_TAB = f"self-assessment:{STANDARD}:tab"
STORED = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), caches: await caches.keys(),
  scopes: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
})"""


@pytest.fixture(name="host", scope="module")
def _host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same site three times: at the root of a host, and below `/a/` and `/b/`."""
    folder = tmp_path_factory.mktemp("host") / "root"
    shutil.copytree(site, folder)
    for name in ("a", "b"):
        (folder / name).symlink_to(site)
    with serve(folder) as running:
        yield running


def column(host: Server, path: str) -> Server:
    return Server(host.url + path, host.folder)


def stored(page: Page) -> dict[str, list[str]]:
    """The names of all that is stored for the origin, whatever column put it there."""
    found: dict[str, list[str]] = page.evaluate(STORED)
    return found


def answers(*items: str) -> str:
    met = {item: {"met": True} for item in items}
    name = {"id": STANDARD, "sha256": "0" * 64}
    return json.dumps({"format": "trade-secret-self-assessment", "version": 1, "standard": name, "answers": met})


def use_everything(page: Page, own: Server) -> None:
    """Tick, keep a draft, choose an appearance, and let the browser keep a copy of the page."""
    open_assessment(page, own)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    expect(page.locator("form[data-engine]")).to_have_attribute("data-offline", "kept", timeout=ENGINE_PATIENCE)
    page.locator("[data-draft-name]").fill("春季")
    page.locator("[data-draft-save]").click()
    expect(page.locator("[data-drafts] li")).to_contain_text("春季")
    page.get_by_role("button", name="特大").click()


@pytest.mark.parametrize(("folder", "other"), [("a/", "b/"), ("", "b/"), ("b/", "")])
def test_columns_share_nothing_and_clear_only_their_own(page: Page, host: Server, folder: str, other: str) -> None:
    use_everything(page, column(host, folder))
    before = stored(page)
    assert [len(names) for names in before.values()] == [2, 1, 1, 1]
    assert before["scopes"] == [f"/{folder}"]
    assert all(f" /{folder} " in name for kind in ("local", "session", "caches") for name in before[kind])

    # The same tab, so that even what a tab keeps could be met.
    open_assessment(page, column(host, other))
    assert scores(page, "total") == {"total": "0"}
    expect(page.locator("[data-drafts]")).to_contain_text("本机没有保存草稿")
    expect(page.locator("html")).to_have_attribute("data-text-size", "standard")
    page.locator("[data-leave]").click()
    expect(page).to_have_url(host.url + other)
    assert stored(page) == before

    open_assessment(page, column(host, folder))
    assert scores(page, "total") == {"total": "3"}
    expect(page.locator("html")).to_have_attribute("data-text-size", "largest")
    page.locator("[data-leave]").click()
    page.locator(".question button.danger").click()
    expect(page).to_have_url(host.url + folder)
    assert stored(page) == {"local": [], "session": [], "caches": [], "scopes": []}


def test_what_another_column_stores_is_no_news(page: Page, host: Server) -> None:
    open_assessment(page, column(host, "b/"))
    page.locator("[data-draft-save]").click()
    page.evaluate(
        """() => {
          document.querySelector("[data-drafts] li").dataset.marked = "";
          document.documentElement.dataset.textSize = "marked";
          window.seen = [];
          addEventListener("storage", (event) => window.seen.push(event.key));
        }"""
    )
    other = page.context.new_page()
    open_assessment(other, column(host, "a/"))
    other.locator("[data-draft-save]").click()
    other.get_by_role("button", name="特大").click()
    page.wait_for_function("seen.length === 2")
    expect(page.locator("[data-drafts] li[data-marked]")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("data-text-size", "marked")


def keep_old(page: Page, host: Server) -> None:
    """What columns stored before their keys bore a path: a draft, the answers of a tab, an appearance."""
    page.goto(host.url + "a/about/")
    page.evaluate(
        """([draft, tab, file, later]) => {
          localStorage.setItem(draft, JSON.stringify({ name: "旧草稿", saved: "2026-06-30", file }));
          sessionStorage.setItem(tab, later);
          localStorage.setItem("appearance", '{"size": "largest"}');
        }""",
        [OLD_DRAFT, OLD_TAB, answers("1.1.1"), answers("1.1.2", "3.2.1")],
    )


def old(page: Page) -> list[str]:
    """Which of the old keys are still there."""
    names = stored(page)
    return [name for name in [*names["local"], *names["session"]] if name in {OLD_DRAFT, OLD_TAB, "appearance"}]


def offer(page: Page) -> Any:
    return page.locator("[data-old-drafts] .question")


def test_what_was_stored_without_a_path_is_offered_once_to_each_column(page: Page, host: Server) -> None:
    keep_old(page, host)
    for path in ("a/", "b/"):
        open_assessment(page, column(host, path))
        expect(page.locator("html")).to_have_attribute("data-text-size", "largest")
        assert scores(page, "total") == {"total": "0"}
        expect(page.locator("[data-drafts]")).to_contain_text("本机没有保存草稿")
        expect(offer(page)).to_contain_text("发现本机以前保存的自评草稿，是否采用？")
        page.reload()
        offer(page).get_by_role("button", name="采用", exact=True).click()
        expect(page.locator("[data-drafts] li")).to_have_count(1)
        expect(page.locator("[data-drafts] li")).to_contain_text("旧草稿（2026-06-30保存）")
        expect(page.locator("[data-item='1.1.2']")).to_be_checked(timeout=ENGINE_PATIENCE)
        page.reload()
        expect(page.locator("[data-drafts] li")).to_have_count(1)
        expect(page.locator("[data-item='3.2.1']")).to_be_checked()
        expect(offer(page)).to_have_count(0)
    assert len(old(page)) == 3
    names = stored(page)
    assert all("/a/" in name or "/b/" in name for name in {*names["local"], *names["session"]} - set(old(page)))


def test_what_is_not_adopted_stays_where_it_was(page: Page, host: Server) -> None:
    keep_old(page, host)
    open_assessment(page, column(host, "a/"))
    offer(page).get_by_role("button", name="不采用").click()
    expect(offer(page)).to_have_count(0)
    page.reload()
    expect(page.locator(".score")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    expect(page.locator("[data-drafts]")).to_contain_text("本机没有保存草稿")
    assert len(old(page)) == 3


@pytest.mark.parametrize("erased", [False, True])
def test_leaving_asks_whether_to_erase_what_is_old(page: Page, host: Server, *, erased: bool) -> None:
    keep_old(page, host)
    open_assessment(page, column(host, "a/"))
    offer(page).get_by_role("button", name="不采用").click()
    page.locator("[data-leave]").click()
    box = page.locator(".question").get_by_label("同时删除以前保存的草稿")
    expect(box).not_to_be_checked()
    box.set_checked(erased)
    page.locator(".question button.danger").click()
    expect(page).to_have_url(host.url + "a/")
    assert len(old(page)) == (0 if erased else 3)
    names = stored(page)
    assert [*names["local"], *names["session"]] == old(page)


@pytest.mark.parametrize("text", ["", "null", "[]", '"x"', "{"])
def test_strange_old_values_do_no_harm(page: Page, host: Server, text: str) -> None:
    page.goto(host.url + "a/about/")
    page.evaluate(
        """([draft, tab, text]) => {
          localStorage.setItem(draft, text);
          sessionStorage.setItem(tab, text);
          localStorage.setItem("appearance", text);
        }""",
        [OLD_DRAFT, OLD_TAB, text],
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_assessment(page, column(host, "a/"))
    tick(page, ["1.1.1"])
    assert scores(page, "total") == {"total": "3"}
    expect(offer(page)).to_have_count(0)
    assert faults == []
