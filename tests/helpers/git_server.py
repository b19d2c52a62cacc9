"""A git server over https: dulwich's own, behind a certificate that an office has made itself, and a password."""

import base64
import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from dulwich.repo import Repo
from dulwich.server import Backend
from dulwich.web import make_wsgi_chain

USER, SECRET = "desk-one", "s3cret-of-the-desk"


class _Folder(Backend):
    """The repositories below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open_repository(self, path: str | bytes) -> Repo:
        """One of them, by its path in the address."""
        return Repo(str(self._folder / (path.decode() if isinstance(path, bytes) else path).strip("/")))


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base says
        """Say nothing."""


def certificate(folder: Path, name: str) -> Path:
    """A certificate of 127.0.0.1 that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / f"{name}.pem"
    file.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def git_server(folder: Path, pem: Path, port: int = 0, **handlers: Any) -> Iterator[int]:
    """Serve the repositories below a folder to those who know the password; gives the port."""
    git = make_wsgi_chain(_Folder(folder), handlers={key.encode(): one for key, one in handlers.items()})
    expected = "Basic " + base64.b64encode(f"{USER}:{SECRET}".encode()).decode()

    def guarded(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("HTTP_AUTHORIZATION") != expected:
            start("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="git"'), ("Content-Length", "0")])
            return []
        return git(environ, start)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = make_server("127.0.0.1", port, guarded, handler_class=_Silent)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
