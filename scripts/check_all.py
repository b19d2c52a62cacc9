"""The checks of `./scripts/test`, in order: style, types of both languages, then the tests."""

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
}


def main(arguments: list[str]) -> int:
    """Run the checks; the first that fails ends it. `--office` alone runs only the conversion by LibreOffice."""
    if arguments == ["--office"]:
        arguments = ["--office", "tests/site/test_documents.py", "-k", "libreoffice"]
    if not arguments:
        for name, command in CHECKS.items():
            start = time.monotonic()
            code = subprocess.call(command, cwd=ROOT)
            print(f"{name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - start:.1f} s", flush=True)
            if code:
                return code
    return subprocess.call([str(BIN / "python"), "-m", "pytest", *(arguments or ["--numprocesses=logical"])], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
