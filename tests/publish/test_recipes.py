"""The recipes of docs/recipes/: sound by the schemas of their forges, and made of commands that there are."""

import json
import os
import re
import shlex
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from conftest import ROOT, run_publicity
from publicity.cli import main

RECIPES = ROOT / "docs" / "recipes"
_SCHEMAS = {
    "github.yml": "vendor.github-workflows",
    "gitea.yml": "vendor.github-workflows",
    "gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.mark.parametrize("name", _SCHEMAS)
def test_a_forge_takes_its_recipe(name: str) -> None:
    command = [
        str(Path(run_publicity.__globals__["PUBLICITY"]).with_name("check-jsonschema")),
        "--builtin-schema",
        _SCHEMAS[name],
    ]
    done = subprocess.run([*command, str(RECIPES / name)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in (*RECIPES.iterdir(), ROOT / ".pre-commit-hooks.yaml")]


def test_every_command_of_a_recipe_is_one() -> None:
    lines = [
        line for text in _texts() for line in re.findall(r"(?:bin/publicity|ExecStart=\S+) (.+)$", text, re.MULTILINE)
    ]
    for task in ET.parse(RECIPES / "publicity-publish.xml").iter("{*}Arguments"):  # noqa: S314 - our own
        lines.append(task.text or "")
    assert len(lines) >= 10
    for line in lines:
        name, *arguments = [word for word in shlex.split(line.partition(" >")[0].partition(";")[0]) if word != "\n"]
        command = main.commands[name]
        context = command.make_context(name, list(arguments))
        assert context.command is command


def test_windows_reads_the_encoding_of_its_task() -> None:
    """schtasks takes a file for ANSI or UTF-16, and refuses one that says to be UTF-8."""
    head, *_ = (RECIPES / "publicity-publish.xml").read_text(encoding="ascii").splitlines()
    assert head == '<?xml version="1.0"?>'


@pytest.mark.parametrize("name", ["github.yml", "gitea.yml"])
def test_what_is_wrong_is_told_beside_the_change_though_nothing_could_be_built(name: str) -> None:
    steps = yaml.safe_load((RECIPES / name).read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    at = {word: next(n for n, step in enumerate(steps) if word in step.get("run", "")) for word in ("build", " check ")}
    assert at[" check "] < at["build"] or steps[at[" check "]].get("if") == "always()"


def _publishing(name: str) -> tuple[str, str]:
    """What a recipe runs to publish, and how it gets the key to log in with: as the name of a file, or as its text."""
    recipe = yaml.safe_load((RECIPES / name).read_text(encoding="utf-8"))
    if "jobs" not in recipe:
        return "\n".join(recipe["publish"]["script"]), "file"
    step = recipe["jobs"]["publish"]["steps"][-1]
    assert "LOGIN_KEY" in step["env"]
    return step["run"], "text"


@pytest.mark.skipif(os.name == "nt", reason="forges run them under Linux")
@pytest.mark.parametrize("has_key", [True, False])
@pytest.mark.parametrize("name", _SCHEMAS)
def test_a_server_is_logged_in_to_with_a_key(tmp_path: Path, name: str, has_key: bool) -> None:
    script, form = _publishing(name)
    for program in (".venv/bin/publicity", "scripts/build"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / program).write_text('#!/bin/sh\necho "$1" >> said\n', encoding="utf-8")
        (tmp_path / program).chmod(0o755)
    (tmp_path / "given").write_text("a key\n", encoding="utf-8")
    given = {"LOGIN_KEY": {"file": str(tmp_path / "given"), "text": "a key"}[form]} if has_key else {}
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **given}
    subprocess.run(["sh", "-ec", script], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "said").read_text(encoding="utf-8").split()[-2:] == ["publish", "verify"]
    key = tmp_path / ".ssh" / "publicity-login"
    assert key.exists() == has_key
    if has_key:
        assert (key.read_text(encoding="utf-8"), key.stat().st_mode & 0o777) == ("a key\n", 0o600)


def test_nothing_in_them_is_of_one_region() -> None:
    regions = [path.parent.name for path in (ROOT / "content").glob("*/region.yml")]
    assert [region for region in regions for text in _texts() if region in text] == []


def test_every_recipe_stands_in_the_manual() -> None:
    manual = (ROOT / "docs" / "manuals" / "operators.md").read_text(encoding="utf-8")
    assert [path.name for path in RECIPES.iterdir() if path.name not in manual] == []


def test_the_hook_runs() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (ROOT / shlex.split(hook["entry"])[0]).exists()


_BAD = "policies/plan.md"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small region with two problems in one file."""
    import shutil

    shutil.copytree(ROOT / "tests" / "fixtures" / "base" / "content", tmp_path / "content")
    for name in ("docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "content/mini/policies/plan.md"
    text = file.read_text(encoding="utf-8").replace("../interpretations/plan-read.md", "nowhere%.md")
    file.write_text(text.replace("written: 2026-01-01", "written: 2026-13-01"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return file


@pytest.mark.usefixtures("broken")
def test_github_is_told_of_each_problem_at_its_line() -> None:
    done = CliRunner().invoke(main, ["--language", "en", "check", "--format", "github"])
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    found = re.compile(r"::error file=content/mini/policies/plan\.md,line=\d+,title=[a-z-]+::.+")
    assert lines
    assert all(found.fullmatch(line) for line in lines if "plan.md" in line)
    assert any(",line=5,title=bad-date::" in line for line in lines)


@pytest.mark.usefixtures("broken")
def test_gitlab_is_told_of_each_problem_at_its_line() -> None:
    done = CliRunner().invoke(main, ["--language", "en", "check", "--format", "gitlab"])
    assert done.exit_code == 1
    rows = json.loads(done.stdout)
    assert {"path": "content/mini/policies/plan.md", "lines": {"begin": 5}} in [row["location"] for row in rows]
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_sound_content_needs_no_annotation(broken: Path) -> None:
    text = broken.read_text(encoding="utf-8").replace("2026-13-01", "2026-01-01")
    broken.write_text(text.replace("nowhere%.md", "../interpretations/plan-read.md"), encoding="utf-8")
    for form, said in (("github", ""), ("gitlab", "[]\n")):
        done = CliRunner().invoke(main, ["check", "--format", form])
        assert (done.exit_code, done.stdout) == (0, said)
