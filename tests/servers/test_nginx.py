"""The column at `/ztzl/symm/` below a portal, under a real nginx with the recipe that `publicity nginx` prints."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import SITE_URL, Server, Watch, run_publicity
from helpers.assessment import boxes, open_assessment, scores, tick, wait_for_python
from helpers.web_servers import COLUMN, ask, running
from publicity.servers.recipes import MEDIA_TYPES


@pytest.fixture(name="column", scope="module")
def _column(addressed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site of 江北区 with a renamed case where the portal has it."""
    portal = tmp_path_factory.mktemp("portal")
    shutil.copytree(addressed, portal / COLUMN)
    recipe = run_publicity("nginx", "--site-url", SITE_URL, cwd=addressed.parent)
    assert recipe.returncode == 0, recipe.stderr
    with running("nginx with the recipe", tmp_path_factory.mktemp("server"), portal, recipe.stdout) as server:
        yield server


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_an_address_that_is_sent_on_to_is_written_as_headers_are(addressed: Path, name: str) -> None:
    printed = run_publicity(name, "--site-url", "https://www.example.gov.cn/专题/商密/", cwd=addressed.parent).stdout
    lines = [line for line in printed.splitlines() if line.startswith(("redir ", "location = "))]
    assert lines
    for line in lines:
        assert " /%E4%B8%93%E9%A2%98/%E5%95%86%E5%AF%86/" in line
        assert "/专题/商密/" in line  # what was asked for, decoded


def test_the_column_works_below_a_portal_under_nginx(page: Page, column: Server) -> None:
    watch = Watch(page, column.url)
    page.goto(column.url)
    page.get_by_role("link", name="政策文件").first.click()
    page.locator(".cards a").first.click()
    expect(page).to_have_url(f"{column.url}policies/jbfbf-2023-65/")
    page.get_by_role("search").get_by_role("searchbox").fill("卡波")
    page.keyboard.press("Enter")
    page.locator("[data-search-results] a").first.click()
    expect(page).to_have_url(re.compile(rf"^{column.url}cases/carbomer-2020/"))

    page.goto(f"{column.url}en/cases/old-name/")
    expect(page).to_have_url(f"{column.url}en/cases/carbomer-2020/")
    open_assessment(page, column)
    tick(page, boxes(page))
    wait_for_python(page)
    assert scores(page, "total", "bonus") == {"total": "100", "bonus": "5"}
    assert watch.faults == []

    for language, title in [("", "没有找到这个页面"), ("en/", "This page was not found")]:
        answer = page.goto(f"{column.url}{language}cases/no/such/page/")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.evaluate("getComputedStyle(document.querySelector('.site-header')).borderBottomStyle") == "solid"
        page.locator("main").get_by_role("searchbox").fill("联络点")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{column.url}{language}search/?q=%E8%81%94%E7%BB%9C%E7%82%B9")
    assert [fault for fault in watch.faults if "404" not in fault] == []


def test_nginx_answers_as_the_recipe_says(column: Server) -> None:
    status, headers = ask(column.url)
    assert status == 200
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert (headers["Content-Encoding"], headers["Cache-Control"]) == ("gzip", "no-cache")
    engine = next((column.folder / "engine").iterdir())
    status, headers = ask(f"{column.url}engine/{engine.name}/python-snapshot.wasm")
    assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, "application/wasm", "gzip")
    assert "immutable" in headers["Cache-Control"]
    for pattern in ("assets/*/site.css", "search/index-*/terms/0.json", "en/search/index-*/terms/0.json"):
        (file,) = column.folder.glob(pattern)
        assert "immutable" in ask(column.url + file.relative_to(column.folder).as_posix())[1]["Cache-Control"]
    assert ask(f"{column.url}search/index.json")[1]["Cache-Control"] == "no-cache"
    for language in ("", "en/"):
        status, headers = ask(f"{column.url}{language}cases/old-name/")
        assert status == 301
        assert headers["Location"].endswith(f"/ztzl/symm/{language}cases/carbomer-2020/")
        status, headers = ask(f"{column.url}{language}cases/no/such/page/")
        assert (status, headers["Cache-Control"]) == (404, "no-cache")
        assert "Content-Security-Policy" in headers
    assert ask(f"{column.url}web.config")[0] == 404


def test_nginx_sends_attachments_and_media_with_their_types(column: Server) -> None:
    folder = column.folder / "guides"
    for ending, kind in MEDIA_TYPES.items():
        (folder / f"file{ending}").write_bytes(b"x")
        status, headers = ask(f"{column.url}guides/file{ending}")
        assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"] == "text/vtt"  # always UTF-8
    assert ask(f"{column.url}guides/.hidden.pdf")[0] == 404
    status, headers = ask(f"{column.url}events/sample-reply.ofd")
    assert (status, headers["Content-Type"]) == (200, "application/ofd")
