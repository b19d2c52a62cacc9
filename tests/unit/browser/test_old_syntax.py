"""No script of the site is newer than the oldest browsers that `package.json` names."""

import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT

SCRIPTS = ("docs/assets/js/*.js", "scoring_wasm/browser/**/*.js", "scoring_wasm/bundler/service-worker.js")


def _es_check(*files: str) -> "subprocess.CompletedProcess[str]":
    command = ["node_modules/.bin/es-check", "checkBrowser", *files, "--module", "--checkFeatures", "--noCache"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_all_scripts_are_old_enough() -> None:
    done = _es_check(*SCRIPTS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "newer",
    ["let a; a ??= 1;", "await Promise.resolve();", "class A { b = 1; }", "[].at(-1);", "'a'.replaceAll('a', 'b');"],
)
def test_what_is_newer_is_refused(tmp_path: Path, newer: str) -> None:
    (tmp_path / "newer.js").write_text(f"export {{}};\n{newer}\n", encoding="utf-8")
    done = _es_check(str(tmp_path / "newer.js"))
    assert (done.returncode, "newer.js" in done.stdout + done.stderr) == (1, True)


def test_no_script_asks_for_what_es_check_does_not_know() -> None:
    """Methods of the page's own objects, and private methods."""
    scripts = [*ROOT.glob("docs/assets/js/*.js"), *ROOT.glob("scoring_wasm/browser/**/*.js")]
    assert scripts
    newer = re.compile(r"\.replaceChildren\(|^\s+(?:async )?#\w+\(", re.MULTILINE)
    assert [file.name for file in scripts if newer.search(file.read_text(encoding="utf-8"))] == []
