"""Word files in the manner of official documents become entries: the entry and what is told, as data in `word/`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import copy_checked_project
from helpers.word_files import CASES, write_case
from publicity.cli import main

EXPECTED = Path(__file__).parent / "word"
OFFICIAL = [name for name, (kind, _) in CASES.items() if kind in ("policy", "interpretation")]
FOLDERS = {"policy": "policies", "interpretation": "interpretations", "guide": "guides"}


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = copy_checked_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def _import(name: str, folder: Path, language: str = "zh") -> Result:
    file = write_case(name, folder)
    day = ("--region", "mini", "--today", "2026-11-26")
    return _run("--language", language, "import", str(file), CASES[name][0], name, *day)


@pytest.mark.parametrize("name", CASES)
def test_a_word_file_becomes_an_entry(name: str, project: Path, tmp_path: Path) -> None:
    done = _import(name, tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    written = project / "content/mini" / FOLDERS[CASES[name][0]] / f"{name}.md"
    assert written.read_text(encoding="utf-8") == (EXPECTED / f"{name}.md").read_text(encoding="utf-8")
    assert done.stdout == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_check_finds_then_has_been_told(name: str, project: Path, tmp_path: Path) -> None:
    told = _import(name, tmp_path).stdout
    problems = json.loads(_run("check", "--format", "json").stdout)
    assert {problem["code"] for problem in problems} <= {"image-without-text"}
    places = {f"{problem['path']}:{problem['line']}:" for problem in problems}
    assert all(place in told for place in places)
    assert len(problems) == told.count("还没有文字说明")


@pytest.mark.parametrize("name", OFFICIAL)
def test_no_character_of_an_official_document_is_lost(name: str, project: Path, tmp_path: Path) -> None:
    assert "相差0字\n" in _import(name, tmp_path).stdout


def test_what_is_told_is_in_the_language_of_the_run(project: Path, tmp_path: Path) -> None:
    done = _import("notice", tmp_path, "en")
    assert "0 of 358 characters differ" in done.stdout
    assert "content/mini/policies/notice.md:2: “title” was found in the original" in done.stdout
