"""A small region in a git repository of its own, from which releases are published."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from conftest import PUBLICITY, copy_small_project
from helpers.warm import WarmCommand
from publicity.publish.place import Place
from publicity.publish.release import change_of, read_manifest
from publicity.work.progress import Progress

SITE_URL = "https://www.example.gov.cn/ztzl/symm/"
NAME = "manifest.sha256"
_GIT = {
    "GIT_AUTHOR_NAME": "x",
    "GIT_AUTHOR_EMAIL": "x@example.com",
    "GIT_COMMITTER_NAME": "x",
    "GIT_COMMITTER_EMAIL": "x@example.com",
}
_PAGE = """---
title: {title}
document_number: 示例〔2026〕{number}号
issuer: 示例局
written: 2026-01-01
published: 2026-01-02
validity: {{status: in_force, checked: 2026-01-02}}
summary: {title}。
source: {{name: 示例, checked: 2026-01-02}}
review: {{status: pending}}
---

{title}的正文。
"""


@dataclass(frozen=True)
class Office:
    """A project that its editors commit to and its operators publish."""

    root: Path
    command: WarmCommand | None = None

    @property
    def cold(self) -> "Office":
        """The same, by the program as people start it."""
        return replace(self, command=None)

    def run(self, *arguments: str, today: str = "2026-11-26", **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line: a process of its own each time, that has loaded the program already where there is one to split off."""
        day = ["--today", today] if arguments[0] == "publish" else []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PUBLICITY_")}
        words = ["--language", "en", *arguments, *day]
        if self.command:
            return self.command.run(words, self.root, environment | variables)
        return subprocess.run(
            [str(PUBLICITY), *words],
            cwd=self.root,
            env=environment | variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def publish(self, target: str | Path, *options: str, **variables: str) -> str:
        """Publish although the small region is not complete; returns what was said."""
        done = self.run("publish", str(target), "--site-url", SITE_URL, "--anyway", *options, **variables)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        return done.stdout

    def said(self, *arguments: str, status: int = 0, **variables: str) -> str:
        """What a command says, on either stream, that ends with a status."""
        done = self.run(*arguments, **variables)
        assert done.returncode == status, done.stdout[-2000:] + done.stderr
        return done.stdout + done.stderr

    def write(self, path: str, text: str) -> None:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def policy(self, slug: str, number: int = 7) -> None:
        """Write one more document."""
        self.write(f"content/mini/policies/{slug}.md", _PAGE.format(title=f"示例文件{number}", number=number))

    def remove(self, path: str) -> None:
        """Delete a file of the project."""
        (self.root / path).unlink()

    def commit(self) -> str:
        """Commit all that is there; returns the commit."""
        for command in (("add", "--all"), ("commit", "--quiet", "--allow-empty", "--message", "x")):
            subprocess.run(["git", *command], cwd=self.root, env=os.environ | _GIT, check=True)
        said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=self.root, capture_output=True, text=True, check=True)
        return said.stdout.strip()


@pytest.fixture(scope="session")
def command() -> Iterator[WarmCommand | None]:
    """The program, loaded once for all tests of this process, where processes can split themselves."""
    warm = WarmCommand() if hasattr(os, "fork") else None
    yield warm
    if warm:
        warm.end()


@pytest.fixture(scope="module")
def office(command: WarmCommand | None, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A new one for each module of tests."""
    folder = copy_small_project(tmp_path_factory.mktemp("office") / "project")
    (folder / ".gitignore").write_text("/build/\n/site/\n/node_modules\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    office = Office(folder, command)
    office.commit()
    return office


def tree(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest(folder: Path) -> dict[str, str]:
    """What a site's manifest lists."""
    rows = (row.split("  ", 1) for row in (folder / NAME).read_text(encoding="utf-8").splitlines())
    return {path: digest for digest, path in rows}


def assert_whole(folder: Path, *besides: str) -> None:
    """Every file is as the manifest says, and nothing else is there but what is named."""
    files = tree(folder)
    assert {path: digest for path, digest in files.items() if path not in (NAME, f"{NAME}.sig", *besides)} == manifest(
        folder
    )


def release(folder: Path, **files: str) -> Path:
    """A release of few files, with its manifest."""
    for path, text in {"index.html": "home", "pages/one.html": "one", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    rows = [f"{digest}  {path}\n" for path, digest in tree(folder).items()]
    (folder / NAME).write_text("".join(rows), encoding="utf-8")
    return folder


def put(place: Place, fresh: Path) -> None:
    """Show a release at a place, as `publicity publish` does when it is built."""
    hashes = read_manifest((fresh / NAME).read_bytes())
    place.put(fresh, hashes, change_of(place.look(fresh), hashes), Progress())
