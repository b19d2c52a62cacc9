"""Real servers on this machine that releases are published to."""

import asyncio
import contextlib
import datetime
import ipaddress
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "symm", "a-secret"


@dataclass(frozen=True)
class Server:
    """One of them: what publish.yml says of it, what must stand in the environment, and where its files lie here."""

    settings: str
    environment: dict[str, str]
    folder: Path
    store: tuple[str, ...] = ()
    """How a file is laid there or taken away where the server does not see what is done to its folder."""

    def lay(self, path: str, text: str | None) -> None:
        """Write a file there as somebody else would; None takes it away."""
        if self.store:
            command = [*self.store, "deletefile" if text is None else "rcat", f":s3:bucket/symm/{path}"]
            subprocess.run(command, input=(text or "").encode(), capture_output=True, check=True)
        elif text is None:
            (self.folder / path).unlink()
        else:
            (self.folder / path).write_text(text, encoding="utf-8")


@contextlib.contextmanager
def sftp(folder: Path) -> Iterator[Server]:
    """asyncssh; its folders belong to a colleague, who lets us write there, but not change their times."""
    import asyncssh

    class _Auth(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:  # noqa: ARG002
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    class _Files(asyncssh.SFTPServer):
        def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
            file = self.map_path(path)
            if os.path.exists(file) and not os.stat(file).st_mode & 0o400:  # noqa: PTH110, PTH116 - bytes
                raise asyncssh.SFTPPermissionDenied("not for you")  # root, who may run this, would read it
            return super().open(path, pflags, attrs)

        def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> Awaitable[None] | None:
            if os.path.isdir(self.map_path(path)):  # noqa: PTH112 - bytes
                raise asyncssh.SFTPPermissionDenied("not yours")
            return super().setstat(path, attrs)

    root = folder / "root"
    (root / "symm").mkdir(parents=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[key],
            server_factory=_Auth,
            sftp_factory=lambda channel: _Files(channel, chroot=str(root)),
        )

    # In a thread of its own: where Playwright has been asked for something, its loop runs in this one.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = asyncio.run_coroutine_threadsafe(start(), loop).result().get_port()
    hosts = folder / "known_hosts"
    hosts.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}", encoding="utf-8")
    settings = f"sftp: {{host: 127.0.0.1, port: {port}, user: {USER}, path: /symm, known_hosts: {hosts}}}"
    try:
        # rclone opens the connections of its eight checkers 0.1 s apart, which is most of the time of a run on this machine.
        yield Server(settings, {"PUBLICITY_PASSWORD_PORTAL": PASSWORD, "RCLONE_CHECKERS": "2"}, root / "symm")
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@contextlib.contextmanager
def ftp(folder: Path, *, hides: bool = False) -> Iterator[Server]:
    """pyftpdlib; one that `hides` names what begins with a dot to those alone who ask with `LIST -a`, as vsftpd does."""
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.filesystems import AbstractedFS
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    class _Hides(FTPHandler):
        def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
            self.asked = cmd == "LIST" and arg.startswith("-a")
            super().pre_process_command(line, cmd, arg.removeprefix("-a").strip() if self.asked else arg)

    class _Files(AbstractedFS):
        def listdir(self, path: str) -> list[str]:
            names: list[str] = super().listdir(path)
            return names if self.cmd_channel.asked else [name for name in names if not name.startswith(".")]

    root = folder / "root"
    (root / "symm").mkdir(parents=True)
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")
    known = {name: of for name, of in FTPHandler.proto_cmds.items() if name not in ("MLSD", "MLST")}
    hiding = {"abstracted_fs": _Files, "proto_cmds": known} if hides else {}
    handler = type("Handler", (_Hides if hides else FTPHandler,), {"authorizer": authorizer, **hiding})
    server = ThreadedFTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings = f"ftp: {{host: 127.0.0.1, port: {server.address[1]}, user: {USER}, path: /symm, tls: none}}"
    try:
        yield Server(settings, {"PUBLICITY_PASSWORD_PORTAL": PASSWORD}, root / "symm")
    finally:
        server.close_all()
        thread.join()


@contextlib.contextmanager
def greeter(folder: Path) -> Iterator[tuple[Server, list[str | None]]]:
    """An FTP server with a certificate that no authority has signed, `cert.pem` of the folder; it notes which TLS is spoken, and says no more."""
    key, certificate = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    spoken: list[str | None] = []

    class _Greets(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.request.sendall(b"220 here\r\n")
            self.request.recv(100)
            self.request.sendall(b"234 go on\r\n")
            with contextlib.suppress(OSError), context.wrap_socket(self.request, server_side=True) as begun:
                spoken.append(begun.version())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Greets) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = f"ftp: {{host: 127.0.0.1, port: {server.server_address[1]}, user: {USER}, path: /symm}}"
        try:
            yield Server(settings, {"PUBLICITY_PASSWORD_PORTAL": PASSWORD}, folder), spoken
        finally:
            server.shutdown()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for this machine that no authority has signed."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = made.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(*forms))
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return folder / "key.pem", folder / "cert.pem"


@contextlib.contextmanager
def s3(folder: Path) -> Iterator[Server]:
    """rclone's own: no other that this machine can have agrees with the packages locked here."""
    root = folder / "buckets"
    (root / "bucket").mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("rclone") or str(Path(os.environ.get("VIRTUAL_ENV", ".venv")) / "bin" / "rclone")
    address = f"127.0.0.1:{port}"
    command = [
        program,
        "--config=",
        "serve",
        "s3",
        "--addr",
        address,
        "--auth-key",
        f"{USER},{PASSWORD}",
        str(root),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _wait_for(address)
        settings = f"s3: {{provider: Other, endpoint: 'http://{address}', bucket: bucket, path: symm}}"
        keys = {"PUBLICITY_KEY_ID_PORTAL": USER, "PUBLICITY_SECRET_PORTAL": PASSWORD}
        try:
            access = (
                f"--s3-endpoint=http://{address}",
                f"--s3-access-key-id={USER}",
                f"--s3-secret-access-key={PASSWORD}",
            )
            store = (program, "--config=", "--s3-provider=Other", "--s3-no-check-bucket", *access)
            yield Server(settings, keys, root / "bucket" / "symm", store)
        finally:
            running.terminate()


def _wait_for(address: str) -> None:
    """Until a server answers."""
    for _ in range(1000):
        try:
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
        except OSError:
            threading.Event().wait(0.02)
        else:
            return
    raise AssertionError(address)
