"""A small site around the real engine, and a server that can fail on demand."""

import contextlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import brotli
import yaml
from scoring_bundler import Bundle, bundle, service_worker

from conftest import ROOT, Server, _Handler, serve
from publicity.prepare import engine_json
from publicity.read.content import LoadedStandard
from scoring import Engine, Standard

STANDARD = "chongqing-2023.json"
PAGE = """<!doctype html><meta charset="utf-8"><title>Engine</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="../style.css?v=1"><script type="module" src="../{engine}engine-page.js"></script>"""
# What a test does in the page: start an engine, ask it, and report all that was told.
SCRIPT = """
import { Engine } from "./engine/engine.js";
import { forgetOffline, keepOffline } from "./engine/offline.js";
const states = [];
const engine = new Engine({
  standard: "chongqing-2023.json",
  timeouts: { download: 2000, start: 60000, answer: 10000 },
  onState: (state) => states.push(state),
});
Object.assign(window, { engine, states, keepOffline, forgetOffline });
document.documentElement.dataset.loaded = "";
"""


def standard_json(name: str = "chongqing-2023") -> str:
    """A standard of the repository as the generator hands it to the engine."""
    folder = ROOT / "scoring_wasm" / "standards"
    standard, guidance = (
        yaml.safe_load((folder / f"{name}{part}.yml").read_text(encoding="utf-8")) for part in ("", ".guidance")
    )
    return engine_json(LoadedStandard(Standard.from_data(standard), guidance)).decode()


def make_bundle(out: Path, **changes: object) -> Bundle:
    """Bundle the engine of this repository."""
    options: dict[str, object] = {
        "pyodide": ROOT / "node_modules" / "pyodide",
        "core": ROOT / "scoring_wasm" / "scoring",
        "browser": ROOT / "scoring_wasm" / "browser",
        "standards": {STANDARD: standard_json().encode()},
        "out": out,
    }
    return bundle(**{**options, **changes})  # type: ignore[arg-type]


def make_site(folder: Path) -> str:
    """A site with one page that loads the engine; returns the engine's address in it."""
    engine = f"engine/{make_bundle(folder / 'engine').name}/"
    (folder / engine / "engine-page.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "style.css").write_text("body { margin: 0 }", encoding="utf-8")
    (folder / "assessment").mkdir()
    (folder / "assessment" / "index.html").write_text(PAGE.format(engine=engine), encoding="utf-8")
    write_service_worker(folder, engine)
    return engine


def write_service_worker(folder: Path, engine: str) -> None:
    """As the generator does when all else is written."""
    worker = service_worker(site=folder, pages=["assessment/"], engine=engine, standard=STANDARD)
    (folder / "sw.js").write_text(worker, encoding="utf-8")


def expected_answer(request: dict[str, object]) -> object:
    """What the same core answers in this Python."""
    return json.loads(Engine(standard_json()).respond(json.dumps(request)))


class FaultyHandler(_Handler):
    """Fails on the files named in `faults`; sends the content security policy that the site recommends."""

    faults: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]] = []
    released: ClassVar[threading.Event] = threading.Event()

    @classmethod
    def fail_snapshot(cls, fault: str) -> None:
        """Fail on the snapshot, packed and plain."""
        cls.faults.update({"python-snapshot.zip": fault, "python-snapshot.wasm": fault})

    def end_headers(self) -> None:
        policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; style-src 'self'"
        self.send_header("Content-Security-Policy", policy + "; img-src data:")
        if self.faults.get("*") == "no store":
            self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:  # noqa: N802
        name = self.path.rsplit("/", 1)[-1]
        self.asked.append(name)
        fault = self.faults.get(name)
        if self.faults.get("*") == "down":
            self.close_connection = True
        elif fault == "missing":
            self.send_error(404)
        elif fault == "login page":
            self._send(b"<!doctype html><title>Please log in</title>", "text/html")
        elif fault == "silent":
            self._send(b"", "application/octet-stream", length=1000)
            self.released.wait()
        elif fault == "brotli":
            content = brotli.compress(Path(self.translate_path(self.path)).read_bytes())
            self._send(content, "application/wasm", encoding="br")
        elif fault == "damaged":
            content = bytearray(Path(self.translate_path(self.path)).read_bytes())
            content[len(content) // 2] ^= 1
            self._send(bytes(content), "application/wasm")
        elif fault:
            self._send(Path(fault).read_bytes(), self.guess_type(name))
        else:
            super().do_GET()

    def guess_type(self, path: object) -> str:
        wrong = self.faults.get("*") == "wrong types" and str(path).endswith((".wasm", ".zip", ".json"))
        return "text/plain" if wrong else super().guess_type(path)  # type: ignore[arg-type]

    def _send(self, content: bytes, kind: str, length: int | None = None, encoding: str = "") -> None:
        self.send_response(200)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def serve_with_faults(folder: Path) -> Iterator[Server]:
    """Serve a folder through the faulty handler; connections kept waiting end with the block."""
    FaultyHandler.released.clear()
    with serve(folder, FaultyHandler) as running:
        yield running
        FaultyHandler.released.set()
