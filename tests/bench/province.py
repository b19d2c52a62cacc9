"""Many small regions at once (`publicity build --all`): regions a minute with more and fewer workers, and the memory of each number.

Regions are generated: the small region of the tests under other names. Memory is that of all processes together.
"""

import os
import shutil
from pathlib import Path

from measure import run

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench-province"
PUBLICITY = ROOT / ".venv" / "bin" / "publicity"


def main(regions: list[int], workers: list[int]) -> int:
    """Measure each number of regions with each number of workers; returns the exit status."""
    processors = sorted(os.sched_getaffinity(0))
    print(
        f"{len(processors)} processors, load before {os.getloadavg()[0]:.1f}; other work on the machine slows all of it"
    )
    print("| regions | workers | seconds | regions a minute | peak MB |\n|---|---|---|---|---|", flush=True)
    for count in regions:
        for number in workers:
            project = _province(count)
            only = ["taskset", "--cpu-list", ",".join(map(str, processors[:number]))]
            taken = run(*only, PUBLICITY, "build", "--all", "--quiet", cwd=project)
            built = len(list((project / "build/province").glob("*/manifest.sha256")))
            if built != count:
                print(f"{built} of {count} regions were built: {project / 'bench.log'}")
                return 1
            pace = f"{60 * count / taken.seconds:.1f}"
            print(f"| {count} | {number} | {taken.seconds:.0f} | {pace} | {taken.megabytes:.0f} |", flush=True)
    return 0


def _province(count: int) -> Path:
    """A project with so many regions, in a new folder."""
    shutil.rmtree(WORK, ignore_errors=True)
    for name in ("docs", "overrides", "scoring_wasm"):
        shutil.copytree(ROOT / name, WORK / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "package.json"):
        shutil.copy(ROOT / name, WORK)
    (WORK / "node_modules").symlink_to(ROOT / "node_modules")
    for number in range(count):
        region = WORK / "content" / f"r{number:03}"
        shutil.copytree(ROOT / "tests/fixtures/base/content/mini", region)
        file = region / "region.yml"
        file.write_text(
            file.read_text(encoding="utf-8").replace("slug: mini", f"slug: {region.name}"), encoding="utf-8"
        )
    return WORK
