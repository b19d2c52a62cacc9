"""How long a column of any size takes: to build, anew and after an edit, against good stock sites of the same texts; to check; to show an edit.

Ours is the whole `publicity build` in a new process. A cold build has no `build/` folder: nothing is kept from a build before.
The stock site is Material with static-i18n and Material's search, in two languages, with `navigation.prune`; the second peer is
Zensical with zensical-i18n on the same files. Read the ratios: the seconds are those of this machine.
"""

import json
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from corpus import ROOT, write_corpus
from measure import Taken, run, started
from stock_site import write_stock_site

HERE = Path(__file__).parent
WORK = ROOT / "build" / "bench" / "build"
ASIDE = WORK.with_name("build-aside")
BIN = Path(sys.executable).parent
SMALL, LARGE = 0.25, 2  # the sizes between which the time of an entry is compared: 500 and 4,000 at 2,000
RATIO_TARGET, EDITED_TARGET, CHECK_TARGET = 0.25, 0.09, 0.04  # of the stock site's build
MEMORY_TARGET, GROWTH_TARGET, EDIT_TARGET = 350.0, 1.2, 0.7
PEERS: dict[str, tuple[str | Path, ...]] = {
    "stock": (BIN / "mkdocs", "build", "--quiet"),
    "Zensical": (sys.executable, "-m", "zensical_i18n", "build", "--clean"),
}
"""How the others build the stock site from nothing, each with packages of its own."""
EDITS, EDITED_BUILDS, CHECKS = 7, 3, 3
PATIENCE = 240.0  # seconds until a server that shows nothing is given up


def main(entries: int, runs: int, *, skip_peer: bool) -> int:
    """Measure, print and write `results.json`; 1 if a target was missed."""
    try:
        return _measure(entries, runs, skip_peer=skip_peer)
    finally:
        shutil.rmtree(ASIDE, ignore_errors=True)


def _measure(entries: int, runs: int, *, skip_peer: bool) -> int:
    for made in (*(str(int(entries * size)) for size in (SMALL, 1, LARGE)), "stock"):
        _set_aside(WORK / made)
    small, large = int(entries * SMALL), entries * LARGE
    for size in (small, entries, large):
        print(f"making {size} entries in two languages", flush=True)
        write_corpus(WORK / str(size), size)
    ours: dict[int, list[Taken]] = {small: [], entries: [], large: []}
    peers = {} if skip_peer else PEERS
    if peers:
        write_stock_site(WORK / str(entries), WORK / "stock")
    theirs: dict[str, list[Taken]] = {name: [] for name in peers}
    for number in range(runs):
        for size in ours:
            taken = _build(WORK / str(size))
            _tell(f"run {number + 1} of {runs}, ours, {size} entries", taken, ours[size])
        for name, command in peers.items():
            packages = {"PYTHONPATH": str(_installed(name.lower()))}
            taken = run(*command, cwd=WORK / "stock", environment=packages)
            _tell(f"run {number + 1} of {runs}, {name}, {entries} entries", taken, theirs[name])
    edited = _edited_builds(WORK / str(entries))
    checks = [run(BIN / "publicity", "check", cwd=WORK / str(entries)).seconds for _ in range(CHECKS)]
    edits = _edits(WORK / str(entries))
    best = {size: min(run.seconds for run in taken) for size, taken in ours.items()}
    rows = [
        (f"peak memory of ours at {large}, MB", max(run.megabytes for run in ours[large]), MEMORY_TARGET),
        (f"time of an entry, {large} against {small}", best[large] / large / (best[small] / small), GROWTH_TARGET),
        (f"an edit until it is seen at {entries}, s", statistics.median(edits), EDIT_TARGET),
    ]
    if peers:
        stock = min(run.seconds for run in theirs["stock"])
        after = statistics.median(run.seconds for run in edited)
        rows.insert(0, ("build, ratio to stock", best[entries] / stock, RATIO_TARGET))
        rows.insert(1, ("build after an edit, ratio to stock", after / stock, EDITED_TARGET))
        rows.insert(2, ("`publicity check`, ratio to stock", statistics.median(checks) / stock, CHECK_TARGET))
    sides = {f"ours, {size} entries": (size, taken) for size, taken in ours.items()}
    sides["ours, after an edit"] = (entries, edited)
    sides |= {f"{name}, the same texts": (entries, taken) for name, taken in theirs.items()}
    _write_results(sides, checks, edits)
    return _report(sides, rows)


def _build(project: Path, *, cold: bool = True) -> Taken:
    for made in ("build", "site") if cold else ():
        _set_aside(project / made)
    address = "https://www.example.gov.cn/ztzl/symm/"
    return run(BIN / "publicity", "build", "--no-editions", "--site-url", address, cwd=project)


def _set_aside(folder: Path) -> None:
    """Out of the way, to be deleted when all is measured: ext4 without a journal is slow to make files for minutes after others were deleted."""
    if folder.exists():
        ASIDE.mkdir(parents=True, exist_ok=True)
        folder.rename(tempfile.mkdtemp(dir=ASIDE))


def _installed(peer: str) -> Path:
    """The packages of a peer in a folder of their own. They are no dependencies of ours, and none of our build's."""
    packages = WORK / f"packages-{peer}"
    if not packages.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        requirements = HERE / f"requirements-{peer}.txt"
        subprocess.run([*command, "--target", str(packages), "--requirement", str(requirements)], check=True)
    return packages


def _edited_builds(project: Path) -> list[Taken]:
    """Whole builds, each after a sentence more in one entry."""
    entry = _entry_of(project)
    taken: list[Taken] = []
    for number in range(EDITED_BUILDS):
        entry.write_text(f"{entry.read_text(encoding='utf-8')}\n第{number}次修改后构建。\n", encoding="utf-8")
        _tell(f"build {number + 1} of {EDITED_BUILDS} after an edit", _build(project, cold=False), taken)
    return taken


def _entry_of(project: Path) -> Path:
    return next(iter(sorted((project / "content" / "jiangbei" / "policies").glob("policies-?.md"))))


def _edits(project: Path) -> list[float]:
    """Seconds from writing an entry until its page says so over HTTP, with the preview running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    entry = _entry_of(project)
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


def _write_results(sides: dict[str, tuple[int, list[Taken]]], checks: list[float], edits: list[float]) -> None:
    found = {
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        **{name: [vars(run) for run in taken] for name, (_, taken) in sides.items()},
        "check_seconds": checks,
        "edit_seconds": edits,
    }
    (WORK / "results.json").write_text(json.dumps(found, indent=2), encoding="utf-8")


def _report(sides: dict[str, tuple[int, list[Taken]]], rows: list[tuple[str, float, float]]) -> int:
    print(f"\n{'best of the runs':36}{'s':>8}{'ms an entry':>14}{'MB':>8}")
    for name, (size, taken) in sides.items():
        seconds, memory = min(run.seconds for run in taken), max(run.megabytes for run in taken)
        print(f"{name:36}{seconds:8.1f}{1000 * seconds / size:14.1f}{memory:8.0f}")
    missed = False
    for what, value, target in rows:
        missed |= value > target
        print(f"{what:44}{value:8.3g} (at most {target:g}: {'met' if value <= target else 'MISSED'})")
    return int(missed)
