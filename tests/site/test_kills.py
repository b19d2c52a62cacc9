"""Builds that are killed: the site is whole, old or new, and the next build finds and leaves nothing behind."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from conftest import PUBLICITY, copy_small_project, run_publicity

CASES = int(os.environ.get("PUBLICITY_KILLS", "6"))
"""How many builds are killed at random moments."""

_AIMED = {
    "before the exchange": "exchange.exchange = lambda *_: die()",
    "after the exchange": "real = exchange.exchange; exchange.exchange = lambda *a: (real(*a), die())",
    "before the first of two moves": "kill_at(before=0)",
    "between the two moves": "kill_at(before=1)",
    "after both moves": "kill_at(before=2)",
}
_RUN = """
import os, signal, sys
from pathlib import Path
from publicity.swap import exchange
def die(): os.kill(os.getpid(), signal.SIGKILL)
def kill_at(before):
    real, moves = Path.rename, []
    def rename(self, target):
        if len(moves) == before: die()
        moves.append(target)
        real(self, target)
        if len(moves) == before == 2: die()
    def unable(*_):
        Path.rename = rename
        return False
    exchange.exchange = unable
{aim}
from publicity.cli import main
main(["build", "mini", "--out", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small region, built once, so that there is a site to keep."""
    folder = copy_small_project(tmp_path_factory.mktemp("kills") / "project")
    done = run_publicity("build", "mini", "--out", "../out/site", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def _assert_whole(site: Path) -> None:
    rows = (row.split("  ", 1) for row in (site / "manifest.sha256").read_text(encoding="utf-8").splitlines())
    expected = {path: digest for digest, path in rows}
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert files.keys() == {*expected, "manifest.sha256"}
    for path, digest in expected.items():
        assert hashlib.sha256(files[path].read_bytes()).hexdigest() == digest


def _assert_nothing_left(project: Path) -> None:
    assert [path.name for path in (project / "build").iterdir() if path.name.startswith("making-")] == []
    assert [path.name for path in (project.parent / "out").iterdir()] == ["site"]


def test_a_build_killed_at_any_moment_leaves_a_whole_site(project: Path) -> None:
    chance = random.Random(os.environ.get("PUBLICITY_SEED", "2026"))  # noqa: S311 - no secret
    for _ in range(CASES):
        building = subprocess.Popen(
            [str(PUBLICITY), "build", "mini", "--out", "../out/site"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        family = psutil.Process(building.pid)
        children: list[psutil.Process] = []
        try:
            building.wait(timeout=chance.uniform(0.2, 4))
        except subprocess.TimeoutExpired:
            children = family.children(recursive=True)
            building.send_signal(signal.SIGKILL)
            building.wait()
        assert psutil.wait_procs(children, timeout=30)[1] == []  # nobody outlives the build
        if (project.parent / "out" / "site").exists():
            _assert_whole(project.parent / "out" / "site")
    _assert_whole_after_the_next_build(project)


@pytest.mark.skipif(os.name == "nt", reason="the aim is at Linux and macOS")
@pytest.mark.parametrize("aim", _AIMED)
def test_a_build_killed_at_the_swap_leaves_a_whole_site(project: Path, aim: str) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _RUN.format(aim=_AIMED[aim]), "../out/site"],
        cwd=project,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    if aim != "between the two moves":  # there the site is put back at the start of the next build
        _assert_whole(project.parent / "out" / "site")
    # A build that fails later brings the old site back all the same.
    failed = run_publicity("build", "nowhere", "--out", "../out/site", cwd=project)
    assert failed.returncode == 2
    _assert_whole_after_the_next_build(project)


def _assert_whole_after_the_next_build(project: Path) -> None:
    done = run_publicity("build", "mini", "--out", "../out/site", cwd=project)
    assert done.returncode == 0, done.stderr
    _assert_whole(project.parent / "out" / "site")
    _assert_nothing_left(project)


def test_files_that_no_build_made_are_named_and_kept(project: Path) -> None:
    stranger = project.parent / "out" / "site" / ".well-known" / "verify.txt"
    stranger.parent.mkdir()
    stranger.write_text("x", encoding="utf-8")
    refused = run_publicity("--language", "en", "build", "mini", "--out", "../out/site", cwd=project)
    assert refused.returncode == 2
    assert ".well-known/verify.txt" in refused.stderr
    assert stranger.exists()
    shutil.rmtree(stranger.parent)


def test_a_folder_with_a_manifest_of_others_is_not_ours(project: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs.txt").write_text("x", encoding="utf-8")
    digest = hashlib.sha256(b"x").hexdigest()
    (tmp_path / "manifest.sha256").write_text(f"{digest}  theirs.txt\n", encoding="utf-8")
    assert run_publicity("build", "mini", "--out", str(tmp_path), cwd=project).returncode == 2
    assert (tmp_path / "theirs.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="there is no umask")
def test_a_web_server_can_read_the_site_whatever_the_umask(project: Path) -> None:
    umask = os.umask(0o077)
    try:
        done = run_publicity("build", "mini", "--out", "../out/site", cwd=project)
    finally:
        os.umask(umask)
    assert done.returncode == 0, done.stderr
    for path in (project.parent / "out" / "site").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)
