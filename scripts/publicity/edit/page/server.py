"""The editing page's server, on this machine alone."""

import contextlib
import ipaddress
import os
import re
import socket
import sys
import webbrowser

import click
import uvicorn

from publicity.edit.desk import Desk
from publicity.edit.page.app import make_app
from publicity.edit.page.token import kept_token
from publicity.imports.entry import html_as_body, import_document
from publicity.labels.sentences import outcome
from publicity.problems import UsageError
from publicity.project import Project
from publicity.read.load import see_region


def serve_desk(project: Project, region: str, address: str, *, opens: bool) -> None:
    """Serve until interrupted; prints one line with the address, and opens it in the browser where told.

    Raises:
        UsageError: the address is none, is taken, or can be reached from elsewhere; the project lies in no repository, or the main branch has no such region.
    """
    host, wanted = _parts(address)
    desk = Desk(project, region, import_document, lambda html, official: html_as_body(html, official=official))
    desk.meet()
    see_region(desk.drafts.mirror(), region, project)
    token = kept_token(project.build / "drafts")
    with bound(host, wanted, address) as listening:
        port = listening.getsockname()[1]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}/{token}/"
        click.echo(outcome("editing", address=url))
        if opens and _has_screen():
            webbrowser.open(url)
        app = make_app(desk, token, host, port)
        config = uvicorn.Config(app, log_level="error", server_header=False, date_header=False)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])


def _parts(address: str) -> tuple[str, int]:
    """Host and port of an address that only this machine reaches: whoever reads on the network must not edit (ADR 0014).

    Raises:
        UsageError: it is none.
    """
    parts = re.fullmatch(r"(localhost|[0-9.]+|\[[0-9a-f:]+\]):([0-9]{1,5})", address)
    if not parts or int(parts[2]) >= 2**16:
        raise UsageError("bad-address", found=address)
    host = parts[1].strip("[]")
    try:
        is_own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError as error:
        raise UsageError("bad-address", found=address) from error
    if not is_own:
        raise UsageError("not-loopback", address=address, port=int(parts[2]))
    return host, int(parts[2])


def _has_screen() -> bool:
    """Whether a browser could be seen; without a screen Python would start one in the terminal."""
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def bound(host: str, port: int, address: str) -> socket.socket:
    """A socket that listens there.

    Raises:
        UsageError: it cannot.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if (
        os.name != "nt"
    ):  # Windows would share a port that is taken; elsewhere one just left would be refused for a minute
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError("port-taken" if port else "no-own-address", address=address) from error
    return listening
