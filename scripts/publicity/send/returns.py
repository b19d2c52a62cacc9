"""What comes back: a mailbox's file is read for letters that bounced and readers who want to leave, and the list is written anew."""

import datetime
import email
import email.header
import email.utils
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser

from publicity.dates import today
from publicity.problems import UsageError
from publicity.project import Project
from publicity.send.journal import read_journal
from publicity.send.list import BOUNCED, Reader, outside, read_list, write_list
from publicity.send.message import tokens_in

_LEAVE = re.compile(
    r"\W*(?:(?:re|回复|答复)\s*[:：]\W*)*(?:(?:您好|你好|我要|我想|申请|要求|需要|麻烦|帮忙|帮我|给我|请|想)\W*)*"
    r"(?:退订|取消订阅|拒收|不再接收|(?:不要|别)再(?:给我)?发|(?:please\W*)?unsubscribe|td)"
    r"\W*(?:(?:此|这个|该|本|的|给我|邮件|邮箱|电子刊|资讯|吧|了|一下|谢谢|多谢|感谢|please|thanks|thank you)\W*)*",
    re.IGNORECASE,
)
"""A wish to leave and nothing else, politely or not; what says anything more is for a person to read."""
_ENVELOPES = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Cc")
_STATUS = r"(?<![\d.])%s\.\d\.\d{1,3}(?!\.?\d)"
_REPLY = r"(?:^|[:：(（\[<\"“]|\b(?:said|code|error)|错误|代码)[ \t]*%s(?!\d)"
_FINAL = re.compile(f"{_STATUS % 5}|{_REPLY % '55[0-4]'}", re.IGNORECASE | re.MULTILINE)
"""A refusal for good, in the words of servers whose returns follow no standard: a status, or a code where a server's reply begins."""
_FOR_NOW = re.compile(
    f"{_STATUS % 4}|{_REPLY % '4[2357][0-9]'}|will continue|delayed|will be retried|延迟|将继续|重试",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(
    r"^[^\w\n]*(?:(?:this|here|below(?: this line)?) is a copy|(?:the )?original message|returned message|message headers|原始?邮件|原信)[^\n:：]*[:：]?[^\w\n]*$"
    r"|^(?:Received|Return-Path|Message-ID|MIME-Version|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
"""The line below which a return shows the letter that it is about."""
_NOT_ITS_OWN = re.compile(r"^[^\w\n]*(?:subject|主题|标题)[ \t]*[:：].*$|^>.*$", re.IGNORECASE | re.MULTILINE)
"""Lines above it that come from the letter."""
_MOST_TEXT = 20_000

Kind = Literal["left", "bounced", "delayed"]


@dataclass
class Returns:
    """Readers of the list and the days on which they left, their mail bounced for good, or for now."""

    left: dict[Reader, str] = field(default_factory=dict)
    bounced: dict[Reader, str] = field(default_factory=dict)
    delayed: dict[Reader, str] = field(default_factory=dict)
    mails: int = 0
    others: int = 0
    """Mails that are neither, or of letters and readers that list and journal do not know."""
    strangers: dict[str, str] = field(default_factory=dict)
    """Addresses that want to leave and are not on the list, and the days: for a person to find out whose they are."""
    written: Path | None = None


def read_returns(project: Project, file: Path, list_file: Path, journal_file: Path) -> Returns:
    """Read a mailbox (mbox, a maildir, or mails as .eml: one, or a folder of them), and write a new list where it changes something.

    Raises:
        UsageError: there is no such file, or the list lies in the project.
        ContentError: the list or the journal has faults.
    """
    mailing = read_list(project, list_file, today())
    if not outside(project, journal_file).is_file():
        raise UsageError("no-journal", file=journal_file)
    journal = read_journal(journal_file)
    by_token = {journal.token(issue, reader.address): reader for issue in journal.issues for reader in mailing.readers}
    by_address = {reader.key: reader for reader in mailing.readers}
    returns = Returns()
    for mail in _mails(file):
        returns.mails += 1
        kind, reader = _read(mail, by_token, by_address)
        if reader is None:
            returns.others += 1
            if kind == "left":
                returns.strangers.setdefault(_sender(mail), _day(mail))
        elif kind:
            found: dict[Reader, str] = getattr(returns, kind)
            found[reader] = min(found.get(reader, "9999"), _day(mail))
    for reader in returns.bounced:
        returns.delayed.pop(reader, None)
    if marks := _marks(returns):
        returns.written = write_list(mailing, marks, today())
    return returns


def _marks(returns: Returns) -> dict[str, dict[str, str]]:
    """What a new list says that the old one does not: days by reader and column."""
    marks: dict[str, dict[str, str]] = {}
    for column, readers in (("unsubscribed", returns.left), (BOUNCED, returns.bounced)):
        for reader, day in readers.items():
            if not getattr(reader, column):
                marks.setdefault(reader.key, {})[column] = day
    return marks


def _mails(file: Path) -> Iterator[Message]:
    """The mails of a mailbox.

    Raises:
        UsageError: it is none.
    """
    if (file / "cur").is_dir():
        yield from mailbox.Maildir(str(file), create=False)
        return
    letters = [one for one in sorted(file.iterdir() if file.is_dir() else (file,)) if one.suffix.lower() == ".eml"]
    if letters and all(one.is_file() for one in letters):
        yield from (email.message_from_bytes(one.read_bytes()) for one in letters)
        return
    if not file.is_file():
        raise UsageError("no-mailbox", file=file)
    with file.open("rb") as opened:
        if opened.read(5) not in (b"From ", b""):
            raise UsageError("not-a-mailbox", file=file)
    yield from mailbox.mbox(str(file), create=False)


def _read(
    mail: Message, by_token: dict[str, Reader], by_address: dict[str, Reader]
) -> tuple[Kind | None, Reader | None]:
    """What a mail means, and for whom; no reader where it is about nobody on the list."""
    subject = _header(mail, "Subject")
    if "unsubscribe-" in subject.lower():
        for token in tokens_in(subject):
            if token in by_token:
                return "left", by_token[token]
    text = _text(mail)
    if _is_return(mail):
        envelopes = " ".join(_header(mail, name) for name in _ENVELOPES)
        known = [by_token[token] for token in tokens_in(f"{envelopes}\n{_message_ids(mail)}") if token in by_token]
        return (_finality(mail, text), known[0]) if known else (None, None)
    if _header(mail, "Auto-Submitted").lower().startswith("auto-"):
        return None, None  # somebody is away
    first = next((line for line in text.splitlines() if line.strip()), "")
    if _LEAVE.fullmatch(subject) or _LEAVE.fullmatch(first):
        answered = [by_token[token] for token in tokens_in(_header(mail, "In-Reply-To")) if token in by_token]
        return "left", by_address.get(_sender(mail)) or next(iter(answered), None)  # many get mail under several names
    return None, None


def _sender(mail: Message) -> str:
    return email.utils.parseaddr(_header(mail, "From"))[1].lower()


def _is_return(mail: Message) -> bool:
    """Whether a machine sent it because it could not deliver: it then has no sender to answer to (RFC 3834, 3464)."""
    if mail.get_content_type() == "multipart/report":
        return str(mail.get_param("report-type", "")).lower() == "delivery-status"  # and no receipt of a reader
    if _sender(mail).partition("@")[0] in ("mailer-daemon", "postmaster"):
        return True
    return _header(mail, "Return-Path").strip() == "<>" and not _header(mail, "Auto-Submitted")


def _finality(mail: Message, text: str) -> Kind:
    """Whether the return is for good: by its status (RFC 3464) where it has one, else by its words."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, Message) and (status := _header(block, "Status").strip()):
                return "bounced" if status.startswith("5") else "delayed"
    above = _NOT_ITS_OWN.sub("", text[: found.start()] if (found := _QUOTED.search(text)) else text)
    if _FOR_NOW.search(f"{_header(mail, 'Subject')}\n{above}"):
        return "delayed"
    return "bounced" if _FINAL.search(above) else "delayed"


def _message_ids(mail: Message) -> str:
    """The Message-IDs of letters that a return holds or names, and its texts, which may quote them."""
    ids = [_header(mail, "In-Reply-To"), _header(mail, "References"), _header(mail, "X-Failed-Message-ID")]
    ids += [_header(part, "Message-ID") for part in mail.walk() if part is not mail]
    ids += [_decoded(part) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join(ids)


def _header(mail: Message, name: str) -> str:
    """A header in plain letters, whatever was done to it on the way."""
    value = str(mail.get(name, ""))
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError, email.errors.MessageError):
        return value


def _text(mail: Message) -> str:
    """Its own plain texts, their beginning; those of its HTML where it has no others."""
    parts = list(_own_parts(mail))
    if plain := [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]:
        return "\n".join(plain)
    return "\n".join(_words(_decoded(part)) for part in parts if part.get_content_type() == "text/html")


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset() or "utf-8"
    if not isinstance(data, bytes):
        return ""
    try:
        return data[:_MOST_TEXT].decode(charset, errors="replace")
    except (LookupError, ValueError):  # no charset, or none that can be one
        return data[:_MOST_TEXT].decode("gb18030", errors="replace")


def _words(page: str) -> str:
    """The lines of a page, as they are read."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script, style, title"):
        node.decompose()
    for node in tree.css(f"*:not({_IN_LINE})"):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    text = tree.root.text() if tree.root else ""
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK))


_IN_LINE = "a, b, code, em, font, i, s, small, span, strong, sub, sup, tt, u"
_BREAK = "\x1e"
"""Where a line of a page ends; the line ends of its source are spaces."""


def _own_parts(mail: Message) -> Iterator[Message]:
    """Its parts, without those of a letter that it holds."""
    if mail.get_content_maintype() == "message":
        return
    yield mail
    inner = mail.get_payload() if mail.is_multipart() else ()
    for part in inner:
        if isinstance(part, Message):
            yield from _own_parts(part)


def _day(mail: Message) -> str:
    """The day of a mail in China, and never after today; today where it has none."""
    latest = today().isoformat()
    try:
        moment = email.utils.parsedate_to_datetime(str(mail.get("Date", "")))
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
        return min(moment.date().isoformat(), latest)
    except (ValueError, TypeError, OverflowError):
        return latest
