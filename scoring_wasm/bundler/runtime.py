"""The npm package `pyodide` as files that every web server serves rightly."""

import json
from pathlib import Path

from scoring_bundler.errors import BundleError

VERSION = "314.0.7"
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


def abi_version(pyodide: Path) -> str:
    """The ABI that Pyodide wants to see in a lock file; stated, it need not be downloaded."""
    abi = json.loads(_read(pyodide / "pyodide-lock.json"))["info"]["abi_version"]
    if not isinstance(abi, str):
        raise BundleError(f"{pyodide / 'pyodide-lock.json'}: info.abi_version should be a string, found {abi!r}.")
    return abi


def _check_version(pyodide: Path) -> None:
    found = json.loads(_read(pyodide / "package.json")).get("version")
    if found != VERSION:
        raise BundleError(
            f"{pyodide} holds Pyodide {found}, expected {VERSION}: run `npm ci`; to move to another version, "
            f"change VERSION in {__file__} and see that the tests of the engine pass."
        )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BundleError(
            f"{file} is missing: run `npm ci` to install Pyodide {VERSION} from package-lock.json."
        ) from None


def _replaced(text: str, old: str, new: str, name: str) -> str:
    """Replace what must stand in the text exactly once."""
    if text.count(old) != 1:
        raise BundleError(
            f"Pyodide's {name} should hold {old!r} once, found {text.count(old)} times: not the file of {VERSION}?"
        )
    return text.replace(old, new)
