"""Content that is right or wrong, as data: each case in `cases/` lays files over `tests/fixtures/base/` and says what the command must answer."""

import datetime
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from publicity.cli import main
from publicity.dates import clock_day

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "fixtures" / "base"
CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE / "content", tmp_path / "content")
    for name in ("docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the site as it was", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


@pytest.mark.parametrize("case_file", CASES, ids=lambda path: path.stem)
def test_content(case_file: Path, project: Path) -> None:
    case = yaml.safe_load(case_file.read_text(encoding="utf-8"))
    _lay(case, project)
    site = _digest(project / "site")
    arguments = case.get("arguments", [])

    found = _run("--language", "en", "check", "--format", "json", *arguments)

    problems = json.loads(found.stdout)
    assert _told(problems, case) == _expected(case)
    assert found.exit_code == (1 if problems else 0)
    checked = _run("--language", "en", "check", *arguments)
    if not problems:
        assert checked.stderr.splitlines() == case.get("notes", [])
        return
    assert (checked.exit_code, len(checked.stderr.splitlines())) == (1, len(problems) + 1)
    if "--release" in arguments:  # what a release refuses may be looked at
        return
    built = _run("--language", "en", "build", "mini")
    assert (built.exit_code, built.stderr) == (1, checked.stderr)
    assert _digest(project / "site") == site
    assert isinstance(built.exception, SystemExit)


def test_a_day_counts_until_it_is_over(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock_day() + datetime.timedelta(days=2)  # what the run says, and not what the clock says meanwhile
    noon = datetime.datetime(today.year, today.month, today.day, 4, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
    guide = """---
title: 示例指引
audience: enterprise
published: {published}
{more}
summary: 分三步走。
source: {{name: 示例, checked: {checked}}}
review: {{status: pending}}
---

{body}
"""
    told: list[set[str]] = []
    for late in (datetime.timedelta(0), datetime.timedelta(days=1)):
        usual = {"published": "2026-01-02", "checked": "2026-01-02", "more": "", "body": "正文。"}
        guides = {
            "ends": {"more": f"expires: {today - late}"},
            "checked": {"checked": f"{today + late}"},
            "ahead": {"published": f"{today + datetime.timedelta(days=31) + late}"},
            "held": {"published": f"{today + late}", "more": f"embargo: {today + late}"},
            "leads": {"body": "见[另一份指引](held.md)。"},
        }
        _lay(
            {"files": {f"content/mini/guides/{name}.md": guide.format(**usual | own) for name, own in guides.items()}},
            project,
        )
        rows = json.loads(_run("check", "--release", "--format", "json").stdout)
        told.append({f"{Path(row['path']).stem} {row['code']}" for row in rows if "/guides/" in row["path"]})
    assert told[1] - told[0] == {"ends expired", "checked day-to-come", "ahead far-ahead", "leads under-embargo"}


def _lay(case: dict[str, Any], project: Path) -> None:
    """Write what a case lays over the base. `copies` are of files below `tests/fixtures`; `long` files hold a head, then a text many
    times, then a tail. What stands where a link goes is moved to `elsewhere`."""
    files = {name: text.encode() for name, text in case.get("files", {}).items()}
    files |= {name: bytes.fromhex(digits) for name, digits in case.get("bytes", {}).items()}
    files |= {name: (BASE.parent / copied).read_bytes() for name, copied in case.get("copies", {}).items()}
    files |= {
        name: (head + text * times + tail).encode() for name, (head, text, times, tail) in case.get("long", {}).items()
    }
    for name, content in files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(content)
    for name, target in case.get("links", {}).items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (project / name).exists():
            (project / name).rename(project / "elsewhere")
        (project / name).symlink_to(target.replace("{project}", str(project)))
    for name in case.get("pipes", []):
        os.mkfifo(project / name)


def _expected(case: dict[str, Any]) -> list[str]:
    """Each problem in one line: `path:line code {values}`, or its English sentence where the case still gives that."""
    today = clock_day().isoformat()
    lines = [problem if isinstance(problem, str) else _line(problem) for problem in case.get("problems", [])]
    return sorted(line.replace("{today}", today) for line in lines)


def _told(problems: list[dict[str, Any]], case: dict[str, Any]) -> list[str]:
    """The same of what was told."""
    as_data = any(isinstance(problem, dict) for problem in case.get("problems", []))
    return sorted(
        _line({"at": f"{problem['path']}:{problem['line']}", "code": problem["code"], "values": problem["values"]})
        if as_data
        else f"{problem['path']}:{problem['line']}: {problem['text']}"
        for problem in problems
    )


def _line(problem: dict[str, Any]) -> str:
    values = json.dumps(problem.get("values", {}), ensure_ascii=False, sort_keys=True, default=str)
    return f"{problem['at']} {problem['code']} {values}"
