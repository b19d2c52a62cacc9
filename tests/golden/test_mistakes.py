"""Typical mistakes of editors, as data: each is told in Chinese at its place, mended where it has one mend, and then left alone."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpers.mistakes import MISTAKES, mistaken_project, written
from publicity.cli import main


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mistaken_project(tmp_path_factory.mktemp("mistakes"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["--language", "zh", "check", *arguments])


def digest(root: Path) -> dict[str, str]:
    files = sorted(path for path in (root / "content").rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_there_are_more_than_forty() -> None:
    assert len(MISTAKES) > 40
    assert len({mistake["slip"] for mistake in MISTAKES}) == len(MISTAKES)


def test_mistakes_are_told_and_mended(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    told = {(one["path"], one["line"], one["code"]): one["text"] for one in json.loads(run("--format", "json").stdout)}
    missing = []
    for number, mistake in enumerate(MISTAKES):
        name, _, _, line = written(mistake, number)
        if not re.search("[\u4e00-\u9fff]", told.get((name, line, mistake["code"]), "")):
            missing.append((mistake["slip"], [key for key in told if key[0] == name]))
    assert missing == []

    before = digest(project)
    dry = run("--fix", "--dry-run")
    assert digest(project) == before
    mended = run("--fix")
    assert (mended.exit_code, dry.exit_code) == (1, 1)
    assert "处问题需要人来处理，涉及" in mended.stderr
    assert mended.stdout.splitlines()[:-1] == dry.stdout.splitlines()[:-1]
    other = []
    for number, mistake in enumerate(MISTAKES):
        name, text, fixed, _ = written(mistake, number)
        expected = fixed or text
        if (project / name).read_bytes() != expected.encode() or (f"+++ {name}" in mended.stdout) != (text != expected):
            other.append((mistake["slip"], (project / name).read_text(encoding="utf-8")))
    assert other == []
    left = json.loads(run("--format", "json").stdout)
    mended_files = {written(mistake, number)[0] for number, mistake in enumerate(MISTAKES) if mistake.get("fixed")}
    assert [(one["path"], one["line"], one["code"]) for one in left if one["path"] in mended_files] == []

    after = digest(project)
    again = run("--fix")
    assert digest(project) == after
    assert again.stdout == "没有可以自动修改的问题\n"
    assert again.stderr == mended.stderr
