"""How long from nothing to the first score by Python in a page, and how many bytes: this engine, and others on the same terms.

The others are `loadPyodide()` in a worker with the core as a wheel, and PyScript with the core as a zip, each as its own
documentation has it, but hosted here. One server sends all of it compressed with brotli to a new Chromium each time;
"again" is a new page in that same Chromium. Another server compresses nothing: there the engine is also measured without its packed
snapshot, as it was before there was one. Read the ratios: the seconds are those of this machine.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from scoring_bundler import bundle
from scoring_bundler.rehearsal import requests_for

import peers
from publicity.prepare import engine_json
from publicity.read.content import LoadedStandard
from scoring import Standard
from server import Server, serve

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
WORK = ROOT / "build" / "bench"
STANDARD = "chongqing-2023"
COLD_TARGET, AGAIN_TARGET, BYTES_TARGET, ANSWER_TARGET = 0.30, 0.35, 2_430_000, 30.0
PLAIN_TARGET, PLAIN_BYTES_TARGET = 1.15, 3_400_000
FRAME = 1000 / 60

TICKS = """async (count) => {
  const total = document.querySelector('[data-score="total"]');
  const confirmed = () => total.dataset.scoreBy === "python";
  const until = (condition) => new Promise((resolve) => {
    const observer = new MutationObserver(() => condition() && (observer.disconnect(), resolve()));
    observer.observe(total, { attributes: true });
  });
  const boxes = [...document.querySelectorAll("input[type=checkbox][data-item]")];
  boxes[0].click();
  await until(confirmed);
  const tally = [], python = [];
  for (let tick = 1; tick <= count; tick++) {
    const start = performance.now();
    boxes[tick % boxes.length].click();
    tally.push(performance.now() - start);
    await until(confirmed);
    python.push(performance.now() - start);
  }
  return { tally, python };
}"""
"""Tick items of the real page one after another: milliseconds to the tally and to Python's number."""


@dataclass
class Side:
    """One way to get Python into a page, and what was measured: milliseconds, and bytes received on the first visit."""

    name: str
    folder: str
    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    size: int = 0


def main(runs: int) -> int:
    """Measure and print; 1 if a target was missed."""
    site = WORK / "site"
    shutil.rmtree(site, ignore_errors=True)
    make_site(site)
    ours = Side("this engine", "ours")
    pyodide = Side("loadPyodide() + wheel", "pyodide")
    sides = [ours, pyodide, Side(f"PyScript {peers.PYSCRIPT}", "pyscript")]
    with serve(site, WORK / "compressed") as server, sync_playwright() as playwright:
        for run in range(runs):
            shift = run % len(sides)
            for side in sides[shift:] + sides[:shift]:
                measure(playwright, server, side)
                times = f"{side.cold[-1]:.0f} ms, again {side.again[-1]:.0f} ms"
                print(f"run {run + 1} of {runs}, {side.name}: {times}", flush=True)
        answer = answer_time(playwright, server)
        ticks = page_times(playwright)
        packed, plain = without_compression(playwright, site, runs)
    return report(sides, ours, pyodide, answer, ticks) | report_plain(packed, plain)


def without_compression(playwright: Playwright, site: Path, runs: int) -> tuple[Side, Side]:
    """The engine from a server that compresses nothing, with its packed snapshot and without it."""
    packed, plain = Side("uncompressed, packed", "ours"), Side("uncompressed, plain", "plain")
    shutil.copytree(site / "ours", site / "plain")
    (site / "plain" / "ours.js").rename(site / "plain" / "plain.js")
    page = site / "plain" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("ours.js", "plain.js"), encoding="utf-8")
    for module in (site / "plain").glob("*/engine/packed.js"):
        module.write_text(
            "delete globalThis.DecompressionStream;\n" + module.read_text(encoding="utf-8"), encoding="utf-8"
        )
    with serve(site, WORK / "compressed", compresses=False) as server:
        for run in range(runs):
            for side in (packed, plain) if run % 2 else (plain, packed):
                measure(playwright, server, side)
                print(f"run {run + 1} of {runs}, {side.name}: {side.cold[-1]:.0f} ms", flush=True)
    return packed, plain


def make_site(site: Path) -> None:
    """All sides in one folder, with the same standard and the same request."""
    print("making both sides", flush=True)
    standard = standard_json()
    request = next(text for _, text in requests_for({"it": standard}) if '"met": true' in text)
    pyodide = ROOT / "node_modules" / "pyodide"
    core = ROOT / "scoring_wasm" / "scoring"
    made = bundle(
        pyodide=pyodide,
        core=core,
        browser=ROOT / "scoring_wasm" / "browser",
        standards={f"{STANDARD}.json": standard.encode()},
        out=site / "ours",
    )
    peers.add_pyodide(site / "pyodide", pyodide, core, WORK)
    peers.add_pyscript(site / "pyscript", pyodide, core, WORK)
    for page in PAGES.iterdir():
        folder = site / page.stem.split("-")[0]
        (folder / page.name).write_text(page.read_text(encoding="utf-8").replace("ENGINE", made.name), encoding="utf-8")
    for side in ("ours", "pyodide", "pyscript"):
        (site / side / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>{side}</title><link rel="icon" href="data:,">'
            f'<script type="module" src="{side}.js"></script>',
            encoding="utf-8",
        )
        (site / side / "standard.json").write_text(standard, encoding="utf-8")
        (site / side / "request.js").write_text(f"export default {json.dumps(request)};\n", encoding="utf-8")


