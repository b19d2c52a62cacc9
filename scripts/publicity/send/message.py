"""A letter in its envelope: the MIME message for one reader, of 7-bit lines alone, and the addresses that name it."""

import datetime
import re
from dataclasses import dataclass
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy

from publicity.models.fields.web import is_mail_address
from publicity.models.letter import Letter
from publicity.problems import UsageError

_ENCODING = "base64"
"""Of every text: smtplib does not ask for 8 bits, so that none may be there."""
_TOKEN = re.compile(r"\b([0-9a-f]{20})\b")
_LONGEST_LOCAL = 64


class _Uncut(UnstructuredHeader, BaseHeader):
    """A header whose address stays in one piece: a long one would be encoded to fold it, and then no program reads it."""

    def fold(self, *, policy: Policy) -> str:
        """On one line, or all of it on the next."""
        is_short = len(f"{self.name}: {self}") <= (policy.max_line_length or 0)
        return f"{self.name}:{'' if is_short else policy.linesep} {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Id", _Uncut)
_HEADERS.map_to_type("List-Unsubscribe", _Uncut)
_POLICY = SMTP.clone(header_factory=_HEADERS)


@dataclass(frozen=True)
class Sender:
    """Who sends: an address, and a name where one is given."""

    name: str
    address: str

    @classmethod
    def parse(cls, text: str) -> "Sender":
        """What `--sender` says: `news@example.gov.cn`, or `名称 <news@example.gov.cn>`.

        Raises:
            UsageError: it is no address.
        """
        named = re.fullmatch(r"\s*(?:\"?([^\"<>\r\n]*?)\"?\s*<([^<>]*)>|([^<>]*))\s*", text)
        name, inner, bare = named.groups() if named else (None, None, None)
        address = (inner or bare or "").strip()
        if not is_mail_address(address):
            raise UsageError("not-a-sender", found=text)
        return cls((name or "").strip(), address)

    @property
    def domain(self) -> str:
        """The address's domain, which message ids and the list's name end in."""
        return self.address.rpartition("@")[2]

    def returning(self, issue: str, token: str) -> str:
        """The envelope's own address for one letter, so that whatever comes back names it: `news+issue-3-TOKEN@…` (VERP)."""
        local = self.address.rpartition("@")[0]
        room = _LONGEST_LOCAL - len(local) - len(token) - 2
        middle = f"{issue[:room]}-" if room > 0 else ""
        return f"{local}+{middle}{token}@{self.domain}"


def tokens_in(text: str) -> list[str]:
    """The names of letters that stand in a text, such as the address of a returning envelope."""
    return _TOKEN.findall(text)


def message(letter: Letter, sender: Sender, to: str, token: str, at: datetime.datetime) -> bytes:
    """The message to one reader. But for its date it is the same bytes each time, its Message-ID among them."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(sender.name, addr_spec=sender.address)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = letter.subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{letter.issue}.{token}@{sender.domain}>"
    mail["List-Id"] = f"<{sender.address.replace('@', '.').replace('+', '-')}>"
    mail["List-Unsubscribe"] = f"<mailto:{sender.address}?subject=unsubscribe-{token}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte=_ENCODING)
    mail.add_alternative(letter.html, subtype="html", cte=_ENCODING)
    if letter.pictures:
        html = mail.get_payload()[1]  # type: ignore[index]
        for cid, data, media_type in letter.pictures:
            main, _, sub = media_type.partition("/")
            html.add_related(data, main, sub, cid=f"<{cid}>", disposition="inline")  # type: ignore[union-attr]
    mail["Content-Language"] = "zh-CN"  # last: what began with Content- would have gone into the first part
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"={number}_{letter.digest[:32]}")
    return mail.as_bytes()
