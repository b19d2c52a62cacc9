"""What comes back, as standards, Chinese servers and people write it."""

import datetime
import mailbox
from pathlib import Path

import pytest

from publicity.problems import ContentError, UsageError
from publicity.project import Project
from publicity.send.journal import open_journal
from publicity.send.list import read_list
from publicity.send.report import returns_lines
from publicity.send.returns import Returns, read_returns
from send.conftest import TODAY, mailing, rows

AT = "Wed, 25 Nov 2026 10:00:00 +0800"
_REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

It could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.gov.cn

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
--x--
"""
RECEIPT = "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\nread\n--x--\n"


class Inbox:
    """The sender's mailbox, beside a list that was sent to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = mailing(folder, rows(4))
        self.journal = folder / "list.csv.journal"
        with open_journal(self.journal) as journal:
            journal.begin("mini/issue-3", "", digest="x")
            self.tokens = [journal.token("mini/issue-3", reader.address) for reader in self.list.readers]

    def read(self, *mails: str, kept: str = "mbox") -> Returns:
        file = self.folder / "inbox"
        if kept == "eml":
            file.mkdir()
            for number, mail in enumerate(mails):
                (file / f"退信 {number}.EML").write_bytes(mail.encode().replace(b"\n", b"\r\n"))
            (file / "desktop.ini").write_text("[.ShellClassInfo]")
        else:
            box = mailbox.Maildir(file) if kept == "maildir" else mailbox.mbox(file)
            for mail in mails:
                box.add(mail.encode())
            box.close()
        return read_returns(Project(self.folder / "project"), file, self.list.file, self.journal)

    def returned(self, number: int, body: str, head: str = "Return-Path: <>\n") -> str:
        return f"{head}Date: {AT}\nTo: news+issue-3-{self.tokens[number]}@example.gov.cn\n{body}"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", str(int(datetime.datetime(2026, 11, 26, 4, tzinfo=datetime.UTC).timestamp()))
    )
    return Inbox(tmp_path)


def _places(returns: Returns) -> dict[str, list[int]]:
    names = ("left", "bounced", "delayed")
    return {name: [reader.line - 2 for reader in getattr(returns, name)] for name in names if getattr(returns, name)}


@pytest.mark.parametrize("kept", ["mbox", "maildir", "eml"])
def test_standard_returns_are_told_by_their_status(inbox: Inbox, kept: str) -> None:
    returns = inbox.read(
        inbox.returned(0, _REPORT.format(address="x", status="5.1.1")),
        inbox.returned(1, _REPORT.format(address="x", status="4.4.1")),
        inbox.returned(1, _REPORT.format(address="x", status="4.4.1")),
        kept=kept,
    )
    assert _places(returns) == {"bounced": [0], "delayed": [1]}
    assert returns.mails == 3


def test_returns_in_the_words_of_chinese_servers_are_known_by_the_envelope(inbox: Inbox) -> None:
    head = "From: postmaster@qq.example\nSubject: =?gb18030?B?z7XNs83L0MU=?=\n"  # 系统退信
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    returns = inbox.read(
        inbox.returned(0, f"{plain}收件人不存在：550 Mailbox not found\n", head),
        inbox.returned(1, f"{plain}对方服务器繁忙，将在500分钟内重试\n", head),
    )
    assert _places(returns) == {"bounced": [0], "delayed": [1]}


_COPY = (
    "\n------ This is a copy of the message ------\n商业秘密保护资讯第3期: 全区已有\n550 家企业完成自评。550 5.1.1\n"
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (
            "has not yet been delivered. Delivery attempts will continue.\n  host mx said: 451 4.7.1 greylisted\n",
            "delayed",
        ),
        ("Warning: message delayed 552 minutes\n", "delayed"),
        ("对方服务器拒绝：551，系统将继续投递\n", "delayed"),
        ("投递延迟：550 Busy\n", "delayed"),
        ("4.4.1 timed out; message size 550 KB\n", "delayed"),
        ("452 4.2.2 over quota; 5.2.2 follows\n", "delayed"),
        ("Your message 550 was refused\n", "delayed"),
        ("无法投递。\n主题：550 家企业完成自评\n", "delayed"),
        ("无法投递。\n> 550 家企业\n", "delayed"),
        ("----- 原始邮件 -----\n550 家企业\n", "delayed"),
        ("Received: from x\n550 5.1.1\n", "delayed"),
        ("550 Mailbox not found\n客服热线：400-810-0000\n", "bounced"),
        ("host mx.example.com said: 550-5.1.1 No such user\n", "bounced"),
        ("退信原因：用户不存在 (#5.1.1)。\n", "bounced"),
        ("The recipient was refused with 5.1.1.\n", "bounced"),
    ],
)
def test_only_a_refusal_for_good_bounces_whatever_the_letter_says(inbox: Inbox, words: str, kind: str) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    returns = inbox.read(inbox.returned(0, f"{plain}{words}{_COPY}", "From: Mailer-Daemon@mx.example.gov.cn\n"))
    assert _places(returns) == {kind: [0]}


