"""What `serve` shows after an edit is what a whole build of the same content would show."""

import contextlib
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from conftest import PUBLICITY

POLICY = "content/jiangbei/policies/jbfbf-2023-65.md"
EDITED = ["", "policies/", "policies/jbfbf-2023-65/", "policies/feed.xml", "interpretations/jbfbf-2023-65-jiedu/", "events/",
          "events/sample-training/event.ics", "templates/office-rules.docx", "assessment/", "sw.js"]  # fmt: skip
UNTOUCHED = ["en/", "en/policies/jbfbf-2023-65/", "cases/"]


@dataclass
class Preview:
    """A running `publicity serve`; what it says is read line by line, so that nothing is waited for by the clock."""

    project: Path
    address: str
    said: IO[str]

    def wait(self, words: str) -> None:
        """Read on until a line holds some words."""
        lines = []
        for line in self.said:
            lines.append(line)
            if words in line:
                return
        raise AssertionError(f"never said `{words}`:\n{''.join(lines)}")

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.project / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def pages(self) -> dict[str, bytes]:
        """What it shows now, without the script that reloads a page."""
        found = {}
        for path in (*EDITED, *UNTOUCHED):
            with urllib.request.urlopen(f"http://{self.address}/{path}") as response:
                found[path] = response.read().partition(b"<script>\nvar livereload")[0]
        return found


@contextlib.contextmanager
def _preview(project: Path, address: str) -> Iterator[Preview]:
    command = [str(PUBLICITY), "--language", "en", "serve", "--address", address]
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as serving:
        try:
            running = Preview(project, address, serving.stdout)
            running.wait(f"Open http://{address}/ in a browser")
            yield running
        finally:
            serving.terminate()


@pytest.fixture
def address() -> str:
    """A free one. Two servers of one test take it in turn, because it stands in the pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def test_edits_show_as_in_a_whole_build(project: Path, address: str) -> None:
    with _preview(project, address) as preview:
        before = preview.pages()
        preview.edit(POLICY, "title: ", "title: 新改的")
        preview.wait("Rendered ")
        preview.edit(POLICY, "请遵照执行。", "请遵照执行。见[解读](../interpretations/jbfbf-2023-65-jiedu.md)。")
        preview.wait("Rendered ")
        preview.edit("content/jiangbei/events/sample-training.md", "title: ", "title: 新改的")
        preview.wait("Rendered ")
        preview.edit("content/shared/templates/office-rules.md", "title: ", "title: 新改的")
        preview.wait("Rendered ")
        edited = preview.pages()
    assert [path for path in edited if edited[path] != before[path]] == EDITED
    with _preview(project, address) as preview:
        assert preview.pages() == edited


def test_what_is_wider_than_an_edit_is_built_whole(project: Path, address: str) -> None:
    with _preview(project, address) as preview:
        preview.edit("overrides/page.html", '<div class="prose"', '<div data-new class="prose"')
        preview.wait("Built the whole site again")
        with urllib.request.urlopen(f"http://{preview.address}/about/") as response:
            assert b"data-new" in response.read()
        preview.edit("docs/assets/css/assessment/form.css", ".promises {", ".promises.new, .promises {")
        preview.wait("Built the whole site again")
        with urllib.request.urlopen(f"http://{preview.address}/assets/assessment.css") as response:
            assert b".promises.new" in response.read()
        preview.edit(POLICY, "issuer: ", "isuer: ")
        preview.wait("isuer")
        preview.wait("The preview stays as it was")
        preview.edit(POLICY, "isuer: ", "issuer: 新改的")
        preview.wait("Rendered ")  # the fault was never staged: what stands is still the last whole build
        preview.edit("content/jiangbei/region.yml", "  zh: 江北区商业秘密", "  zh: 新改的江北区商业秘密")
        preview.wait("Built the whole site again")
        assert "新改的江北区".encode() in preview.pages()["cases/"]
