"""The others, hosted here as their documentation has it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYSCRIPT = "0.7.31"
_PACKAGE = """[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "scoring"
version = "1.0"
[tool.setuptools]
packages = ["scoring"]
"""
# Run in the environment of pyodide-build: enters the wheel, with its hash, into the list that Pyodide loads packages by.
# The entry is made in a list of its own, because pyodide-lock for Python 3.11 cannot read today's whole list.
_ADD_TO_LOCK = """
import json, sys
from pathlib import Path
from pyodide_lock.spec import PackageSpec, PyodideLockSpec
from pyodide_lock.utils import parse_top_level_import_name, update_package_sha256
lock, wheel = map(Path, sys.argv[1:])
whole = json.loads(lock.read_text())
known = {key: whole["info"][key] for key in ("arch", "platform", "python")}
lock.write_text(json.dumps({"info": {**known, "version": "0"}, "packages": {}}))
own = PyodideLockSpec.from_json(lock)
name, version = wheel.name.split("-")[:2]
modules = parse_top_level_import_name(wheel)
entry = PackageSpec(name=name, version=version, file_name=wheel.name, install_dir="site", imports=modules)
own.packages[name] = update_package_sha256(entry, wheel)
own.to_json(lock)
whole["packages"] |= json.loads(lock.read_text())["packages"]
lock.write_text(json.dumps(whole))
"""


def add_pyodide(folder: Path, pyodide: Path, core: Path, work: Path) -> None:
    """Pyodide as shipped, and the core as a wheel in its list of packages."""
    _runtime(folder, pyodide)
    source = work / "wheel"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(core, source / "scoring", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "pyproject.toml").write_text(_PACKAGE, encoding="utf-8")
    _run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        source,
    )
    (wheel,) = folder.glob("*.whl")
    _run(_pyodide_build(work), "-c", _ADD_TO_LOCK, folder / "pyodide-lock.json", wheel)


def add_pyscript(folder: Path, pyodide: Path, core: Path, work: Path) -> None:
    """PyScript on the same Pyodide; it unpacks the core from a zip."""
    _runtime(folder, pyodide)
    npm = work / "npm"
    npm.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "pyscript" / name, npm)
    _run("npm", "ci", "--prefix", npm, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    ignored = shutil.ignore_patterns("*.map")
    shutil.copytree(npm / "node_modules" / "@pyscript" / "core" / "dist", folder / "pyscript", ignore=ignored)
    with zipfile.ZipFile(folder / "scoring.zip", "w") as archive:
        for module in sorted(core.glob("*.py")):
            archive.write(module, f"scoring/{module.name}")


def _runtime(folder: Path, pyodide: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"):
        shutil.copy(pyodide / name, folder)


def _pyodide_build(work: Path) -> Path:
    """The Python of an environment with pyodide-build, which is its own: on Python 3.11 it needs an old pydantic."""
    environment = work / "pyodide-build"
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    installed = environment / "requirements.txt"
    wanted = (ROOT / "requirements-wasm.txt").read_text(encoding="utf-8")
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        print("installing pyodide-build", flush=True)
        _run(sys.executable, "-m", "venv", "--clear", environment)
        _run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / "requirements-wasm.txt")
        installed.write_text(wanted, encoding="utf-8")
    return python


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True)
