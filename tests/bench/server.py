"""A web server that sends files compressed with brotli, or as they are, and counts the bytes."""

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}


@dataclass
class Server:
    """Where it is, and the bytes of all bodies since `sent` was last set to 0."""

    url: str
    sent: int = 0


@contextlib.contextmanager
def serve(site: Path, cache: Path, *, compresses: bool = True) -> Iterator[Server]:
    """Serve a folder; what was compressed once is kept in `cache`."""
    files = _compressed(site, cache) if compresses else _plain(site)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/")
            path += "index.html" if path == "" or path.endswith("/") else ""
            body = files.get(path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body or b"")))
            self.send_header("Cache-Control", "max-age=31536000, immutable")
            if body and compresses:
                self.send_header("Content-Encoding", "br")
            self.end_headers()
            self.wfile.write(body or b"")
            server.sent += len(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        server = Server(f"http://127.0.0.1:{running.server_port}/")
        yield server
        running.shutdown()


def _plain(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def _compressed(site: Path, cache: Path) -> dict[str, bytes]:
    cache.mkdir(parents=True, exist_ok=True)
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    with ThreadPoolExecutor() as pool:
        bodies = pool.map(lambda file: _compress(file.read_bytes(), cache), files)
        return {file.relative_to(site).as_posix(): body for file, body in zip(files, bodies, strict=True)}


def _compress(content: bytes, cache: Path) -> bytes:
    kept = cache / hashlib.sha256(content).hexdigest()
    if not kept.exists():
        kept.write_bytes(brotli.compress(content))
    return kept.read_bytes()
