"""How long a column of any size takes: to build, against a good stock site of the same texts; to check; to show an edit.

Ours is the whole `publicity build` in a new process, in a project without a `build/` folder: nothing is kept from a build before.
The stock site is Material with static-i18n and Material's search, in two languages, with `navigation.prune`.
Read the ratios: the seconds are those of this machine.
"""

import itertools
import json
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from corpus import ROOT, write_corpus
from measure import Taken, run, started
from stock_site import write_stock_site

HERE = Path(__file__).parent
WORK = ROOT / "build" / "bench" / "build"
BIN = Path(sys.executable).parent
SMALL, LARGE = 0.25, 2  # the sizes between which the time of an entry is compared: 500 and 4,000 at 2,000
RATIO_TARGET, MEMORY_TARGET, GROWTH_TARGET, CHECK_TARGET, EDIT_TARGET = 0.35, 400.0, 1.2, 3.0, 1.5
EDITS, CHECKS = 7, 3
PATIENCE = 240.0  # seconds until a server that shows nothing is given up


def main(entries: int, runs: int, *, skip_peer: bool) -> int:
    """Measure, print and write `results.json`; 1 if a target was missed."""
    small, large = int(entries * SMALL), entries * LARGE
    for size in (small, entries, large):
        print(f"making {size} entries in two languages", flush=True)
        write_corpus(WORK / str(size), size)
    ours: dict[int, list[Taken]] = {small: [], entries: [], large: []}
    stock: list[Taken] = []
    if not skip_peer:
        environment = _stock_environment()
        write_stock_site(WORK / str(entries), WORK / "stock")
    for number in range(runs):
        for size in ours:
            _tell(f"run {number + 1} of {runs}, ours, {size} entries", _build(WORK / str(size)), ours[size])
        if not skip_peer:
            taken = run(BIN / "mkdocs", "build", "--quiet", cwd=WORK / "stock", environment=environment)
            _tell(f"run {number + 1} of {runs}, stock, {entries} entries", taken, stock)
    checks = [run(BIN / "publicity", "check", cwd=WORK / str(entries)).seconds for _ in range(CHECKS)]
    edits = _edits(WORK / str(entries))
    best = {size: min(run.seconds for run in taken) for size, taken in ours.items()}
    rows = [
        ("peak memory of ours, MB", max(run.megabytes for run in ours[entries]), MEMORY_TARGET),
        (f"time of an entry, {large} against {small}", best[large] / large / (best[small] / small), GROWTH_TARGET),
        (f"`publicity check` at {entries}, s", statistics.median(checks), CHECK_TARGET),
        (f"an edit until it is seen at {entries}, s", statistics.median(edits), EDIT_TARGET),
    ]
    if stock:
        rows.insert(0, ("build, ratio to stock", best[entries] / min(run.seconds for run in stock), RATIO_TARGET))
    _write_results(ours, stock, checks, edits)
    return _report(ours, stock, rows)


def _build(project: Path) -> Taken:
    for made in ("build", "site"):
        shutil.rmtree(project / made, ignore_errors=True)
    address = "https://www.example.gov.cn/ztzl/symm/"
    return run(BIN / "publicity", "build", "--no-editions", "--site-url", address, cwd=project)


def _stock_environment() -> dict[str, str]:
    """Where jieba is, which Material's search cuts Chinese with. It is no dependency of ours, and none of our build's."""
    packages = WORK / "jieba"
    if not packages.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        requirements = HERE / "requirements-stock.txt"
        subprocess.run([*command, "--target", str(packages), "--requirement", str(requirements)], check=True)
    return {"PYTHONPATH": str(packages)}


def _edits(project: Path) -> list[float]:
    """Seconds from writing an entry until its page says so over HTTP, with the preview running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    entry = next(iter(sorted((project / "content" / "jiangbei" / "policies").glob("policies-?.md"))))
    url = f"http://{address}/policies/{entry.stem}/"
    taken = []
    with started(BIN / "publicity", "serve", "--address", address, cwd=project):
        _wait_for(url, "</html>")
        for number in range(EDITS):
            words = f"第{number}次修改后的一句话。"
            text = entry.read_text(encoding="utf-8")
            time.sleep(0.37 * number % 0.5)  # edits do not wait for the moment at which the server looks
            start = time.perf_counter()
            entry.write_text(f"{text}\n{words}\n", encoding="utf-8")
            _wait_for(url, words)
            taken.append(time.perf_counter() - start)
            print(f"edit {number + 1} of {EDITS}: seen after {taken[-1]:.2f} s", flush=True)
    return taken


def _wait_for(url: str, words: str) -> None:
    """Ask until a page holds some words.

    Raises:
        TimeoutError: it never did.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as response:  # noqa: S310 - our own
                if words in response.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass  # it is not there yet
        time.sleep(0.02)
    raise TimeoutError(f"{url} never showed `{words}`")


def _tell(what: str, taken: Taken, kept: list[Taken]) -> None:
    kept.append(taken)
    print(f"{what}: {taken.seconds:.1f} s, {taken.megabytes:.0f} MB", flush=True)


def _write_results(ours: dict[int, list[Taken]], stock: list[Taken], checks: list[float], edits: list[float]) -> None:
    found = {
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "ours": {size: [vars(run) for run in taken] for size, taken in ours.items()},
        "stock": [vars(run) for run in stock],
        "check_seconds": checks,
        "edit_seconds": edits,
    }
    (WORK / "results.json").write_text(json.dumps(found, indent=2), encoding="utf-8")


def _report(ours: dict[int, list[Taken]], stock: list[Taken], rows: list[tuple[str, float, float]]) -> int:
    print(f"\n{'best of the runs':36}{'s':>8}{'ms an entry':>14}{'MB':>8}")
    sides = itertools.chain(
        ((f"ours, {size} entries", size, taken) for size, taken in ours.items()),
        [("stock, the same texts", sorted(ours)[1], stock)] if stock else [],
    )
    for name, size, taken in sides:
        seconds, memory = min(run.seconds for run in taken), max(run.megabytes for run in taken)
        print(f"{name:36}{seconds:8.1f}{1000 * seconds / size:14.1f}{memory:8.0f}")
    missed = False
    for what, value, target in rows:
        missed |= value > target
        print(f"{what:44}{value:8.3g} (at most {target:g}: {'met' if value <= target else 'MISSED'})")
    return int(missed)
