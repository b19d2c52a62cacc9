"""The site on servers that are not set up for it, and below somebody else's portal."""

import http.server
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from conftest import Server, serve
from helpers.assessment import boxes, open_assessment, scores, tick, wait_for_python


class _WrongTypes(http.server.SimpleHTTPRequestHandler):
    """Knows no type but text/html: everything else is octet-stream, as on servers nobody configured."""

    protocol_version = "HTTP/1.1"

    def guess_type(self, path: object) -> str:
        kinds = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
        return kinds.get(Path(str(path)).suffix, "application/octet-stream")

    def log_message(self, *_: object) -> None:
        pass


def test_wrong_types_are_repaired(page: Page, site: Path) -> None:
    with serve(site, _WrongTypes) as server:
        open_assessment(page, server)
        tick(page, boxes(page))
        wait_for_python(page)
        assert scores(page, "total", "bonus") == {"total": "100", "bonus": "5"}


@pytest.mark.parametrize("language", ["", "en/"])
def test_below_a_portal_all_links_hold(page: Page, site: Path, tmp_path: Path, language: str) -> None:
    shutil.copytree(site, tmp_path / "ztzl" / "symm")
    with serve(tmp_path) as server:
        column = Server(server.url + "ztzl/symm/", tmp_path)
        failures: list[str] = []
        page.on("response", lambda response: failures.append(response.url) if response.status >= 400 else None)
        page.goto(column.url + language)
        page.get_by_role("link", name={"": "政策文件", "en/": "Policies"}[language]).first.click()
        page.locator(".cards a").first.click()
        assert page.url == f"{column.url}{language}policies/jbfbf-2023-65/"
        open_assessment(page, column, language)
        tick(page, ["1.1.1"])
        wait_for_python(page)
        assert scores(page, "total") == {"total": "3"}
        assert failures == []
