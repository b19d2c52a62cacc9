"""Real servers on this machine that releases are published to."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
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
    """asyncssh."""
    import asyncssh

    class _Auth(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:  # noqa: ARG002
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

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
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root)),
        )

    acceptor = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = acceptor.get_port()
    hosts = folder / "known_hosts"
    hosts.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}", encoding="utf-8")
    settings = f"sftp: {{host: 127.0.0.1, port: {port}, user: {USER}, path: /symm, known_hosts: {hosts}}}"
    try:
        yield Server(settings, {"PUBLICITY_PASSWORD_PORTAL": PASSWORD}, root / "symm")
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@contextlib.contextmanager
def ftp(folder: Path) -> Iterator[Server]:
    """pyftpdlib."""
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    root = folder / "root"
    (root / "symm").mkdir(parents=True)
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer})
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
