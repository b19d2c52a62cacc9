"""The site in browsers as old as those of government offices: real builds of Chromium 80, 88, 92 and 109.

`./scripts/test --old-browsers` has them installed; where they are not, or cannot run, they are skipped.
"""

import io
import json
import platform
import subprocess
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import brotli
import filelock
import pytest

from conftest import ROOT, Server
from scoring import parse_answers, score
from unit.scoring.scoring_data import exported, standard

PACKAGES = ROOT / "build" / "old-browsers"
VERSIONS = (80, 88, 92, 109)
WITH_PYTHON, WITH_HAS = 97, 105
TICKED = ["1.1.1", "4.1.2", "7.1.1"]
KNOWN = ("Content Security Policy", "Content-Security-Policy", "modulepreload")
"""What these browsers say of directives that came after them."""


@dataclass(frozen=True)
class Visit:
    """A page, and what is asked of it there."""

    path: str
    script: str
    widths: tuple[int, ...] = (1280,)
    print: bool = False


@pytest.fixture(name="version", params=VERSIONS)
def _version(request: pytest.FixtureRequest) -> int:
    version: int = request.param
    if platform.machine() != "x86_64" or not (PACKAGES / "node_modules").exists():
        pytest.skip(f"no Chromium {version} (./scripts/test --old-browsers installs it, on x86-64)")
    return version


def _unpacked(version: int) -> Path:
    """The folder of a browser, unpacked out of its package."""
    folder = PACKAGES / f"unpacked-{version}"
    packed = PACKAGES / "node_modules" / f"chromium-{version}" / "bin"
    with filelock.FileLock(PACKAGES / f"{version}.lock"):
        if not (folder / "chromium").exists():
            for name in ("aws", "swiftshader"):
                archive = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
                with tarfile.open(fileobj=archive) as files:
                    files.extractall(folder, filter="data")
            program = folder / "unfinished"
            program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
            program.chmod(0o755)
            program.rename(folder / "chromium")
    return folder