def test_the_letter_that_a_return_holds_is_not_taken_for_its_words(inbox: Inbox) -> None:
    body = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nNot delivered.\n"
    letter = "--x\nContent-Type: message/rfc822\n\nSubject: a\nContent-Type: text/plain\n\n550 5.1.1\n--x--\n"
    subject = "Return-Path: <>\nSubject: Warning: message delayed\n"
    returns = inbox.read(
        inbox.returned(0, body + letter),
        inbox.returned(1, "Content-Type: text/plain\n\n550 Busy\n", subject),
    )
    assert _places(returns) == {"delayed": [0, 1]}


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822", "text/plain"])
def test_returns_to_the_plain_address_are_known_by_the_letter_that_they_name(inbox: Inbox, kind: str) -> None:
    letter = f"Subject: a\nMessage-ID: <issue-3.{inbox.tokens[2]}@example.gov.cn>\n\nx\n"
    report = _REPORT.format(address="x", status="5.1.1").replace(
        "--x--", f"--x\nContent-Type: {kind}\n\n{letter}\n--x--"
    )
    returns = inbox.read(f"Return-Path: <>\nDate: {AT}\nTo: news@example.gov.cn\n{report}")
    assert _places(returns) == {"bounced": [2]}


def test_people_leave_by_the_link_or_in_their_own_words(inbox: Inbox) -> None:
    readers = inbox.list.readers
    plain = f"Date: {AT}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    returns = inbox.read(
        f"From: other@example.net\nSubject: unsubscribe-{inbox.tokens[0]}\n{plain}\n\n",
        f"From: =?utf-8?B?55SyAA==?= <{readers[1].address.upper()}>\nSubject: =?utf-8?B?5Zue5aSN77ya6YCA6K6i?=\n{plain}\n\n",
        f"From: {readers[2].address}\nSubject: Re: x\n{plain}\n\n退订。\n\n> 原文\n",
    )
    assert _places(returns) == {"left": [0, 1, 2]}
    assert {*returns.left.values()} == {"2026-11-25"}


@pytest.mark.parametrize(
    "words",
    [
        "请退订", "我要退订，谢谢！", "您好，麻烦取消订阅此邮件。谢谢", "申请退订", "退订吧", "请不要再发了", "别再给我发了",
        "答复: 回复: 退订", "Please unsubscribe",
    ],
)  # fmt: skip
def test_people_leave_politely(inbox: Inbox, words: str) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    returns = inbox.read(
        f"From: {inbox.list.readers[1].address}\nDate: {AT}\nSubject: Re: x\n{plain}\n{words}\n\n> 原文\n"
    )
    assert _places(returns) == {"left": [1]}


def test_people_leave_from_another_address_by_answering_a_letter(inbox: Inbox) -> None:
    plain = f"Date: {AT}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n退订\n"
    returns = inbox.read(
        f"From: me@example.net\nSubject: Re: x\nIn-Reply-To: <issue-3.{inbox.tokens[1]}@example.gov.cn>\n{plain}",
        f"From: <{inbox.list.readers[2].address}>\nIn-Reply-To: <issue-3.{inbox.tokens[3]}@example.gov.cn>\n{plain}",
        f"From: 乙 <stranger@example.net>\nSubject: Re: x\nIn-Reply-To: <a@example.gov.cn>\n{plain}",
    )
    assert _places(returns) == {"left": [1, 2]}
    assert returns.strangers == {"stranger@example.net": "2026-11-25"}
    assert "stranger@example.net" in "\n".join(returns_lines(returns))


