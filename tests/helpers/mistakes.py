"""Typical mistakes of editors, as files of a project."""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from conftest import ROOT

_FILE = ROOT / "tests" / "golden" / "mistakes" / "mistakes.yml"
MISTAKES: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
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


def mistaken_project(root: Path) -> Path:
    """A project with a file for each mistake."""
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
