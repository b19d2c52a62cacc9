"""Lighthouse's mobile profile on four pages of the built site: performance, accessibility, best practices, SEO.

Lighthouse comes from npm, locked in `lighthouse/package-lock.json`, into `build/`: it is too large for every set-up.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from server import serve

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).parent / "lighthouse"
WORK = ROOT / "build" / "bench" / "lighthouse"
PAGES = {
    "home": "",
    "article": "policies/jbfbf-2023-65/",
    "index": "cases/",
    "assessment": "assessment/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TARGET = 95


def main(runs: int) -> int:
    """Measure and print the median of each score; 1 if one is under the target."""
    lighthouse = install()
    site = WORK / "site"
    publicity = Path(sys.executable).with_name("publicity")
    subprocess.run(
        [publicity, "build", "--out", site, "--site-url", "https://www.example.gov.cn/"],
        cwd=ROOT,
        check=True,
    )
    print(f"{'page':12}" + "".join(f"{name:>16}" for name in CATEGORIES))
    missed = False
    with serve(site, WORK / "compressed") as server:
        for name, path in PAGES.items():
            results = [measure(lighthouse, server.url + path) for _ in range(runs)]
            scores = {category: statistics.median(result[category] for result in results) for category in CATEGORIES}
            print(f"{name:12}" + "".join(f"{scores[category]:16.0f}" for category in CATEGORIES), flush=True)
            missed |= min(scores.values()) < TARGET
    print(f"target: at least {TARGET} each, medians of {runs} runs: {'MISSED' if missed else 'met'}")
    return int(missed)


def install() -> Path:
    """Lighthouse's program, installed when its lock has changed."""
    program = WORK / "node_modules" / ".bin" / "lighthouse"
    lock = (LOCK / "package-lock.json").read_text(encoding="utf-8")
    kept = WORK / "package-lock.json"
    if not program.exists() or kept.read_text(encoding="utf-8") != lock:
        WORK.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCK / name, WORK)
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WORK, check=True
        )
    return program


def measure(lighthouse: Path, url: str) -> dict[str, float]:
    """One run in a fresh Chromium: the scores from 0 to 100; what costs points is named."""
    flags = ["--headless=new", "--disable-gpu"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    done = subprocess.run(
        [
            lighthouse,
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(flags)}",
        ],
        env=os.environ | {"CHROME_PATH": os.environ.get("PUBLICITY_CHROMIUM", "")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] in ("binary", "numeric"):
            print(f"  {url}: {audit['title']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
