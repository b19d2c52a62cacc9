"""The engine as one folder, named by the hash of its content, of files with well-known extensions."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scoring_bundler.errors import BundleError
from scoring_bundler.packing import PROBE, Packed, pack
from scoring_bundler.runtime import abi_version, library_files, notices, runtime_files
from scoring_bundler.snapshot import snapshot

_SERVED_EVERYWHERE = {".js", ".wasm", ".json", ".zip"}
# Names that the browser side knows too.
_CORE, _SNAPSHOT, _PACKED, _PROBE = "scoring.zip", "python-snapshot.wasm", "python-snapshot.zip", "probe.wasm"
_DESCRIPTION = "engine/bundle.js"


@dataclass(frozen=True)
class BundledFile:
    """One file of the bundle: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Bundle:
    """The folder's name (a hash of all it holds), its path and its files by their paths in it."""

    name: str
    path: Path
    files: Mapping[str, BundledFile]


def bundle(
    *,
    pyodide: Path,
    core: Path,
    browser: Path,
    standards: Mapping[str, bytes],
    out: Path,
    node: str = "node",
    cache: Path | None = None,
) -> Bundle:
    """Write the engine to `out/<hash>/`. The same input gives the same bytes; a folder that is there already is kept.

    Args:
        pyodide: the npm package, `node_modules/pyodide`; the other packages lie beside it.
        core: the package `scoring`; its modules go into `scoring.zip`.
        browser: folder of ES modules, all of which are copied, in its sub-folders too.
        standards: the standards as JSON, by file name (`chongqing-2023.json`).
        out: where to put the folder; made if missing.
        node: the program Node, of version 20 or later.
        cache: where to keep the snapshot, which takes seconds to make; `node_modules/.cache` unless given.

    Raises:
        BundleError: an input is missing, of the wrong version, or two inputs want the same path; Node is missing, or
            the snapshot does not answer like Pyodide.
    """
    packed = _zipped(core, "scoring")
    files = _united(
        runtime_files(pyodide),
        {module.relative_to(browser).as_posix(): module.read_bytes() for module in sorted(browser.rglob("*.js"))},
        {_CORE: packed},
        standards,
    )
    cache = cache or pyodide.parent / ".cache" / "python-snapshot"
    files[_SNAPSHOT] = snapshot(
        pyodide=pyodide,
        core=packed,
        standards={name: content.decode() for name, content in standards.items()},
        opener=browser / "engine" / "snapshot.js",
        node=node,
        cache=cache,
    )
    packed_snapshot = pack(_SNAPSHOT, files[_SNAPSHOT], cache)
    files |= {_PACKED: packed_snapshot.archive, _PROBE: PROBE}
    files[_DESCRIPTION] = _description(files, abi_version(pyodide), packed_snapshot)
    files |= notices(pyodide)  # no page loads them
    files |= library_files(pyodide.parent)
    described = {name: _describe(files[name]) for name in sorted(files)}
    listing = "".join(f"{file.sha256}  {name}\n" for name, file in described.items())
    name = hashlib.sha256(listing.encode()).hexdigest()[:16]
    path = out / name
    for file_name, content in files.items():
        target = path / file_name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.stat().st_size != len(content):
            target.write_bytes(content)
    return Bundle(name, path, described)


def _united(*parts: Mapping[str, bytes]) -> dict[str, bytes]:
    united: dict[str, bytes] = {}
    for part in parts:
        for name, content in part.items():
            if name in united:
                raise BundleError("engine-two-files", file=name)
            if Path(name).suffix not in _SERVED_EVERYWHERE:
                raise BundleError("engine-file-name", file=name, endings=tuple(sorted(_SERVED_EVERYWHERE)))
            united[name] = content
    return united


def _zipped(package: Path, name: str) -> bytes:
    """The package's modules as a zip, stored: HTTP compresses better, and the bytes depend on no version of zlib."""
    modules = sorted(package.rglob("*.py"))
    if not modules:
        raise BundleError("engine-no-modules", folder=str(package))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for module in modules:
            entry = zipfile.ZipInfo(f"{name}/{module.relative_to(package).as_posix()}")
            entry.create_system = 3
            target.writestr(entry, module.read_bytes())
    return archive.getvalue()


def _description(files: Mapping[str, bytes], abi: str, packed: Packed) -> bytes:
    listed = {
        name: {"bytes": len(content), "sha256": _describe(content).sha256, "adler32": zlib.adler32(content)}
        for name, content in sorted(files.items())
        if name != _DESCRIPTION
    }
    inside = {"file": _PACKED, "start": packed.start, "bytes": packed.size}
    return f"export const bundle = {json.dumps({'abi': abi, 'packed': inside, 'files': listed}, indent=1)};\n".encode()


def _describe(content: bytes) -> BundledFile:
    return BundledFile(len(content), hashlib.sha256(content).hexdigest())
