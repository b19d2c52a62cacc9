"""rclone, which carries files to servers (ADR 0020): one server, told through the environment so that no secret is on a command line or a disk."""

import contextlib
import getpass
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from publicity.labels.sentences import outcome
from publicity.models.publishing import S3, Ftp, PublishTarget, Sftp
from publicity.problems import BuildError, UsageError
from publicity.project import typed_path
from publicity.publish.known_hosts import key_kinds
from publicity.work import extras
from publicity.work.progress import Progress

_REMOTE = "PLACE"
_SHOW_ALL = f"RCLONE_CONFIG_{_REMOTE}_FORCE_LIST_HIDDEN"
_NOT_FOUND = (3, 4)
_NOT_THERE = re.compile(r"no such (file|directory)", re.IGNORECASE)
"""What some FTP servers say in words of their own, which rclone takes for a failure."""
_NUMBERS = re.compile(r" (RequestID|HostID): [^,]*,")
"""What only the keepers of an object store understand, and what goes before the reason."""
_OPTIONS = (
    "--config=",
    "--use-json-log",
    "--retries=3",
    "--low-level-retries=5",
    "--contimeout=20s",
    "--timeout=120s",
    "--no-update-dir-modtime",  # which only their owners may do
)


_PATIENCE = 3
"""After how many seconds it is told that the server is waited for, and how often."""


