"""The checks of `./scripts/test`, in order: style, types of both languages, who imports whom, then the tests."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

CHECKS: dict[str, list[str]] = {
    "ruff (style)": [str(BIN / "ruff"), "check", "--quiet", "."],
    "ruff (format)": [str(BIN / "ruff"), "format", "--quiet", "--check", "."],
    "mypy (types)": [str(BIN / "mypy")],
    "tsc (types in the browser scripts)": ["node_modules/.bin/tsc", "--project", "tsconfig.json"],
    "import-linter (who imports whom)": [str(BIN / "lint-imports"), "--no-cache", "--no-logo"],
}
PYTEST = [str(BIN / "python"), "-m", "pytest"]
WORKERS = [f"--numprocesses={(os.cpu_count() or 2) + 1}", "--dist=worksteal"]
"""One more than processors: tests of browsers and servers often wait. Neighbours stay together, for they share what takes long."""
QUICK = ["tests/unit", "tests/golden"]
SOAK = ["tests/publish", "tests/send", "tests/site/test_kills.py", "tests/province", "-k", "kill"]
SOAK_KILLS = "100"
OLD_BROWSERS = ["tests/browser/test_old_browsers.py"]
OFFICE = ["--office", "tests/site/test_documents.py", "-k", "libreoffice"]


def main(arguments: list[str]) -> int:
    """Run the checks and the tests, each with its time; the first that fails ends it. Arguments are for pytest alone."""
    start = time.monotonic()
    quick = "--quick" in arguments
    if arguments == ["--soak"]:
        environment = {"PUBLICITY_KILLS": SOAK_KILLS, **os.environ}
        return subprocess.call([*PYTEST, *WORKERS, *SOAK], cwd=ROOT, env=environment)
    if arguments == ["--old-browsers"]:
        return subprocess.call([*PYTEST, *OLD_BROWSERS], cwd=ROOT)
    arguments = OFFICE if arguments == ["--office"] else [argument for argument in arguments if argument != "--quick"]
    if arguments:
        return subprocess.call([*PYTEST, *arguments], cwd=ROOT)
    tests = {"pytest (unit and golden)" if quick else "pytest": [*PYTEST, *WORKERS, *(QUICK if quick else [])]}
    for name, command in (CHECKS | tests).items():
        code = _run(name, command)
        if code:
            return code
    print(f"all: passed in {time.monotonic() - start:.0f} s", flush=True)
    return 0


def _run(name: str, command: list[str]) -> int:
    start = time.monotonic()
    code = subprocess.call(command, cwd=ROOT)
    print(f"{name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - start:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
