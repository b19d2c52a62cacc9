"""The commands that editors type."""

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import PUBLICITY, run_publicity


@pytest.mark.parametrize("kind", ["policy", "interpretation"])
def test_a_new_stub_passes_the_check(project: Path, kind: str) -> None:
    done = run_publicity("new", kind, "a-new-one", cwd=project)
    assert done.returncode == 0, done.stderr
    written = project / re.search(r"content/\S+\.md", done.stdout)[0]
    assert written.is_file()
    checked = run_publicity("check", cwd=project)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_new_region_builds_at_once(project: Path) -> None:
    assert run_publicity("new", "region", "nowhere", cwd=project).returncode == 0
    for region in ("nowhere", "guanxian", "jiangbei"):
        done = run_publicity("build", region, cwd=project)
        assert done.returncode == 0, done.stderr
    assert run_publicity("check", cwd=project).returncode == 0
    assert run_publicity("new", "region", "nowhere", cwd=project).returncode == 2


@pytest.mark.parametrize("kind", ["regulation", "case", "country", "template", "guide", "alert", "event", "newsletter"])
def test_stubs_of_every_kind_pass_the_check(project: Path, kind: str) -> None:
    done = run_publicity("new", kind, "a-new-one", cwd=project)
    assert done.returncode == 0, done.stderr
    checked = run_publicity("check", cwd=project)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["polcy", "x"], "no kind `polcy`; did you mean `policy`?"),
        (["policy", "Not An Address"], "`Not An Address` makes no address"),
        (["policy", "jbfbf-2023-65"], "content/jiangbei/policies/jbfbf-2023-65.md is already there"),
        (["policy", "x", "--region", "nowhere"], "no region `nowhere`"),
    ],
)
def test_new_refuses_in_a_sentence(project: Path, arguments: list[str], message: str) -> None:
    done = run_publicity("new", *arguments, cwd=project)
    assert done.returncode == 2
    assert message in done.stderr


def test_check_reports_only_the_paths_asked_for(project: Path) -> None:
    for name in ("policies/a.md", "interpretations/b.md"):
        (project / "content/jiangbei" / name).write_text("", encoding="utf-8")
    done = run_publicity("check", "content/jiangbei/policies", cwd=project)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "content/jiangbei/policies/a.md:1: the file is empty; write its content or delete it",
        "1 problem in 1 file; nothing was written.",
    ]


def test_serve_shows_an_edit(project: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PUBLICITY), "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
        try:
            address = f"http://127.0.0.1:{port}/"
            assert "江北区商业秘密保护宣传专栏" in _fetch_until(address, "</html>")
            page = project / "docs" / "about.md"
            page.write_text(page.read_text(encoding="utf-8") + "\n一句新写的话。\n", encoding="utf-8")
            assert "一句新写的话" in _fetch_until(f"{address}about/", "一句新写的话")
        finally:
            serving.terminate()


def _fetch_until(address: str, text: str, patience: float = 60) -> str:
    """Ask until an answer holds the text, or patience ends; the last answer is returned."""
    deadline = time.monotonic() + patience
    answer = ""
    while text not in answer and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own server
                answer = response.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            continue
    return answer
