"""Typical mistakes of editors, as data: each is told in Chinese at its place, mended where it has one mend, and then left alone."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from PIL import Image

from conftest import ROOT
from publicity.cli import main

HERE = Path(__file__).parent / "mistakes"
MISTAKES: list[dict[str, Any]] = yaml.safe_load((HERE / "mistakes.yml").read_text(encoding="utf-8"))
FRONT = {
    "policies": """title: 示例方案
document_number: 示例〔2026〕1号
issuer: 示例局
written: 2026-01-01
published: 2026-01-02
validity: {status: in_force, checked: 2026-01-02}
summary: 一份示例方案。
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}""",
    "guides": """title: 示例指引
audience: enterprise
published: 2026-01-02
summary: 一份示例指引。
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}""",
}


def written(mistake: dict[str, Any], number: int) -> tuple[str, str, str | None, int]:
    """The file of a mistake by its path, its text, its text once mended, and the line of the problem."""
    collection = mistake.get("collection", "policies")
    root = "content/shared" if collection == "guides" else "content/mini"
    name = f"{root}/{collection}/{mistake.get('file', f'mistake-{number}.md')}"
    front, body, dashes = FRONT[collection], "正文。\n", "---"
    line, fixed = mistake.get("line", 1), mistake.get("fixed")
    if "front" in mistake:
        key = re.match(r"[\s　]*(\w+)", mistake["front"])
        rows = front.split("\n")
        place = next((at for at, row in enumerate(rows) if key and row.startswith(f"{key[1]}:")), 6)
        wrong, right = ("\n".join([*rows[:place], new or "", *rows[place + 1 :]]) for new in (mistake["front"], fixed))
        texts = [f"---\n{front}\n---\n\n{body}" for front in (wrong, right)]
        line += place + 1
    elif "dashes" in mistake:
        texts = [f"---\n{front}\n{dashes}\n\n{body}" for dashes in (mistake["dashes"], fixed)]
    elif "body" in mistake:
        texts = [f"---\n{front}\n---\n\n{body}" for body in (mistake["body"], fixed)]
        line += front.count("\n") + 4
    else:
        texts = [f"---\n{front}\n{dashes}\n\n{body}"] * 2
    return name, texts[0], texts[1] if fixed else None, line


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("mistakes")
    shutil.copytree(ROOT / "tests" / "fixtures" / "base" / "content", root / "content")
    for name in ("docs", "overrides", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for number, mistake in enumerate(MISTAKES):
        name, text, _, _ = written(mistake, number)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode(mistake.get("encoding", "utf-8")))
    for folder in ("content/mini/policies", "content/shared/guides"):
        Image.new("RGB", (4, 4)).save(root / folder / "flow.png")
    return root


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
