"""The server of a preview: MkDocs' own, which answers with the headers of the site, and only under its own names."""

import errno
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer, _timestamp

from publicity.labels.sentences import line_of, lines_of, outcome
from publicity.problems import Problem, UsageError
from publicity.render.warnings import LOGGER
from publicity.servers.headers import HEADERS

log = logging.getLogger(LOGGER)


class PreviewServer(LiveReloadServer):
    """As MkDocs', for this machine's browsers.

    A page from elsewhere can let a name of its own lead to this machine, and would then read the preview as its own site: so
    requests under other names are refused.
    """

    allow_reuse_address = os.name != "nt"  # Windows would share a port that is taken
    _is_bound = False

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as in MkDocs
        super().__init__(*arguments, **options)
        host, port = self.server_address[:2]
        address = f"{_in_url(str(host))}:{port}"
        try:
            # MkDocs would only do so after the first build.
            self.server_bind()
            self.server_activate()
        except OSError as error:
            self.server_close()
            Path(self.root).rmdir()  # made for this run
            failure = UsageError("port-taken" if error.errno == errno.EADDRINUSE else "no-own-address", address=address)
            raise Abort("\n".join(lines_of(failure))) from failure
        self.address = ipaddress.ip_address(str(self.server_address[0]))
        opened = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(str(host), _in_url(str(host)))  # noqa: S104 - what stands for all
        self.url = f"http://{opened}:{port}{self.mount_path}"

    def server_bind(self) -> None:
        """Bind, once."""
        if not self._is_bound:
            super().server_bind()
            self._is_bound = True

    def serve(self, **options: Any) -> None:  # noqa: ANN401 - as in MkDocs
        """Serve until interrupted; say who else can see it."""
        if not self.address.is_loopback:
            port = self.server_port
            log.warning(outcome("preview-seen", address=f"{_in_url(str(self.address))}:{port}", port=port))
        super().serve(**options)  # type: ignore[no-untyped-call]

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, as WSGI has it."""

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:  # noqa: ANN401
            return start_response(status, [*headers, *HEADERS.items()], *fault)

        host = environ.get("HTTP_HOST", "")
        if not self._is_own(host):
            start("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [line_of(Problem("", 0, "other-host", {"host": host, "url": self.url})).encode()]
        script = re.fullmatch(r"/livereload/([0-9]+)/([0-9]+)\.js", environ["PATH_INFO"])
        if script:
            start("200 OK", [("Content-Type", "text/javascript; charset=utf-8")])
            return [_SCRIPT_TEMPLATE.substitute(epoch=script[1], request_id=script[2]).encode()]
        return super().serve_request(environ, start)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """As in MkDocs, but the script is a file: the policy allows none in the page."""
        end = content.rfind(b"</body>")
        script = f'<script src="/livereload/{epoch}/{_timestamp()}.js"></script>'
        return content[:end] + script.encode() + content[end:] if end >= 0 else content + script.encode()

    def _is_own(self, host: str) -> bool:
        """Whether a request is for this server: by a name that only leads to this machine, or by an address it is bound to."""
        name, _, port = host.lower().rpartition(":") if re.search(r":\d+$", host) else (host.lower(), "", "80")
        if port != str(self.server_port):
            return False
        if name in {"localhost", "127.0.0.1", "[::1]", _in_url(str(self.address))}:
            return True
        return self.address.is_unspecified and _is_of_this_machine(name)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_of_this_machine(address: str) -> bool:
    """Whether an IP address, as in a URL, is one of this machine: only to those a socket can be bound."""
    try:
        known = ipaddress.ip_address(address.strip("[]"))
        with socket.socket(socket.AF_INET6 if known.version == 6 else socket.AF_INET) as probe:
            probe.bind((str(known), 0))
    except (ValueError, OSError):
        return False
    return True
