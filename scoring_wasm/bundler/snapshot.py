"""The snapshot: CPython started and the core imported, as one WebAssembly module that is ready once it is instantiated.

Why and how: docs/adr/0007-snapshot.md. In short: Node starts CPython out of Pyodide and saves its memory; the memory becomes
the data of the module; functions that a broad rehearsal neither entered nor can reach by a direct call are replaced by
traps; and the result must give the very answers that the full Pyodide gives. Where it traps all the same, the browser
starts Pyodide the ordinary way.
"""

import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring_bundler import wasm
from scoring_bundler.errors import BundleError
from scoring_bundler.rehearsal import requests_for

_HERE = Path(__file__).parent
_ASKING = (
    "memory", "__indirect_function_table", "emscripten_stack_init", "malloc", "free",
    "PyUnicode_FromStringAndSize", "PyUnicode_AsUTF8AndSize", "PyObject_CallOneArg", "Py_DecRef",
)  # fmt: skip
_MOST_KEPT = 8  # in the cache
_EXERCISING = ("Py_CompileString", "PyEval_EvalCode", "PyDict_New")


def snapshot(
    *, pyodide: Path, core: bytes, standards: Mapping[str, str], opener: Path, node: str, cache: Path
) -> bytes:
    """The snapshot as a WebAssembly module, from the cache where its inputs are the same as before.

    Args:
        pyodide: the npm package.
        core: the core as a zip.
        standards: the standards as JSON, by file name; the snapshot can be asked about each.
        opener: the browser's module that opens a snapshot, engine/snapshot.js.
        node: the program Node, of version 20 or later.
        cache: folder for snapshots made before.

    Raises:
        BundleError: Node is missing or failed, or the snapshot answers otherwise than Pyodide.
    """
    own = sorted(file for file in _HERE.iterdir() if file.suffix in {".py", ".mjs"})
    inputs = [*own, opener, *(pyodide / name for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"))]
    digest = hashlib.sha256(core + json.dumps(standards, sort_keys=True).encode())
    for file in inputs:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    cached = cache / f"{digest.hexdigest()[:32]}.wasm"
    if not cached.exists():
        made = _make(pyodide, core, standards, opener, node)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cache, delete=False) as unfinished:
            unfinished.write(made)
        Path(unfinished.name).replace(cached)
        for old in sorted(cache.glob("*.wasm"), key=lambda file: file.stat().st_mtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    return cached.read_bytes()


def _make(pyodide: Path, core: bytes, standards: Mapping[str, str], opener: Path, node: str) -> bytes:
    requests = requests_for(standards)
    with tempfile.TemporaryDirectory(prefix="snapshot-") as folder:
        (Path(folder) / "core.zip").write_bytes(core)
        # Node takes a file named .js for a module only beside a package.json that says so.
        (Path(folder) / "opener.mjs").write_bytes(opener.read_bytes())
        prepared = _run(
            node,
            "prepare.mjs",
            pyodide=str(pyodide),
            core=f"{folder}/core.zip",
            standards=standards,
            inside=(_HERE / "inside.py").read_text(encoding="utf-8"),
            requests=[f"{name}\n{request}" for name, request in requests],
            memory=f"{folder}/memory",
        )
        memory = (Path(folder) / "memory").read_bytes()

        def rehearse(module: wasm.Wasm, exercise: str = "") -> dict[str, Any]:
            (Path(folder) / "snapshot.wasm").write_bytes(wasm.write(module))
            return _run(
                node,
                "rehearse.mjs",
                opener=f"{folder}/opener.mjs",
                snapshot=f"{folder}/snapshot.wasm",
                exercise=exercise,
                requests=requests,
            )

        runtime = wasm.read((pyodide / "pyodide.asm.wasm").read_bytes())
        serve = {"serve": prepared["serve"]}
        marked = wasm.with_marks(wasm.with_memory(runtime, memory, [*_ASKING, *_EXERCISING], serve))
        entered = rehearse(marked, (_HERE / "exercise.py").read_text(encoding="utf-8"))["entered"]
        whole = wasm.with_memory(runtime, memory, _ASKING, serve)
        asked = [index - whole.imports for kind, index in whole.exports.values() if kind == wasm.FUNCTION]
        cut = wasm.with_only(whole, wasm.called_from(whole, [*entered, *asked]))
        for (name, request), expected, answer in zip(
            requests, prepared["answers"], rehearse(cut)["answers"], strict=True
        ):
            if answer != expected:
                said = {"name": name, "request": request, "found": str(answer), "expected": str(expected)}
                raise BundleError("engine-answers-otherwise", **said)
        made: bytes = wasm.write(cut)
        return made


def _run(node: str, script: str, **options: object) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [node, str(_HERE / script)],
            input=json.dumps(options),
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "TZ": "UTC"},
            check=False,
        )
    except FileNotFoundError:
        raise BundleError("no-node", node=node) from None
    if done.returncode:
        said = tuple(line for line in done.stderr.splitlines() if line.strip())[-25:]
        raise BundleError("node-failed", script=script, node=node, said=said)
    result: dict[str, Any] = json.loads(done.stdout)
    return result
