"""The line to a mail server: one letter at a time, and word of how far it got when the line breaks."""

import getpass
import ipaddress
import os
import re
import smtplib
import socket
import ssl
import sys
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from publicity.labels.sentences import outcome
from publicity.problems import BuildError, UsageError

PASSWORD = "PUBLICITY_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
_SECONDS = 300
"""How long an answer may take: a server that is given up too early may have taken the letter (RFC 1047)."""
_LOGINS = frozenset({"CRAM-MD5", "PLAIN", "LOGIN"})
"""The ways to log in that smtplib knows."""
_PORTS = {"smtp": 25, "smtps": 465}


class LineBrokenError(Exception):
    """The line is gone, or the server has no time. Raised before the server had the letter, unless `taken` says that it may have it."""

    def __init__(self, said: str, *, taken: bool = False) -> None:
        self.said = said
        self.taken = taken
        super().__init__(said)


class SenderRefusedError(Exception):
    """The server takes no letter from this address."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


@dataclass(frozen=True)
class Reply:
    """What a server answers."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        """It has done what it was asked to."""
        return 200 <= self.code < 300

    @property
    def is_never(self) -> bool:
        """It refuses for good."""
        return self.code >= 500

    def without(self, address: str) -> str:
        """As it is kept and shown: on one line, and without the address that it may repeat."""
        plain = re.sub(re.escape(address), "…", f"{self.code} {self.text}", flags=re.IGNORECASE)
        return " ".join(plain.split())[:300]

    def words(self, address: str) -> str:
        """Its own words alone: an address, or its domain, may hold any word."""
        domain = address.rpartition("@")[2]
        return re.sub(f"{re.escape(address)}|{re.escape(domain)}", "…", self.text, flags=re.IGNORECASE)


@dataclass(frozen=True)
class Server:
    """A mail server, as `--smtp` names it."""

    host: str
    port: int
    user: str
    is_tls: bool
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> "Server":
        """`smtp://HOST:PORT`, or `smtps://`, or port 465, for TLS from the first byte; `USER@` before the host logs in.

        Raises:
            UsageError: it is no such address, or it holds a password.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError) as error:
            raise UsageError("not-a-mail-server", found=re.sub(r":[^:@/]*@", ":…@", url)) from error
        if not _host(parts.hostname) or parts.path.strip("/") or parts.query:
            raise UsageError("not-a-mail-server", found=re.sub(r":[^:@/]*@", ":…@", url))
        if parts.password is not None:
            raise UsageError("password-in-address", variable=PASSWORD)
        is_tls = parts.scheme == "smtps" or port == _PORTS["smtps"]  # there a server waits for TLS, and says nothing
        return cls(_host(parts.hostname), port, unquote(parts.username or ""), is_tls)

    @property
    def name(self) -> str:
        """As it is shown."""
        return f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it runs on this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"


def ask_password(server: Server) -> str:
    """The password of the server's user: from the environment, else from the terminal; empty where nobody logs in.

    Raises:
        UsageError: there is neither, or it holds what no login can.
    """
    if not server.user:
        return ""
    password = os.environ.get(PASSWORD)
    if password is None:
        if not sys.stdin.isatty():
            raise UsageError("no-smtp-password", variable=PASSWORD)
        password = getpass.getpass(outcome("ask-secret", variable=PASSWORD))
    if not (server.user + password).isascii():
        raise UsageError("smtp-login-not-ascii")
    return password