def test_mails_that_are_html_alone_are_read(inbox: Inbox) -> None:
    html = f"Date: {AT}\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    page = "<html><head><title>550 Gone</title><style>p { color: red }</style></head><body>{}</body></html>\n"
    returned = "<table><tr><td>退信原因</td><td>550 Mailbox&nbsp;not found</td></tr></table>"
    quoted = "<p>无法投递</p><div>------原始邮件------</div><p>550 家企业</p>"
    returns = inbox.read(
        inbox.returned(0, html + page.replace("{}", returned), "From: postmaster@qq.example\n"),
        inbox.returned(1, html + page.replace("{}", quoted), "From: postmaster@qq.example\n"),
        f"From: {inbox.list.readers[2].address}\nSubject: Re: x\n{html}"
        + page.replace("{}", "<div>请退订，<b>谢谢</b></div><div>发自我的手机</div><blockquote>原文</blockquote>"),
    )
    assert _places(returns) == {"left": [2], "bounced": [0], "delayed": [1]}


@pytest.mark.parametrize("words", ["请勿退订", "怎么退订？", "我不想退订", "退订了又想订回来", "不要退订"])
def test_what_is_not_only_a_wish_to_leave_is_for_a_person(inbox: Inbox, words: str) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    returns = inbox.read(
        f"From: {inbox.list.readers[1].address}\nDate: {AT}\nSubject: Re: x\n{plain}\n{words}\n\n> 原文\n"
    )
    assert _places(returns) == {}


def test_nothing_else_changes_the_list(inbox: Inbox) -> None:
    reader = inbox.list.readers[0]
    returns = inbox.read(
        f"From: {reader.address}\nSubject: 不想退订\n\n请勿退订我的订阅\n",
        f"From: {reader.address}\nSubject: 外出\nAuto-Submitted: auto-replied\n\n退订\n",
        inbox.returned(0, "Auto-Submitted: auto-replied\n\nI am away. 550\n"),
        inbox.returned(0, RECEIPT),
        "From: stranger@example.net\nSubject: 退订\n\n\n",
        f"From: x@example.net\nSubject: unsubscribe-{'0' * 20}\n\n\n",
        "Return-Path: <>\nTo: news+issue-3-ffffffffffffffffffff@example.gov.cn\n\n550 5.1.1\n",
        "Subject: =?nonsense?B?////?=\nContent-Type: text/plain; charset=nonsense\n\n退订",
        'Subject: x\nContent-Type: text/plain; charset="\0"\n\n退订',
        "\n\n",
    )
    assert _places(returns) == {}
    assert (returns.mails, returns.others, returns.written) == (10, 10, None)


def test_the_new_list_says_who_left_and_who_bounced_and_the_next_issue_leaves_them_out(inbox: Inbox) -> None:
    returns = inbox.read(
        inbox.returned(0, _REPORT.format(address="x", status="5.1.1")),
        f"From: other@example.net\nDate: Thu, 26 Nov 2099 10:00:00 +0800\nSubject: unsubscribe-{inbox.tokens[1]}\n\n\n",
    )
    assert returns.written is not None
    known = read_list(Project(inbox.folder / "project"), returns.written, TODAY)
    assert [(reader.unsubscribed, reader.bounced) for reader in known.readers] == [
        ("", "2026-11-25"),
        ("2026-11-26", ""),
        ("", ""),
        ("", ""),
    ]
    assert [reader.line for reader in known.entitled()] == [4, 5]


def test_what_is_no_mailbox_is_refused(inbox: Inbox) -> None:
    project, files = Project(inbox.folder / "project"), (inbox.list.file, inbox.journal)
    (inbox.folder / "letter.txt").write_text("Subject: x\n\n", encoding="utf-8")
    for name, code in (("none.mbox", "no-mailbox"), ("letter.txt", "not-a-mailbox"), (".", "no-mailbox")):
        with pytest.raises(UsageError) as caught:
            read_returns(project, inbox.folder / name, *files)
        assert caught.value.problem.code == code
    with pytest.raises(UsageError) as caught:
        read_returns(project, inbox.folder / "letter.txt", inbox.list.file, inbox.folder / "none")
    assert caught.value.problem.code == "no-journal"
    inbox.list.file.write_text("address\n", encoding="utf-8")
    with pytest.raises(ContentError):
        read_returns(project, inbox.folder / "letter.txt", *files)
