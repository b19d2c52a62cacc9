"""What `serve` shows after an edit is what a whole build of the same content would show."""

import re
import socket
import urllib.request
from pathlib import Path

import pytest

from conftest import run_publicity
from helpers.preview import Preview, free_address, open_preview

POLICY = "content/jiangbei/policies/jbfbf-2023-65.md"
EDITED = ["policies/", "policies/jbfbf-2023-65/", "policies/feed.xml", "interpretations/jbfbf-2023-65-jiedu/", "events/",
          "events/sample-training/event.ics", "templates/office-rules.docx", "assessment/", "sw.js"]  # fmt: skip
UNTOUCHED = ["en/", "en/policies/jbfbf-2023-65/", "cases/"]


def served(preview: Preview, path: str) -> bytes:
    """What it shows now, without the script that reloads a page."""
    with urllib.request.urlopen(f"http://{preview.address}/{path}") as response:
        return re.sub(rb'<script src="/livereload/[0-9/]+\.js"></script>', b"", response.read())


def shown(preview: Preview) -> dict[str, bytes]:
    """All that the edits of the test below are about."""
    return {path: served(preview, path) for path in (*EDITED, *UNTOUCHED)}


@pytest.fixture
def address() -> str:
    """A free one. Two servers of one test take it in turn, because it stands in the pages."""
    return free_address()


def test_edits_show_as_in_a_whole_build(project: Path, address: str) -> None:
    with open_preview(project, address) as preview:
        before = shown(preview)
        preview.edit(POLICY, "title: ", "title: 新改的")
        preview.wait("Rendered ")
        preview.edit(POLICY, "请遵照执行。", "请遵照执行。见[解读](../interpretations/jbfbf-2023-65-jiedu.md)。")
        preview.wait("Rendered ")
        preview.edit("content/jiangbei/events/sample-training.md", "title: ", "title: 新改的")
        preview.wait("Rendered ")
        preview.edit("content/shared/templates/office-rules.md", "title: ", "title: 新改的")
        preview.wait("Rendered ")
        edited = shown(preview)
    assert [path for path in edited if edited[path] != before[path]] == EDITED
    with open_preview(project, address) as preview:
        assert shown(preview) == edited


def test_what_is_wider_than_an_edit_is_built_whole(small: Path, address: str) -> None:
    plan = "content/mini/policies/plan.md"
    with open_preview(small, address) as preview:
        preview.edit("overrides/page.html", '<div class="prose"', '<div data-new class="prose"')
        preview.wait("Built the whole site again")
        assert b"data-new" in served(preview, "about/")
        preview.edit("docs/assets/css/frame.css", ".site-header {", ".site-header.new, .site-header {")
        preview.wait("Built the whole site again")
        (sheet,) = re.findall(r"assets/[0-9a-f]+/site\.css", served(preview, "about/").decode())
        assert b".site-header.new" in served(preview, sheet)
        preview.edit(plan, "issuer: ", "isuer: ")
        preview.wait("isuer")
        preview.wait("The preview stays as it was")
        preview.edit(plan, "isuer: ", "issuer: 新改的")
        preview.wait("Rendered ")  # the fault was never staged: what stands is still the last whole build
        preview.edit("content/mini/region.yml", "title: {zh: ", "title: {zh: 新改的")
        preview.wait("Built the whole site again")
        assert "新改的示例区".encode() in served(preview, "policies/")


def test_previews_of_one_region_do_not_take_edits_from_each_other(small: Path) -> None:
    with open_preview(small, free_address()) as one, open_preview(small, free_address()) as other:
        assert run_publicity("build", cwd=small).returncode == 0
        one.edit("content/mini/policies/plan.md", "issuer: ", "issuer: 新改的")
        for preview in (one, other):
            preview.wait("Rendered ")
            assert "新改的".encode() in served(preview, "policies/plan/")


def test_a_taken_port_is_told_before_anything_is_built(project: Path) -> None:
    before = {file.name for file in (project / "build").iterdir()}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run_publicity("--language", "en", "serve", "--address", address, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"another program uses the port of “{address}”" in done.stderr
    assert "Traceback" not in done.stderr
    assert {file.name for file in (project / "build").iterdir()} == before  # what the tests share, and nothing more


def test_an_address_of_another_machine_is_told(project: Path) -> None:
    done = run_publicity("--language", "en", "serve", "--address", "192.0.2.1:8000", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "“192.0.2.1:8000” cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
