"""The server of a preview: the headers of the site, and nobody served who asks for another host."""

import html
import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import copy_project
from helpers.preview import Preview, free_address, open_preview, start_preview
from publicity.servers.headers import CONTENT_SECURITY_POLICY, HEADERS


@pytest.fixture(name="preview", scope="module")
def _preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with open_preview(copy_project(tmp_path_factory.mktemp("preview")), free_address()) as running:
        yield running


def answer(address: str, path: str, host: str | None) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer to a request that names a host, or none."""
    connection = http.client.HTTPConnection(address)
    connection.putrequest("GET", path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    text = response.read().decode(errors="replace")
    connection.close()
    return response.status, dict(response.getheaders()), text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/about/", 200), ("/assessment/", 200), ("/sw.js", 200), ("/nowhere/", 404), ("/about", 302)],
)
def test_answers_bear_the_headers_of_the_site(preview: Preview, path: str, status: int) -> None:
    told, headers, _ = answer(preview.address, path, preview.address)
    assert told == status
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_pages_state_the_policy_and_hold_no_script(preview: Preview) -> None:
    page = answer(preview.address, "/about/", preview.address)[2]
    assert f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">' in html.unescape(page)
    assert re.findall(r'<script(?! type="application/ld\+json">)(?![^>]*src=)[^>]*>', page) == []  # data, or a file
    (script,) = re.findall(r'<script src="(/livereload/[^"]*)">', page)
    status, headers, text = answer(preview.address, script, preview.address)
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "location.reload()" in text
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("name", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(preview: Preview, name: str) -> None:
    port = preview.address.rpartition(":")[2]
    assert answer(preview.address, "/", name.format(port=port))[0] == 200


@pytest.mark.parametrize(
    "name",
    [None, "", "127.0.0.1", "localhost", "127.0.0.1:1", "evil.example:{port}", "localhost.evil.example:{port}",
     "localhost:{port}.evil.example", "localhost:{port}@evil.example", "127.0.0.2:{port}", "0.0.0.0:{port}"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/livereload/0/1", "/livereload/0/1.js", "/nowhere/"])
def test_other_names_are_refused(preview: Preview, name: str | None, path: str) -> None:
    port = preview.address.rpartition(":")[2]
    status, headers, text = answer(preview.address, path, name.format(port=port) if name else name)
    assert status == 421
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"open http://{preview.address}/" in text
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


COPY = "/newsletter/issue-4/copy/"


def test_an_issue_leads_to_what_wechat_is_given(preview: Preview, page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"http://{preview.address}/newsletter/issue-4/")
    page.locator("[data-copy-page] a").click()
    expect(page).to_have_url(f"http://{preview.address}{COPY}")
    for button in page.locator("[data-copy]").all():
        button.click()
        expect(page.locator("[data-status]")).to_contain_text("Copied")
    assert page.locator("img").evaluate_all("all => all.every(one => one.complete && one.naturalWidth > 0)")
    assert faults == []
    for path, status in ((COPY, 200), (f"{COPY}cover.png", 200), (f"{COPY}static/copy.js", 200), (f"{COPY}nothing.png", 404),
                         (f"{COPY}static/edit.js", 404), ("/newsletter/issue-44/copy/", 200)):  # fmt: skip
        told, headers, text = answer(preview.address, path, preview.address)
        assert (path, told) == (path, status)
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "has no issue “issue-44”" in text
    assert answer(preview.address, COPY, "evil.example")[0] == 421


def test_who_can_see_it_is_told_where_it_is_not_this_machine_alone(small: Path) -> None:
    port = free_address().rpartition(":")[2]
    with start_preview(small, f"0.0.0.0:{port}") as preview:
        before = preview.wait(f"Open http://127.0.0.1:{port}/ in a browser")
        (warning,) = [line for line in before if "can see this preview" in line]
        assert f"0.0.0.0:{port}" in warning
        for name, status in ((f"127.0.0.2:{port}", 200), (f"192.0.2.1:{port}", 421), (f"evil.example:{port}", 421)):
            assert answer(f"127.0.0.1:{port}", "/", name)[0] == status


def test_the_usual_preview_is_for_this_machine_alone(small: Path) -> None:
    address = free_address()
    with start_preview(small, address) as preview:
        before = preview.wait(f"Open http://{address}/ in a browser")
    assert [line for line in before if "can see" in line] == []
