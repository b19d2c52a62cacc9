"""The message: plain 7 bits, what it says of itself, and that nobody can write headers into it."""

import datetime
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from publicity.problems import UsageError
from publicity.send.message import Sender, message, tokens_in
from publicity.send.smtp import PASSWORD, Server, ask_password
from send.conftest import LETTER, PICTURE, SENDER

TOKEN = "0123456789abcdef0123"  # noqa: S105
AT = datetime.datetime(2026, 11, 26, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def _read(data: bytes) -> EmailMessage:
    read = message_from_bytes(data, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_reader_gets_every_word_and_picture_in_seven_bits() -> None:
    data = message(LETTER, SENDER, "a@example.com", TOKEN, AT)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")
    mail = _read(data)
    assert mail["Subject"] == LETTER.subject
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text  # type: ignore[union-attr]
    assert mail.get_body(("html",)).get_content().rstrip() == LETTER.html  # type: ignore[union-attr]
    picture = next(part for part in mail.walk() if part.get_content_maintype() == "image")
    assert (picture["Content-ID"], picture.get_content()) == ("<top>", PICTURE)  # type: ignore[attr-defined]
    assert not mail.defects


def test_what_the_message_says_of_itself() -> None:
    mail = _read(message(LETTER, SENDER, "a@example.com", TOKEN, AT))
    said = {name: str(mail[name]).strip() for name in mail if name not in ("Subject", "Content-Type", "MIME-Version")}
    assert said == {
        "From": "商业秘密保护专栏 <news@example.gov.cn>",
        "To": "a@example.com",
        "Date": "Thu, 26 Nov 2026 09:00:00 +0800",
        "Message-ID": f"<issue-3.{TOKEN}@example.gov.cn>",
        "List-Id": "<news.example.gov.cn>",
        "List-Unsubscribe": f"<mailto:news@example.gov.cn?subject=unsubscribe-{TOKEN}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "zh-CN",
    }


def test_addresses_that_programs_read_stay_in_plain_letters_however_long_they_are() -> None:
    sender = replace(SENDER, address="shangyemimi-baohu-zhuanlan.bianjibu@scjgj.jiangbei.chongqing.gov.cn")
    long = replace(LETTER, issue="a-very-long-name-of-an-issue-that-fills-the-whole-address-2026-11")
    lines = message(long, sender, "a@example.com", TOKEN, AT).decode().replace(":\r\n ", ": ").split("\r\n")
    assert f"Message-ID: <{long.issue}.{TOKEN}@{sender.domain}>" in lines
    assert f"List-Id: <{sender.address.replace('@', '.')}>" in lines
    assert f"List-Unsubscribe: <mailto:{sender.address}?subject=unsubscribe-{TOKEN}>" in lines


def test_it_is_the_same_bytes_each_time() -> None:
    assert len({message(LETTER, SENDER, "a@example.com", TOKEN, AT) for _ in range(3)}) == 1


@pytest.mark.parametrize("pictures", [(), LETTER.pictures])
def test_a_subject_that_would_be_a_header_is_refused(pictures: tuple[tuple[str, bytes, str], ...]) -> None:
    bad = replace(LETTER, subject="x\r\nBcc: y@example.com", pictures=pictures)
    with pytest.raises(ValueError, match="Header"):
        message(bad, SENDER, "a@example.com", TOKEN, AT)


@pytest.mark.parametrize("issue", ["issue-3", "a-very-long-name-of-an-issue-that-fills-the-whole-address-2026-11"])
def test_the_envelope_names_the_letter_and_stays_short(issue: str) -> None:
    address = SENDER.returning(issue, TOKEN)
    assert len(address.partition("@")[0]) <= 64
    assert tokens_in(address) == [TOKEN]
    assert address.startswith("news+")


def test_senders_are_addresses_with_or_without_a_name() -> None:
    assert Sender.parse("news@example.gov.cn") == Sender("", "news@example.gov.cn")
    assert Sender.parse("“专栏” <news@example.gov.cn>") == Sender("“专栏”", "news@example.gov.cn")
    for bad in ("news", "<>", "a@b@c.cn", "x\r\nBcc: y <news@example.gov.cn>", "news@示例.中国"):
        with pytest.raises(UsageError) as caught:
            Sender.parse(bad)
        assert caught.value.problem.code == "not-a-sender"


def test_servers_are_named_without_their_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Server.parse("smtp://127.0.0.1:2525") == Server("127.0.0.1", 2525, "", is_tls=False)
    server = Server.parse("smtps://news%40example.gov.cn@mail.example.gov.cn")
    assert (server.port, server.user, server.is_tls) == (465, "news@example.gov.cn", True)
    assert Server.parse("smtp://news%40qq.com@smtp.qq.com:465").is_tls
    for bad in ("mail.example.gov.cn", "http://x", "smtp://", "smtp://x:y", "smtp://x/path"):
        with pytest.raises(UsageError) as caught:
            Server.parse(bad)
        assert caught.value.problem.code == "not-a-mail-server"
    with pytest.raises(UsageError) as caught:
        Server.parse("smtp://news:secret@mail.example.gov.cn")
    assert caught.value.problem.code == "password-in-address"
    assert "secret" not in str(caught.value)
    monkeypatch.delenv(PASSWORD, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(UsageError) as caught:
        ask_password(server)
    assert caught.value.problem.code == "no-smtp-password"
    monkeypatch.setenv(PASSWORD, "secret")
    assert ask_password(server) == "secret"
