"""Web servers over a folder in which the column lies at `/ztzl/symm/`: each as its users run it, with our recipe or without."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from conftest import Server

COLUMN = "ztzl/symm/"
_NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    {types}
    access_log off;
    client_body_temp_path {folder}/client;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {portal};
        index index.html;
        {recipe}
    }}
}}
"""
_APACHE = """
ServerRoot {root}/usr/lib/apache2
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule alias_module modules/mod_alias.so
LoadModule deflate_module modules/mod_deflate.so
LoadModule dir_module modules/mod_dir.so
LoadModule filter_module modules/mod_filter.so
LoadModule headers_module modules/mod_headers.so
LoadModule mime_module modules/mod_mime.so
TypesConfig {types}
DocumentRoot {portal}
<Directory {portal}>
    AllowOverride All
    Require all granted
</Directory>
"""
_LIGHTTPD = """
server.document-root = "{portal}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/error.log"
include "{folder}/symm.conf"
"""
_CADDY = """
{{
	admin off
	auto_https off
	storage file_system {folder}/caddy
}}
http://127.0.0.1:{port} {{
	root * {portal}
	import {folder}/symm.conf
	file_server
}}
"""

Command = Callable[[Path, Path, str, int], list[str]]
"""The command that serves a portal's folder: a folder for its files, the portal's, the text of the recipe, a port."""


def _program(variable: str, path: str, *names: str) -> str:
    unpacked = Path(os.environ.get(variable, "/nowhere")) / path
    found = str(unpacked) if unpacked.is_file() else next(filter(None, map(shutil.which, names)), "")
    if not found:
        pytest.skip(f"no {names[0]}: it is not tried (./scripts/test unpacks Debian's)")
    return found


def _nginx_program() -> str:
    """Where nginx is; the test is skipped where there is none."""
    binary = os.environ.get("PUBLICITY_NGINX") or shutil.which("nginx")
    if not binary:
        pytest.skip("no nginx: the recipe is not tried (Debian: apt install nginx-light, or run ./scripts/test)")
    return binary


def _nginx(types: str, *, has_recipe: bool) -> Command:
    def command(folder: Path, portal: Path, recipe: str, port: int) -> list[str]:
        binary = _nginx_program()
        known = f"include {Path(binary).parents[2] / 'etc' / 'nginx' / 'mime.types'};"
        (folder / "symm.conf").write_text(recipe, encoding="utf-8")
        text = _NGINX.format(
            folder=folder,
            portal=portal,
            port=port,
            types=types or known,
            recipe=f"include {folder}/symm.conf;" if has_recipe else "",
        )
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        return [binary, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]

    return command


def _apache(folder: Path, portal: Path, _recipe: str, port: int) -> list[str]:
    binary = _program("PUBLICITY_SERVERS", "usr/sbin/apache2", "apache2")
    root = Path(os.environ.get("PUBLICITY_SERVERS", "/"))
    (folder / "mime.types").write_text("text/html html\ntext/css css\nimage/svg+xml svg\n", encoding="utf-8")
    text = _APACHE.format(folder=folder, portal=portal, port=port, root=root, types=folder / "mime.types")
    (folder / "apache.conf").write_text(text, encoding="utf-8")
    return [binary, "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


def _lighttpd(folder: Path, portal: Path, recipe: str, port: int) -> list[str]:
    binary = _program("PUBLICITY_SERVERS", "usr/sbin/lighttpd", "lighttpd")
    (folder / "symm.conf").write_text(recipe, encoding="utf-8")
    (folder / "lighttpd.conf").write_text(_LIGHTTPD.format(folder=folder, portal=portal, port=port), encoding="utf-8")
    modules = Path(binary).parents[1] / "lib" / "lighttpd"
    return [binary, "-D", "-f", str(folder / "lighttpd.conf"), "-m", str(modules)]


def _caddy(folder: Path, portal: Path, recipe: str, port: int) -> list[str]:
    binary = _program("PUBLICITY_SERVERS", "usr/bin/caddy", "caddy")
    (folder / "symm.conf").write_text(recipe, encoding="utf-8")
    (folder / "Caddyfile").write_text(_CADDY.format(folder=folder, portal=portal, port=port), encoding="utf-8")
    return [binary, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def _busybox(_folder: Path, portal: Path, _recipe: str, port: int) -> list[str]:
    binary = _program("PUBLICITY_SERVERS", "bin/busybox", "busybox")
    return [binary, "httpd", "-f", "-p", f"127.0.0.1:{port}", "-h", str(portal)]


def _python(_folder: Path, portal: Path, _recipe: str, port: int) -> list[str]:
    return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(portal), str(port)]


SERVERS: dict[str, tuple[Command, str]] = {
    "nginx with the recipe": (_nginx("", has_recipe=True), "nginx"),
    "nginx": (_nginx("", has_recipe=False), ""),
    "nginx without mime.types": (_nginx("types { text/html html; }", has_recipe=False), ""),
    "Apache": (_apache, "htaccess"),
    "lighttpd": (_lighttpd, "lighttpd"),
    "Caddy": (_caddy, "caddy"),
    "busybox": (_busybox, ""),
    "http.server": (_python, ""),
}
"""Each with the recipe that it follows, by the command that prints it, or the file in the site."""


@contextlib.contextmanager
def running(name: str, folder: Path, portal: Path, recipe: str) -> Iterator[Server]:
    """Run a server over a portal's folder until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = SERVERS[name][0](folder, portal, recipe, port)
    libraries = os.environ.get("PUBLICITY_SERVERS", "") + "/usr/lib/x86_64-linux-gnu"
    log = folder / "output.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, env={**os.environ, "LD_LIBRARY_PATH": libraries}, stdout=output, stderr=output
        ) as process,
    ):
        try:
            deadline = time.monotonic() + 30
            while not _answers(port) and time.monotonic() < deadline:
                assert process.poll() is None, log.read_text(encoding="utf-8")
            yield Server(f"http://127.0.0.1:{port}/{COLUMN}", portal / COLUMN)
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str) -> tuple[int, Message]:
    """The status and headers of an answer, redirects not followed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(_Stay).open(request) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers
