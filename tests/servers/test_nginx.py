"""The column at `/ztzl/symm/` below a portal, under a real nginx with the recipe that `publicity nginx` prints."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import SITE_URL, Server, Watch, run_publicity
from helpers.assessment import boxes, open_assessment, scores, tick, wait_for_python
from publicity.servers.recipes import MEDIA_TYPES

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/client;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/portal;
        include {folder}/symm.conf;
    }}
}}
"""


@contextlib.contextmanager
def _nginx(folder: Path) -> Iterator[Server]:
    """Run nginx over `folder/portal` with `folder/symm.conf` until the block ends."""
    binary = os.environ.get("PUBLICITY_NGINX") or shutil.which("nginx")
    if not binary:
        pytest.skip("no nginx: the recipe is not tried (Debian: apt install nginx-light, or run ./scripts/test)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    types = Path(binary).parents[2] / "etc" / "nginx" / "mime.types"
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, types=types, port=port), encoding="utf-8")
    command = [binary, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command) as running:
        try:
            server = Server(f"http://127.0.0.1:{port}/ztzl/symm/", folder / "portal")
            deadline = time.monotonic() + 30
            while not _answers(port) and time.monotonic() < deadline:
                assert running.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            yield server
        finally:
            running.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _ask(address: str) -> tuple[int, Message]:
    """The status and headers of an answer, redirects not followed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(_Stay).open(request) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


@pytest.fixture(name="column", scope="module")
def _column(addressed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site of 江北区 with a renamed case where the portal has it."""
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copytree(addressed, folder / "portal" / "ztzl" / "symm")
    recipe = run_publicity("nginx", "--site-url", SITE_URL, cwd=addressed.parent)
    assert recipe.returncode == 0, recipe.stderr
    (folder / "symm.conf").write_text(recipe.stdout, encoding="utf-8")
    with _nginx(folder) as server:
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
    status, headers = _ask(column.url)
    assert status == 200
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert (headers["Content-Encoding"], headers["Cache-Control"]) == ("gzip", "no-cache")
    engine = next((column.folder / "ztzl" / "symm" / "engine").iterdir())
    status, headers = _ask(f"{column.url}engine/{engine.name}/python-snapshot.wasm")
    assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, "application/wasm", "gzip")
    assert "immutable" in headers["Cache-Control"]
    site = column.folder / "ztzl" / "symm"
    for pattern in ("assets/*/site.css", "search/index-*/terms/0.json", "en/search/index-*/terms/0.json"):
        (file,) = site.glob(pattern)
        assert "immutable" in _ask(column.url + file.relative_to(site).as_posix())[1]["Cache-Control"]
    assert _ask(f"{column.url}search/index.json")[1]["Cache-Control"] == "no-cache"
    for language in ("", "en/"):
        status, headers = _ask(f"{column.url}{language}cases/old-name/")
        assert status == 301
        assert headers["Location"].endswith(f"/ztzl/symm/{language}cases/carbomer-2020/")
        status, headers = _ask(f"{column.url}{language}cases/no/such/page/")
        assert (status, headers["Cache-Control"]) == (404, "no-cache")
        assert "Content-Security-Policy" in headers
    assert _ask(f"{column.url}web.config")[0] == 404


def test_nginx_sends_attachments_and_media_with_their_types(column: Server) -> None:
    folder = column.folder / "ztzl" / "symm" / "guides"
    for ending, kind in MEDIA_TYPES.items():
        (folder / f"file{ending}").write_bytes(b"x")
        status, headers = _ask(f"{column.url}guides/file{ending}")
        assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"] == "text/vtt"  # always UTF-8
    assert _ask(f"{column.url}guides/.hidden.pdf")[0] == 404
    status, headers = _ask(f"{column.url}events/sample-reply.ofd")
    assert (status, headers["Content-Type"]) == (200, "application/ofd")