def _visited(version: int, base: str, *visits: Visit) -> list[Any]:
    """What each visit returned at each of its widths; no page may have had anything to complain of."""
    folder = _unpacked(version)
    asked = [asdict(visit) | {"address": base + visit.path} for visit in visits]
    done = subprocess.run(
        [
            "node",
            "tests/browser/old/drive.mjs",
            str(PACKAGES),
            str(folder / "chromium"),
            f"{folder / 'lib'}:{folder}",
            json.dumps(asked),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    complaints = [
        text
        for result in results
        for text in result["messages"]
        if text.strip() and not any(known in text for known in KNOWN)
    ]
    assert not complaints, "\n".join(complaints)
    return [result["returned"] for result in results]


LAYOUT = """
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible"
  && !element.closest("details:not([open]) > :not(summary), .visually-hidden, .skip, .skip-items, .toc, [class*=table-scroll], .cover, .score");
const clipped = ({ left, right, top, bottom }, element) => {
  for (let box = element; box !== document.body; box = box.parentElement) {
    if (getComputedStyle(box).overflow === "visible") continue;
    const edge = box.getBoundingClientRect();
    [left, right, top, bottom] = [Math.max(left, edge.left), Math.min(right, edge.right), Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return { left, right, top, bottom };
};
const texts = [...document.querySelectorAll("body *")].filter((element) =>
  shown(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
const rects = texts.map((element) => {
  const range = document.createRange();
  const own = [...element.childNodes].filter((node) => node.nodeType === 3).flatMap((node) => (range.selectNode(node), [...range.getClientRects()]));
  return [element, own.map((rect) => clipped(rect, element)).filter(({ left, right, top, bottom }) => right - left > 2 && bottom - top > 2)];
});
const overlaps = [];
for (let i = 0; i < rects.length; i += 1) {
  for (let j = i + 1; j < Math.min(rects.length, i + 60); j += 1) {
    const [first, ones] = rects[i];
    const [second, others] = rects[j];
    if (first.contains(second) || second.contains(first)) continue;
    const over = ones.some((a) => others.some((b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 8));
    if (over) overlaps.push(`${first.textContent.trim().slice(0, 20)} | ${second.textContent.trim().slice(0, 20)}`);
  }
}
const together = [];
for (const list of document.querySelectorAll(".tools, .site-nav ul, .page-tools, .footer-links, .card-line, .jump ul, .actions, .needs")) {
  const boxes = [...list.children].filter((child) => shown(child));
  boxes.slice(1).forEach((child, index) => {
    const [a, b] = [boxes[index].getBoundingClientRect(), child.getBoundingClientRect()];
    if (Math.abs(a.top - b.top) < 4 && b.left - a.right < 3) together.push(`${boxes[index].textContent.trim()} | ${child.textContent.trim()}`);
  });
}
return { wide, overlaps, together, margin: document.querySelector("h1").getBoundingClientRect().left > 8 };
"""
PAGES = ("", "policies/jbfbf-2023-65/", "cases/", "countries/", "assessment/", "search/?q=竞业限制")


def test_nothing_runs_together(server: Server, version: int) -> None:
    fine = {"wide": 0, "overlaps": [], "together": [], "margin": True}
    seen = _visited(version, server.url, *(Visit(path, LAYOUT, (1280, 360)) for path in PAGES))
    assert {path: widths for path, widths in zip(PAGES, seen, strict=True) if widths != [fine, fine]} == {}


FOUND = """
const line = document.querySelector("[data-search-status]");
while (line.textContent === line.dataset.busy) await new Promise((resolve) => setTimeout(resolve, 50));
return [...document.querySelectorAll("[data-search-results] a")].map((link) => link.textContent);
"""
FILTERED = """
const select = [...document.querySelectorAll("[data-filters] select")].find((select) => select.options.length > 2);
const entries = () => [...document.querySelectorAll("[data-results] [data-entry]")].filter((entry) => entry.getClientRects().length).length;
const before = entries();
select.value = select.options[1].value;
select.dispatchEvent(new Event("change", { bubbles: true }));
return [before, entries()];
"""


def test_search_and_filters_work(server: Server, version: int) -> None:
    [found], [(before, after)] = _visited(
        version, server.url, Visit("search/?q=竞业限制", FOUND), Visit("cases/", FILTERED)
    )
    assert "竞业限制" in "".join(found)
    assert 0 < after < before


SCORED = rf"""
for (const id of {json.dumps(TICKED)}) document.querySelector(`[data-item="${{id}}"]`).click();
const form = document.querySelector("form[data-engine]");
while (!["ready", "failed"].includes(form.dataset.engine)) await new Promise((resolve) => setTimeout(resolve, 50));
const total = form.querySelector('[data-score="total"]');
while (form.dataset.engine === "ready" && total.dataset.scoreBy !== "python") await new Promise((resolve) => setTimeout(resolve, 50));
const saved = new Promise((resolve) => (URL.createObjectURL = (blob) => (resolve(blob.text()), "#")));
document.querySelector("[data-export]").click();
return {{
  total: total.textContent,
  by: total.dataset.scoreBy,
  told: form.querySelector("[data-engine-status]").textContent,
  again: !form.querySelector("[data-engine-retry]").hidden,
  file: JSON.parse(await saved),
  older: [...document.styleSheets].filter(({{ href }}) => /-old\.css$/.test(href)).length,
}};
"""
PRINTED = """
const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length).length;
return { items: shown("[data-item]"), all: document.querySelectorAll("[data-item]").length, frame: shown(".site-nav, .search, .score .actions") };
"""


def test_the_assessment_counts_exports_and_prints(server: Server, version: int) -> None:
    [seen], [paper] = _visited(
        version, server.url, Visit("assessment/", SCORED), Visit("assessment/", PRINTED, print=True)
    )
    of = standard("chongqing-2023")
    answers = parse_answers(json.dumps(seen["file"]), of)
    assert [item for item, answer in seen["file"]["answers"].items() if answer["met"]] == TICKED
    assert (
        seen["total"]
        == score(of, answers).to_data()["total"]
        == score(of, parse_answers(json.dumps(exported(of.id, TICKED)), of)).to_data()["total"]
    )
    assert seen["by"] == ("python" if version >= WITH_PYTHON else "tally")
    assert ("浏览器较旧" in seen["told"]) is (version < WITH_PYTHON)
    assert "网络" not in seen["told"]
    assert not seen["again"]
    assert seen["older"] == (0 if version >= WITH_HAS else 2)  # new browsers load nothing for old ones
    assert paper["items"] == paper["all"] > 0
    assert paper["frame"] == 0
