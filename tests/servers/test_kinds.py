"""The column at `/ztzl/symm/` under every kind of server: what needs no configuration, and what a recipe adds."""

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import SITE_URL, Server, run_publicity
from helpers.assessment import open_assessment, scores, tick, wait_for_python
from helpers.counting import counted
from helpers.web_servers import COLUMN, SERVERS, ask, running
from publicity.servers.headers import HEADERS

UNTYPED = "nginx without mime.types"
KEPT_AT_MOST = 1.1
"""The bytes of a first visit and of keeping a copy for visits without a network, in those that the start of Python takes."""
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(name="portal", scope="module")
def _portal(addressed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The site of 江北区 with a renamed case below a portal, and the recipes that the commands print."""
    portal = tmp_path_factory.mktemp("portal")
    shutil.copytree(addressed, portal / COLUMN)
    commands = ("nginx", "lighttpd", "caddy")
    printed = {name: run_publicity(name, "--site-url", SITE_URL, cwd=addressed.parent).stdout for name in commands}
    return portal, printed


@pytest.fixture(name="kind", params=SERVERS, scope="module")
def _kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(name="column", scope="module")
def _column(
    kind: str, portal: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder, recipes = portal
    with running(kind, tmp_path_factory.mktemp("server"), folder, recipes.get(SERVERS[kind][1], "")) as server:
        yield server


def test_search_score_old_addresses_and_no_network(page: Page, column: Server, kind: str) -> None:
    page.goto(f"{column.url}en/cases/old-name/")
    expect(page).to_have_url(f"{column.url}en/cases/carbomer-2020/")
    expect(page.locator("h1")).to_be_visible()
    if kind == UNTYPED:
        page.goto(f"{column.url}assessment/")
        page.locator("[data-item='1.1.1']").check()
        expect(page.locator('[data-score="total"]')).to_have_text("3")
        expect(page.locator("[data-classic-type]")).to_contain_text("服务器没有说明 .js 文件的类型")
        return
    page.goto(f"{column.url}search/?q=卡波")
    link = page.locator("[data-search-results] a").first
    expect(link).to_have_attribute("href", re.compile("cases/carbomer-2020/"))
    open_assessment(page, column)
    tick(page, ["1.1.1"])
    wait_for_python(page)
    expect(page.locator("form[data-engine]")).to_have_attribute("data-offline", "kept", timeout=30_000)
    page.context.set_offline(True)
    page.reload()
    page.locator("[data-clear]").click()
    tick(page, ["1.1.1", "1.1.2"])
    wait_for_python(page)
    assert scores(page, "total") == {"total": "5"}


def test_a_recipe_sets_headers_caching_errors_and_redirects(column: Server, kind: str) -> None:
    if not SERVERS[kind][1]:
        pytest.skip(f"{kind} has no recipe")
    status, headers = ask(column.url)
    assert status == 200
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert (headers["Cache-Control"], headers["Content-Encoding"]) == ("no-cache", "gzip")
    assert headers["Content-Type"].replace(" ", "").lower() == "text/html;charset=utf-8"
    (engine,) = (column.folder / "engine").iterdir()
    unchanging = [f"engine/{engine.name}/python-snapshot.wasm", f"engine/{engine.name}/python-snapshot.zip"]
    for pattern in ("assets/*/site.css", "search/index-*/terms/0.json", "en/search/index-*/terms/0.json"):
        unchanging += [file.relative_to(column.folder).as_posix() for file in column.folder.glob(pattern)]
    assert {path: ask(column.url + path)[1]["Cache-Control"] for path in unchanging} == dict.fromkeys(
        unchanging, FOREVER
    )
    for path in ("sw.js", "search/index.json", "release.json", "manifest.sha256"):
        assert ask(column.url + path)[1]["Cache-Control"] == "no-cache"
    assert ask(column.url + unchanging[0])[1]["Content-Type"] == "application/wasm"
    assert ask(column.url + unchanging[1])[1]["Content-Encoding"] is None  # packed already
    for language in ("", "en/"):
        status, headers = ask(f"{column.url}{language}cases/old-name/")
        assert status == 301
        assert headers["Location"].endswith(f"/ztzl/symm/{language}cases/carbomer-2020/")
        status, headers = ask(f"{column.url}{language}cases/no/such/page/")
        assert (status, headers["Cache-Control"]) == (404, "no-cache")
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(f"{column.url}web.config")[0] in (403, 404) or kind == "Apache"
    assert ask(f"{column.url}.publicity")[0] in (403, 404)


@pytest.mark.parametrize(("language", "title"), [("", "没有找到这个页面"), ("en/", "This page was not found")])
def test_a_recipe_brings_the_error_page_of_the_language(column: Server, kind: str, language: str, title: str) -> None:
    if not SERVERS[kind][1]:
        pytest.skip(f"{kind} has no recipe")
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"{column.url}{language}cases/no/such/page/")  # noqa: S310 - our own server
    assert f"<h1>{title}" in re.sub(r"<h1[^>]*>\s*", "<h1>", raised.value.read().decode().replace("<wbr>", ""))


@pytest.mark.parametrize("kind", ["nginx with the recipe", "http.server"], indirect=True)
def test_a_copy_for_visits_without_a_network_costs_little(browser: Browser, column: Server, kind: str) -> None:
    with counted(column) as line:
        costs = []
        for workers in ("block", "allow"):
            line.received = 0
            with browser.new_context(service_workers=workers) as context:
                page = context.new_page()
                page.goto(f"{line.url}assessment/")
                expect(page.locator(".score")).to_be_visible()
                tick(page, ["1.1.1"])
                wait_for_python(page)
                if workers == "allow":
                    expect(page.locator("form[data-engine]")).to_have_attribute("data-offline", "kept", timeout=30_000)
                costs.append(line.received)
        start, whole = costs
        assert start > 1_000_000
        assert whole <= KEPT_AT_MOST * start, f"{kind}: {whole:,} bytes, where Python alone takes {start:,}"