def standard_json() -> str:
    """The standard with its guidance, as the generator hands it to the engine."""
    folder = ROOT / "scoring_wasm" / "standards"
    standard, guidance = (
        yaml.safe_load((folder / f"{STANDARD}{part}.yml").read_text(encoding="utf-8")) for part in ("", ".guidance")
    )
    return engine_json(LoadedStandard(Standard.from_data(standard), guidance)).decode()


def measure(playwright: Playwright, server: Server, side: Side) -> None:
    """One new browser: the first visit, and a second one in a new page."""
    with browser(playwright) as chromium:
        context = chromium.new_context()
        server.sent = 0
        side.cold.append(first_score(context.new_page(), server, side))
        side.size = server.sent
        side.again.append(first_score(context.new_page(), server, side))


def first_score(page: Page, server: Server, side: Side) -> float:
    """Milliseconds from the call that starts Python to its first answer."""
    page.goto(f"{server.url}{side.folder}/")
    page.locator("html[data-loaded]").wait_for(state="attached")
    taken, answer = page.evaluate("measure()")
    if json.loads(answer)["ok"] is not True:
        raise RuntimeError(f"{side.name} answered {answer:.200}")
    return float(taken)


def answer_time(playwright: Playwright, server: Server) -> float:
    """Median of milliseconds from a request to its answer, once Python runs."""
    with browser(playwright) as chromium:
        page = chromium.new_page()
        page.goto(f"{server.url}ours/")
        page.locator("html[data-loaded]").wait_for(state="attached")
        page.evaluate("measure()")
        return statistics.median(page.evaluate("measureAnswers(200)"))


def page_times(playwright: Playwright) -> dict[str, float]:
    """The assessment page of 江北区: medians of milliseconds from a tick to the tally and to Python's number."""
    site = WORK / "assessment"
    subprocess.run([Path(sys.executable).with_name("publicity"), "build", "--out", site], cwd=ROOT, check=True)
    with serve(site, WORK / "compressed") as server, browser(playwright) as chromium:
        page = chromium.new_page()
        page.goto(f"{server.url}assessment/")
        page.locator(".score").wait_for()
        found = page.evaluate(TICKS, 100)
    return {name: statistics.median(times) for name, times in found.items()}


def browser(playwright: Playwright) -> Browser:
    """A new Chromium, the one that `scripts/test` found."""
    found = os.environ.get("PUBLICITY_CHROMIUM") or None
    return playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])


def report(sides: list[Side], ours: Side, pyodide: Side, answer: float, ticks: dict[str, float]) -> int:
    """Print medians and ratios; 1 if a target was missed."""
    print(f"\n{'':28}{'cold ms':>10}{'again ms':>10}{'MB':>8}")
    for side in sides:
        cold, again = statistics.median(side.cold), statistics.median(side.again)
        print(f"{side.name:28}{cold:10.0f}{again:10.0f}{side.size / 1e6:8.2f}")
    cold_ratio = statistics.median(ours.cold) / statistics.median(pyodide.cold)
    again_ratio = statistics.median(ours.again) / statistics.median(pyodide.again)
    missed = False
    for what, found, target in (
        ("cold, ratio to loadPyodide()", cold_ratio, COLD_TARGET),
        ("again, ratio to loadPyodide()", again_ratio, AGAIN_TARGET),
        ("bytes of the first visit", ours.size, BYTES_TARGET),
        ("request to answer, median ms", answer, ANSWER_TARGET),
        ("tick to tally, median ms", ticks["tally"], FRAME),
        ("tick to Python, median ms", ticks["python"], ANSWER_TARGET),
    ):
        missed |= found > target
        verdict = "met" if found <= target else "MISSED"
        print(f"{what:32}{found:12,.6g} (at most {target:,.5g}: {verdict})")
    return int(missed)


def report_plain(packed: Side, plain: Side) -> int:
    """Print what a server that compresses nothing costs; 1 if a target was missed."""
    print(f"\n{'':28}{'cold ms':>10}{'again ms':>10}{'MB':>8}")
    for side in (packed, plain):
        cold, again = statistics.median(side.cold), statistics.median(side.again)
        print(f"{side.name:28}{cold:10.0f}{again:10.0f}{side.size / 1e6:8.2f}")
    ratio = statistics.median(packed.cold) / statistics.median(plain.cold)
    missed = False
    for what, found, target in (
        ("cold, ratio to the plain snapshot", ratio, PLAIN_TARGET),
        ("bytes of the first visit", packed.size, PLAIN_BYTES_TARGET),
    ):
        missed |= found > target
        print(f"{what:36}{found:12,.6g} (at most {target:,.5g}: {'met' if found <= target else 'MISSED'})")
    return int(missed)