class Rclone:
    """The folder of a server that a target of publish.yml names."""

    def __init__(self, target: PublishTarget) -> None:
        extras.need("publish")
        self._name = target.name
        self._environment = {**os.environ}
        self.has_folders = target.s3 is None
        self.alive: Callable[[], None] = lambda: None
        """Called now and then while a command runs."""
        self.is_writing = False
        """Whether a run has begun to change the site."""
        settings = {f"RCLONE_CONFIG_{_REMOTE}_{key}": value for key, value in _settings(target).items()}
        self._environment |= settings
        if (server := target.ftp or target.s3) and server.ca_file:
            self._environment["RCLONE_CA_CERT"] = _ca_file(target.name, server.ca_file)
        # Looking and carrying take a connection each; FTP servers often allow few.
        at_once: tuple[str, ...] = ("--transfers=4",) if target.ftp else ("--transfers=8",)
        if target.ftp and target.ftp.one_by_one:
            at_once = ("--checkers=1", "--transfers=1")
        self._options = (*_OPTIONS, *at_once)
        self._may_hide = target.ftp is not None
        self._root = f"{_REMOTE}:{_path(target)}"

    def sizes(self) -> dict[str, int | None]:
        """Every file with its size in bytes, and every folder; nothing where the folder is not there yet."""
        found = self._listed()
        if self._may_hide and not any(path.startswith(".") for path in found):
            # vsftpd and others name what begins with a dot only to those who ask; yet others do not know the question.
            self._environment[_SHOW_ALL] = "true"
            with contextlib.suppress(BuildError):
                if (more := self._listed()).keys() > found.keys():
                    return more
            del self._environment[_SHOW_ALL]
        return found

    def _listed(self) -> dict[str, int | None]:
        done = self._run("lsjson", self._root, "--recursive", "--no-modtime", "--no-mimetype")
        return {row["Path"]: None if row["IsDir"] else row["Size"] for row in json.loads(done or b"[]")}

    def read(self, path: str) -> bytes | None:
        """A file, None where it is not there or empty: a bucket tells no difference."""
        return self._run("cat", f"{self._root}/{path}") or None

    def write(self, path: str, data: bytes) -> None:
        """Write a small file."""
        self._run("rcat", f"{self._root}/{path}", data=data)

    def hashes(self, below: str, paths: Collection[str] | None, tell: Callable[[str], None]) -> dict[str, str]:
        """The SHA-256 of files below a folder, of their bytes as they are read back; of all, or of some."""
        some = [] if paths is None else ["--files-from-raw=-"]
        listed = None if paths is None else _lines(paths)
        command = ("hashsum", "SHA256", f"{self._root}/{below}", "--download", *some)
        rows = (self._run(*command, data=listed) or b"").decode().splitlines()
        found = {}
        for row in rows:
            digest, _, path = row.partition("  ")
            found[path] = digest
            tell(path)
        return found

    def send(self, folder: Path, paths: Collection[str], tell: Callable[[str], None]) -> None:
        """Carry files of this machine there; each that has arrived is told."""
        self._copy(str(folder), self._root, paths, tell)

    def copy_within(self, there: str, here: str, paths: Collection[str], tell: Callable[[str], None]) -> None:
        """Copy files from one folder there into another."""
        self._copy(f"{self._root}/{there}", f"{self._root}/{here}", paths, tell)

    def move_folder(self, there: str, here: str) -> None:
        """Move a folder to another place; what is there by that name already is completed."""
        self._run("move", f"{self._root}/{there}", f"{self._root}/{here}", "--ignore-times")

    def delete(self, paths: Collection[str]) -> None:
        """Delete files."""
        if paths:
            self._run("delete", self._root, "--files-from-raw=-", data=_lines(paths))

    def purge(self, folder: str) -> None:
        """Delete a folder with all that is in it."""
        self._run("purge", f"{self._root}/{folder}")

    def remove_empty(self, folder: str) -> None:
        """Remove a folder that is empty; another stays."""
        self._call("rmdir", f"{self._root}/{folder}", "--retries=1")

    def remove_empties(self, folder: str) -> None:
        """Remove a folder and those below it, as far as no file lies in them."""
        self._call("rmdirs", f"{self._root}/{folder}", "--retries=1")

    def _copy(self, there: str, here: str, paths: Collection[str], tell: Callable[[str], None]) -> None:
        if not paths:
            return
        # All of them, whatever times and sizes say: what must be sent is known by its content.
        options = ("--files-from-raw=-", "--ignore-times", "--no-traverse", "--no-check-dest", "-v", "--stats=30s")
        command = [_program(), "copy", there, here, *options, *self._options]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, env=self._environment, stdin=pipe, stderr=pipe, stdout=subprocess.DEVNULL
        ) as run:
            if run.stdin is None or run.stderr is None:
                raise AssertionError
            run.stdin.write(_lines(paths))
            run.stdin.close()
            said = []
            for line in run.stderr:
                said.append(row := _row(line))
                if str(row.get("msg", "")).startswith("Copied"):
                    tell(str(row["object"]))
                self.alive()
        if run.returncode:
            raise self._failure(said)

    def _run(self, *arguments: str, data: bytes | None = None) -> bytes | None:
        """What rclone writes; None where what it shall read is not there.

        Raises:
            BuildError: in rclone's own words.
        """
        done = self._call(*arguments, data=data)
        if done.returncode in _NOT_FOUND:
            return None
        if done.returncode:
            failure = self._failure([_row(line) for line in done.stderr.splitlines()])
            if _NOT_THERE.search(str(failure.problem.values["why"])):
                return None
            raise failure
        return done.stdout

    def _call(self, *arguments: str, data: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
        """Run a command to its end; one that takes long says so, since rclone tries again for a minute or more where nobody answers."""
        command, pipe = [_program(), *arguments, *self._options], subprocess.PIPE
        given = subprocess.DEVNULL if data is None else pipe
        waiting, begun = Progress(), time.monotonic()
        with subprocess.Popen(command, env=self._environment, stdin=given, stdout=pipe, stderr=pipe) as run:
            try:
                while True:
                    try:
                        out, said = run.communicate(data, timeout=_PATIENCE)
                    except subprocess.TimeoutExpired:
                        data = None  # it is on its way
                        seconds = round(time.monotonic() - begun)
                        waiting.at("progress-server", place=self._name, seconds=seconds)
                        self.alive()
                    else:
                        return subprocess.CompletedProcess(command, run.returncode, out, said)
            finally:
                run.kill()  # where this run is broken off
                waiting.end()

    def _failure(self, said: Collection[dict[str, Any]]) -> BuildError:
        rows = [row for row in said if row.get("msg")]
        errors = [row for row in rows if row.get("level") in ("error", "critical")]
        # How many files failed says less than the last of them.
        single = [row for row in errors if not str(row["msg"]).startswith("Attempt ")]
        row = (single or errors or rows or [{"msg": "?"}])[-1]
        why, path = str(row["msg"]), str(row.get("object") or "")
        why = why if path in why else f"{path}: {why}"
        why = _NUMBERS.sub("", " ".join(why.split()))
        if "knownhosts:" in why:
            return BuildError("server-not-known", place=self._name, why=why)
        if "certificate" in why and "x509:" in why:
            return BuildError("server-not-trusted", place=self._name, why=why)
        if "RequestTimeTooSkewed" in why:
            return BuildError("clock-differs", place=self._name, why=why)
        return BuildError("server-broke-off" if self.is_writing else "server-refused", place=self._name, why=why)


def _program() -> str:
    return str(Path(sys.executable).with_name("rclone.exe" if os.name == "nt" else "rclone"))


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        return {"msg": line.decode(errors="replace"), "level": ""}
    return row if isinstance(row, dict) else {}


def _lines(paths: Collection[str]) -> bytes:
    return "".join(f"{path}\n" for path in paths).encode()


def _path(target: PublishTarget) -> str:
    if target.s3:
        return f"{target.s3.bucket}/{target.s3.path.strip('/')}".rstrip("/")
    server = target.sftp or target.ftp
    return (server.path.rstrip("/") or "/") if server else ""


def _settings(target: PublishTarget) -> dict[str, str]:
    if target.sftp:
        return _sftp(target.name, target.sftp)
    if target.ftp:
        return _ftp(target.name, target.ftp)
    return _s3(target.name, target.s3) if target.s3 else {}


def _host(written: str) -> str:
    """A host before a port: an address of IPv6 has colons of its own."""
    return f"[{written}]" if ":" in written else written


def _sftp(name: str, server: Sftp) -> dict[str, str]:
    """As rclone takes it.

    Raises:
        UsageError: a file of this machine that it needs is not there, which rclone would say as it says that a site is not.
    """
    known_hosts = typed_path(server.known_hosts)
    if not known_hosts.is_file():
        login = f"ssh -p {server.port} {server.user}@{server.host}"
        raise UsageError("no-known-hosts", target=name, file=known_hosts, command=login)
    settings = {
        "TYPE": "sftp",
        "HOST": _host(server.host),
        "PORT": str(server.port),
        "USER": server.user,
        "KNOWN_HOSTS_FILE": str(known_hosts),
        "SHELL_TYPE": "none",  # SFTP alone: many servers give no shell
        "DISABLE_HASHCHECK": "true",
    }
    if kinds := key_kinds(known_hosts, server.host, server.port):
        settings["HOST_KEY_ALGORITHMS"] = " ".join(kinds)
    if server.key_file is None:
        return settings | {"PASS": _obscured(_secret(name, "PASSWORD"))}
    key_file = typed_path(server.key_file)
    if not key_file.is_file():
        raise UsageError("no-login-key", target=name, file=key_file)
    settings["KEY_FILE"] = str(key_file)
    return settings | ({"KEY_FILE_PASS": _obscured(_secret(name, "PASSWORD"))} if _is_locked(key_file) else {})


def _is_locked(key_file: Path) -> bool:
    """Whether a private key has a passphrase; of what is none, rclone says so."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

    data = key_file.read_bytes()
    try:
        (load_ssh_private_key if b" OPENSSH " in data else load_pem_private_key)(data, password=None)
    except TypeError:
        return True
    except (ValueError, UnsupportedAlgorithm):
        pass
    return False


def _ftp(name: str, server: Ftp) -> dict[str, str]:
    return {
        "TYPE": "ftp",
        "HOST": _host(server.host),
        "PORT": str(server.port or (990 if server.tls == "implicit" else 21)),
        "USER": server.user,
        "PASS": _obscured(_secret(name, "PASSWORD")),
        "TLS": str(server.tls == "implicit").lower(),
        "EXPLICIT_TLS": str(server.tls == "explicit").lower(),
        "DISABLE_TLS13": "true",  # with it vsftpd breaks off what it is sent
    }


def _ca_file(name: str, written: str) -> str:
    """The file with the certificates that a server's is held to.

    Raises:
        UsageError: there is none.
    """
    file = typed_path(written)
    if not file.is_file():
        raise UsageError("no-ca-file", target=name, file=file)
    return str(file)


def _s3(name: str, store: S3) -> dict[str, str]:
    return {
        "TYPE": "s3",
        "PROVIDER": store.provider,
        "ENDPOINT": store.endpoint,
        "REGION": store.region or "",
        "ACCESS_KEY_ID": _secret(name, "KEY_ID"),
        "SECRET_ACCESS_KEY": _secret(name, "SECRET"),
        "NO_CHECK_BUCKET": "true",
    }


def _variable(name: str, kind: str) -> str:
    return f"PUBLICITY_{kind}_{name.upper().replace('-', '_')}"


def _secret(name: str, kind: str) -> str:
    """A secret from the environment, or asked for on a terminal.

    Raises:
        UsageError: there is neither.
    """
    variable = _variable(name, kind)
    if known := os.environ.get(variable):  # an empty one is what a forge gives for a secret that it does not have
        return known
    if not sys.stdin.isatty():
        raise UsageError("no-secret", target=name, variable=variable)
    return getpass.getpass(outcome("ask-secret", variable=variable))


def _obscured(secret: str) -> str:
    """In the form that rclone takes passwords in; it hides nothing."""
    done = subprocess.run([_program(), "obscure", "-"], input=secret, capture_output=True, text=True, check=True)
    return done.stdout.strip()
