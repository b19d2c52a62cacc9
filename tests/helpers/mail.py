"""A mail server of few lines that answers as a test says, and a Postfix on this machine."""

import base64
import contextlib
import os
import re
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PASSWORD = "a-secret"  # noqa: S105
Script = Callable[[str, str], str | None]
"""Of a step (`auth`, `mail`, `rcpt`, `data`, `end`) and the reader's address: the answer; None breaks the line off."""


@dataclass
class Mailbox:
    """What a server has taken."""

    port: int = 0
    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Sender and reader of the envelope, and the message."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    turn: threading.Condition = field(default_factory=threading.Condition)

    def readers(self) -> list[str]:
        """Who got mail, once for each."""
        return [to for _, to, _ in self.mails]

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        """Wait until what was taken is as a test wants it."""
        with self.turn:
            assert self.turn.wait_for(is_there, timeout=60)


def usual(step: str, _: str) -> str:
    """A server to which all is well."""
    return "354 go on" if step == "data" else "250 2.0.0 fine"


def _words(said: str) -> list[str]:
    """What `AUTH PLAIN` says: nobody, a user, a password."""
    return base64.b64decode(said.partition(" ")[2]).decode().split("\0")


class _Handler(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._sender = self._to = ""
        with contextlib.suppress(OSError):
            self._say("220 test")
            while line := self.rfile.readline():
                command, _, rest = line.decode(errors="replace").strip().partition(" ")
                named = re.search(r"<(.*)>", rest)
                answer = self._answer(command.upper(), named[1] if named else rest)
                if answer is None:
                    return
                self._say(answer)

    def _answer(self, command: str, address: str) -> str | None:
        if command == "MAIL":
            self._sender = address
            return self._ask("mail", address)
        if command == "RCPT":
            self._to = address
            return self._ask("rcpt", address)
        if command == "DATA":
            answer = self._ask("data", self._to)
            if not answer or not answer.startswith("354"):
                return answer
            self._say(answer)
            return self._take()
        if command == "AUTH":
            if self._ask("auth", "") is None:
                return None
            return "235 welcome" if PASSWORD in _words(address) else "535 5.7.8 no"
        return {"EHLO": f"250-test\r\n250 AUTH {self.server.logins}", "QUIT": "221 bye"}.get(command, "250 fine")

    def _take(self) -> str | None:
        data = b"".join(row.removeprefix(b".") for row in iter(self._row, b".\r\n"))
        answer = self._ask("end", self._to)
        if answer and answer.startswith("2"):
            with self.server.box.turn:
                self.server.box.mails.append((self._sender, self._to, data))
                self.server.box.turn.notify_all()
        return answer

    def _row(self) -> bytes:
        row = self.rfile.readline()
        if not row:
            raise OSError
        return row

    def _ask(self, step: str, address: str) -> str | None:
        self.server.box.steps.append((step, address))
        return self.server.script(step, address)

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox
    script: Script
    logins: str


@contextlib.contextmanager
def mail_server(script: Script = usual, logins: str = "PLAIN") -> Iterator[Mailbox]:
    """One that answers by a script, and keeps what it took."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.box = Mailbox(server.server_address[1])
        server.script, server.logins = script, logins
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.box
        server.shutdown()


_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = {root}/usr/sbin
daemon_directory = {root}/usr/lib/postfix/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {root}/etc/postfix
mail_owner = daemon
setgid_group = mail
import_environment = MAIL_CONFIG LD_LIBRARY_PATH
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.gov.cn
mydestination =
mynetworks = 127.0.0.0/8
relayhost = [127.0.0.1]:{relay}
alias_maps =
alias_database =
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""
_MASTER = """
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
anvil unix - - n - 1 anvil
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
scache unix - - n - 1 scache
"""
_QUEUES = (
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "maildrop",
    "saved",
    "trace",
)


def _unpacked() -> tuple[Path, dict[str, str]]:
    """Where Postfix is unpacked, and the environment it runs in; skips the test where there is none."""
    root = os.environ.get("PUBLICITY_POSTFIX")
    if not root or os.geteuid() != 0:
        pytest.skip("no Postfix, or not root: mail is tried with the small server alone (run ./scripts/test as root)")
    return Path(root), os.environ | {"LD_LIBRARY_PATH": f"{root}/usr/lib/postfix"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass(frozen=True)
class Postfix:
    """A Postfix that hands all mail on to another server."""

    port: int
    spool: Path

    def waiting(self) -> list[Path]:
        """What it has not handed on yet."""
        names = ("incoming", "active", "deferred", "maildrop")
        return [file for name in names for file in (self.spool / name).rglob("*") if file.is_file()]


@contextlib.contextmanager
def postfix(relay: int) -> Iterator[Postfix]:
    """A real one, whose mail goes to a port of this machine. Its folder is not pytest's, which only root can enter."""
    root, environment = _unpacked()
    folder = Path(tempfile.mkdtemp(prefix="publicity-postfix-"))
    try:
        folder.chmod(0o755)
        for name in ("etc", "data", "spool", "spool/pid"):
            (folder / name).mkdir()
        for name in (*_QUEUES, "private", "public"):
            (folder / "spool" / name).mkdir(mode=0o710 if name == "public" else 0o700)
            shutil.chown(folder / "spool" / name, "daemon", "mail" if name in ("maildrop", "public") else None)
        shutil.chown(folder / "data", "daemon")
        port = free_port()
        (folder / "etc/main.cf").write_text(_MAIN.format(folder=folder, root=root, relay=relay), encoding="utf-8")
        (folder / "etc/master.cf").write_text(_MASTER.format(port=port), encoding="utf-8")
        command = [root / "usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"]
        with subprocess.Popen(command, env=environment | {"MAIL_CONFIG": f"{folder}/etc"}) as running:
            try:
                _await_port(port, running)
                yield Postfix(port, folder / "spool")
            finally:
                running.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def smtp_sink(*options: str) -> Iterator[int]:
    """Postfix's own injector of faults; returns its port."""
    root, environment = _unpacked()
    port = free_port()
    command = [root / "usr/sbin/smtp-sink", "-u", "daemon", *options, f"127.0.0.1:{port}", "100"]
    with subprocess.Popen(command, env=environment) as running:
        try:
            _await_port(port, running)
            yield port
        finally:
            running.terminate()


def _await_port(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert running.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    raise AssertionError(port)
