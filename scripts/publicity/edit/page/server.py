"""The editing page's server, on this machine alone."""

import contextlib
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


def serve_desk(project: Project, region: str, address: str, *, opens: bool) -> None:
    """Serve until interrupted; prints one line with the address, and opens it in the browser where told.

    Raises:
        UsageError: the address is none, is taken, or is not one of this machine; the project lies in no repository.
    """
    parts = re.fullmatch(r"(127\.0\.0\.1|localhost|[0-9.]+):([0-9]{1,5})", address)
    if not parts or int(parts[2]) >= 2**16:
        raise UsageError("bad-address", found=address)
    desk = Desk(project, region, import_document, lambda html, official: html_as_body(html, official=official))
    desk.meet()
    host, token = parts[1], kept_token(project.build / "drafts")
    with bound(host, int(parts[2]), address) as listening:
        port = listening.getsockname()[1]
        url = f"http://{host}:{port}/{token}/"
        click.echo(outcome("editing", address=url))
        if opens and _has_screen():
            webbrowser.open(url)
        app = make_app(desk, token, host, port)
        config = uvicorn.Config(app, log_level="error", server_header=False, date_header=False)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])


def _has_screen() -> bool:
    """Whether a browser could be seen; without a screen Python would start one in the terminal."""
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def bound(host: str, port: int, address: str) -> socket.socket:
    """A socket that listens there.

    Raises:
        UsageError: it cannot.
    """
    listening = socket.socket()
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError("port-taken" if port else "no-own-address", address=address) from error
    return listening
