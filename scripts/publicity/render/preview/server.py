"""The server of a preview: MkDocs' own, which answers with the headers of the site, and only under its own names."""

import contextlib
import errno
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Protocol

from mkdocs.exceptions import Abort
from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer, _timestamp

from publicity.labels.sentences import line_of, lines_of, outcome
from publicity.problems import Problem, UsageError
from publicity.render.preview.trouble import STYLES, panel, styles, whole_page
from publicity.render.warnings import LOGGER
from publicity.servers.headers import HEADERS

log = logging.getLogger(LOGGER)


class More(Protocol):
    """What a preview shows beside the pages of the site."""

    def answer(self, mount: str, address: str) -> tuple[str, str, bytes] | None:
        """Status, kind and content of what stands at an address below `mount`; None where nothing of it does."""

    def note(self, mount: str, address: str) -> bytes:
        """HTML to put at the top of a page of the site."""


class PreviewServer(LiveReloadServer):
    """As MkDocs', for this machine's browsers.

    A page from elsewhere can let a name of its own lead to this machine, and would then read the preview as its own site: so
    requests under other names are refused.
    """

    allow_reuse_address = os.name != "nt"  # Windows would share a port that is taken
    problems: tuple[Problem, ...] = ()
    """What is wrong with the content as it is; the pages are then those of before."""
    more: ClassVar[More | None] = None
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

    def show(self, folder: Path | None, problems: tuple[Problem, ...]) -> None:
        """Show the pages of a folder from now on, and what is wrong."""
        self.root = str(folder or self.root)
        self.problems = problems

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """Answer during a build, too: the pages of before are whole. MkDocs would let browsers wait for its end."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch
            self._epoch_cond.notify_all()
        yield
        self._wanted_epoch = _timestamp()  # MkDocs makes it visible now, and browsers load their pages again

    def error_page(self, code: int) -> bytes | None:
        """The site's own page for a status, where it has one."""
        file = Path(self.root, f"{code}.html")
        return file.read_bytes() if file.is_file() else None

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
        if environ["PATH_INFO"] == STYLES:
            start("200 OK", [("Content-Type", "text/css; charset=utf-8")])
            return [styles()]
        if self.more and (beside := self.more.answer(self.mount_path, environ["PATH_INFO"])):
            start(beside[0], [("Content-Type", beside[1]), ("Cache-Control", "no-store")])
            return [beside[2]]
        return self._serve_file(environ, start)

    def _serve_file(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with what MkDocs does; pages bear what is wrong, and the script that reloads them."""
        epoch = self._visible_epoch  # before the page is read: one that is older is loaded again
        head: list[Any] = []
        body = super().serve_request(environ, lambda *given: head.extend(given[:2]))
        status, headers = head[0], dict(head[1])
        if not headers.get("Content-Type", "").startswith("text/html"):
            start(status, head[1])
            return body
        page, address = b"".join(body), environ["PATH_INFO"]
        if self.problems and not Path(self.root, "index.html").exists() and "." not in address.rpartition("/")[2]:
            status, page = "200 OK", whole_page(self.problems).encode()
        elif self.problems:
            page = _on_top(page, panel(self.problems, address).encode())
        if self.more:
            page = _on_top(page, self.more.note(self.mount_path, address))
        page = _at_end(page, f'<script src="/livereload/{epoch}/{_timestamp()}.js"></script>'.encode())
        start(status, [*(headers | {"Content-Length": str(len(page))}).items()])
        return [page]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:  # noqa: ARG002 - as in MkDocs
        """Nothing yet: the policy allows no script in a page, and `_serve_file` names its file."""
        return content

    def _is_own(self, host: str) -> bool:
        """Whether a request is for this server: by a name that only leads to this machine, or by an address it is bound to."""
        name, _, port = host.lower().rpartition(":") if re.search(r":\d+$", host) else (host.lower(), "", "80")
        if port != str(self.server_port):
            return False
        if name in {"localhost", "127.0.0.1", "[::1]", _in_url(str(self.address))}:
            return True
        return self.address.is_unspecified and _is_of_this_machine(name)


def _on_top(page: bytes, addition: bytes) -> bytes:
    """A page with something more at the beginning of its body."""
    body = re.search(rb"<body\b[^>]*>", page)
    place = body.end() if body else 0
    return page[:place] + addition + page[place:]


def _at_end(page: bytes, addition: bytes) -> bytes:
    """A page with something more at the end of its body."""
    end = page.rfind(b"</body>")
    place = end if end >= 0 else len(page)
    return page[:place] + addition + page[place:]


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
