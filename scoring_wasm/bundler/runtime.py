"""The npm package `pyodide` as files that every web server serves rightly."""

import json
from pathlib import Path

from scoring_bundler.errors import BundleError

# To move to another version, change this and package.json, and see that the tests of the engine pass.
VERSION = "314.0.7"
_NOTICES = Path(__file__).parent / "notices"
_COPIED = ("pyodide.asm.wasm", "python_stdlib.zip")


def runtime_files(pyodide: Path) -> dict[str, bytes]:
    """Read the runtime; modules are renamed to `.js`, because stock nginx serves `.mjs` with a type that browsers refuse.

    Raises:
        BundleError: the folder is not the npm package of Pyodide in the version this was written for.
    """
    _check_version(pyodide)
    files = {name: _read(pyodide / name) for name in _COPIED}
    loader = _read(pyodide / "pyodide.mjs").decode()
    files["pyodide.js"] = _replaced(loader, "\n//# sourceMappingURL=pyodide.mjs.map", "", "pyodide.mjs").encode()
    # The engine hands the module over (`createPyodideModule`); only the clean-up of stack traces knows its name.
    machine = _read(pyodide / "pyodide.asm.mjs").decode()
    files["pyodide.asm.js"] = _replaced(machine, '"pyodide.asm.mjs"', '"pyodide.asm.js"', "pyodide.asm.mjs").encode()
    return files


def library_files(modules: Path) -> dict[str, bytes]:
    """The libraries that the report loads when they are asked for: `docx`, which makes Word files, and its licence."""
    package = modules / "docx"
    return {"docx.js": _read(package / "dist" / "index.mjs"), "licences/docx.txt": _read(package / "LICENSE")}


def notices(pyodide: Path) -> dict[str, bytes]:
    """What the licences of Pyodide and CPython want to be handed on: their texts, and where the source of these versions lies."""
    files = {f"licences/{file.name}": file.read_bytes() for file in sorted(_NOTICES.glob("*.txt"))}
    python = json.loads(_read(pyodide / "pyodide-lock.json"))["info"]["python"]
    notice = files["licences/NOTICE.txt"].decode().format(pyodide=VERSION, python=python)
    return files | {"licences/NOTICE.txt": notice.encode()}


def abi_version(pyodide: Path) -> str:
    """The ABI that Pyodide wants to see in a lock file; stated, it need not be downloaded."""
    abi = json.loads(_read(pyodide / "pyodide-lock.json"))["info"]["abi_version"]
    if not isinstance(abi, str):
        raise BundleError("engine-no-abi", file=str(pyodide / "pyodide-lock.json"), found=repr(abi))
    return abi


def _check_version(pyodide: Path) -> None:
    version = json.loads(_read(pyodide / "package.json")).get("version")
    if version != VERSION:
        raise BundleError("engine-other-version", folder=str(pyodide), found=str(version), expected=VERSION)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BundleError("engine-missing-file", file=str(file)) from None


def _replaced(text: str, old: str, new: str, name: str) -> str:
    """Replace what must stand in the text exactly once."""
    if text.count(old) != 1:
        raise BundleError("engine-other-file", file=name, text=old, count=text.count(old))
    return text.replace(old, new)
