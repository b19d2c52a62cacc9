"""The day of a build: the same day gives the same bytes in every zone, and another one changes only what shows it."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from conftest import PUBLICITY, copy_small_project
from helpers.events import ALERT

_PHASES = """
phases:
  - name: {zh: 甲, en: A}
    period: {zh: 2026年11月, en: November 2026}
    start: 2026-11-01
    end: 2026-11-30
    text: {zh: 甲, en: A}
  - name: {zh: 乙, en: B}
    period: {zh: 2026年12月起, en: From December 2026}
    start: 2026-12-01
    end: null
    text: {zh: 乙, en: B}
"""


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small region with a plan, and an alert that expires."""
    folder = copy_small_project(tmp_path_factory.mktemp("days"))
    with (folder / "content/mini/region.yml").open("a", encoding="utf-8") as region:
        region.write(_PHASES)
    (folder / "content/mini/alerts").mkdir()
    (folder / "content/mini/alerts/travel.md").write_text(
        ALERT.format(title="示例提示", expires="2026-11-30"), encoding="utf-8"
    )
    return folder


def _built(project: Path, out: str, *arguments: str, **environment: str) -> dict[str, bytes]:
    known = {name: value for name, value in os.environ.items() if name not in ("PUBLICITY_REGION", "SOURCE_DATE_EPOCH")}
    command = [str(PUBLICITY), "build", "mini", "--out", f"build/{out}", *arguments]
    done = subprocess.run(command, cwd=project, env=known | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    site = project / "build" / out
    names = {path: path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    files: dict[str, bytes] = {}
    for path, name in sorted(names.items()):  # the rules of all indexes together: each file is named by its own
        key = re.sub(r"(filters|search/index)-[0-9a-f]+", r"\1", name)  # and a search index by all that it holds
        files[key] = files.get(key, b"") + path.read_bytes()
    return files


def test_only_what_shows_the_day_differs_on_another(project: Path) -> None:
    east = _built(project, "east", "--today", "2026-11-25", TZ="Pacific/Kiritimati")
    west = _built(project, "west", TZ="America/Los_Angeles", SOURCE_DATE_EPOCH="1795536000")  # midnight of it in China
    later = _built(project, "later", "--today", "2026-12-25")

    assert east == west
    assert east.keys() == later.keys()
    assert {name for name in east if east[name] != later[name]} == {
        "index.html",
        "en/index.html",
        "alerts/index.html",
        "en/alerts/index.html",
        "alerts/travel/index.html",
        "en/alerts/travel/index.html",
        "assets/filters.css",  # hides by state: one that is over is no longer filed under its level
        "search/index.json",  # its results say that an alert has expired
        "search/index/pages/2.json",
        "en/search/index.json",
        "en/search/index/pages/2.json",
        "manifest.sha256",
    }