class Line:
    """A connection, opened by `connect`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._is_known = False
        """Whether the server was ever reached."""

    @property
    def name(self) -> str:
        """The server's."""
        return self._server.name

    @property
    def is_open(self) -> bool:
        """Whether the next letter can go."""
        return self._smtp is not None

    def connect(self) -> None:
        """Open it, secured as the server offers; a password goes over a secured line, or within this machine.

        Raises:
            LineBrokenError: the server does not answer.
            BuildError: there is no such server, it is not who it should be, or it does not let us in.
        """
        server = self._server
        try:
            self._smtp = self._opened()
            if server.user:
                self._smtp.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            raise BuildError("smtp-login", server=server.name, said=_text(error.smtp_error)) from error
        except (smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
            raise BuildError("smtp-not-secure", server=server.name, said=str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":  # it speaks without TLS
                raise BuildError("smtp-not-secure", server=server.name, said=str(error)) from error
            raise LineBrokenError(str(error)) from error

    def _opened(self) -> smtplib.SMTP:
        server = self._server
        smtp = self._reached()
        self._is_known = True
        smtp.ehlo_or_helo_if_needed()
        if not server.is_tls and not server.is_loopback and (server.user or smtp.has_extn("starttls")):
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
        if server.user and _LOGINS.isdisjoint(smtp.esmtp_features.get("auth", "").upper().split()):
            smtp.close()
            raise BuildError("smtp-no-login", server=server.name)
        return smtp

    def _reached(self) -> smtplib.SMTP:
        server = self._server
        # None: asks the resolver for this machine's name, which has to be plain letters.
        name = "localhost" if server.is_loopback or not socket.getfqdn().isascii() else None
        try:
            if server.is_tls:
                context = ssl.create_default_context()
                return smtplib.SMTP_SSL(server.host, server.port, name, timeout=_SECONDS, context=context)
            return smtplib.SMTP(server.host, server.port, name, timeout=_SECONDS)
        except socket.gaierror as error:
            if self._is_known:
                raise
            raise BuildError("smtp-no-host", host=server.host, said=error.strerror or str(error)) from error

    def envelope(self, sender: str, to: str) -> Reply:
        """Name a letter's sender and reader; the answer is about the reader.

        Raises:
            LineBrokenError: the line is gone, or the server wants no letter now.
            SenderRefusedError: the server lets this sender send nothing.
        """
        answer = self._asked(f"MAIL FROM:<{sender}>")
        if answer.is_never:
            raise SenderRefusedError(answer.without(to))
        if not answer.is_yes:
            self.close()
            raise LineBrokenError(answer.without(to))
        answer = self._asked(f"RCPT TO:<{to}>")
        if not answer.is_yes and answer.code != 421:
            self._asked("RSET")
        return answer

    def letter(self, data: bytes) -> Reply:
        """Hand the letter over.

        Raises:
            LineBrokenError: the line is gone; `taken` where that was after the server had asked for the letter.
        """
        answer = self._asked("DATA")
        if answer.code != 354:
            self._asked("RSET")
            return Reply(answer.code if answer.code >= 400 else 451, answer.text)
        try:
            stuffed = re.sub(rb"(?m)^\.", b"..", data)
            self._open.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, text = self._open.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise LineBrokenError(str(error), taken=True) from error
        if not (200 <= code < 300 or 400 <= code < 600):  # no answer: it may have the letter
            self.close()
            raise LineBrokenError(" ".join(_text(text).split())[:300], taken=True)
        return Reply(code, _text(text))

    def close(self) -> None:
        """Close it, politely where it still stands."""
        if self._smtp is not None:
            smtp, self._smtp = self._smtp, None
            smtp.close()

    def end(self) -> None:
        """Say goodbye."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp = None

    @property
    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise LineBrokenError("-")
        return self._smtp

    def _asked(self, command: str) -> Reply:
        try:
            code, text = self._open.docmd(command)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise LineBrokenError(str(error)) from error
        if code == 421:
            self.close()
        return Reply(code, _text(text))


def _text(data: bytes | str) -> str:
    return data.decode("utf-8", errors="replace") if isinstance(data, bytes) else data


def _host(name: str | None) -> str:
    """A host's name as the resolver takes it; empty where it can be none."""
    try:
        return (name or "").encode("idna").decode()
    except UnicodeError:
        return ""
