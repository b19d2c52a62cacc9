"""The run against a server that answers as each test says: what is on record at each step, and what is left alone."""

import re
from dataclasses import replace

import pytest

from helpers.mail import PASSWORD, free_port, mail_server, usual
from publicity.problems import BuildError, UsageError
from publicity.send.command import plan, send
from publicity.send.report import report_lines
from publicity.send.run import Pace, Report
from publicity.send.smtp import Line, LineBrokenError, Server, ask_password
from send.conftest import Jumping, Push, mailing, rows

FIRST = "r0@d0.example.com"


def _quiet(_: Report) -> None:
    pass


def _run(push: Push, port: int, **changes: object) -> Report:
    return send(push.wish(port, **changes), push.prepared, _quiet, Jumping())


def _addresses(pairs: list) -> list[str]:
    return [reader.address for reader, _ in pairs]


def test_the_try_is_on_the_disk_when_the_letter_is_asked_for_and_not_before(push: Push) -> None:
    journal = push.wish(0).journal_file
    states: list[tuple[str, int]] = []

    def script(step: str, address: str) -> str:
        states.append((step, journal.read_bytes().count(b'"try"') - journal.read_bytes().count(b'"sent"')))
        return usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert len(report.sent) == 6
    assert states == [("mail", 0), ("rcpt", 0), ("data", 1), ("end", 1)] * 6


def test_everybody_gets_one_and_domains_take_turns(push: Push) -> None:
    with mail_server() as box:
        _run(push, box.port)
        again = _run(push, box.port)
    assert sorted(box.readers()) == [reader.address for reader in push.list.readers]
    assert [to.partition("@")[2] for to in box.readers()] == [f"d{n % 3}.example.com" for n in range(6)]
    assert again == Report()
    senders = {sender for sender, _, _ in box.mails}
    assert len(senders) == 6
    assert all(re.fullmatch(r"news\+issue-3-[0-9a-f]{20}@example\.gov\.cn", sender) for sender in senders)


def test_a_reader_who_was_refused_is_never_tried_again(push: Push) -> None:
    def script(step: str, address: str) -> str:
        no = (step, address) == ("rcpt", FIRST)
        return f"550 5.1.1 <{FIRST}>: no such user" if no else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
        _run(push, box.port, retry_unknown=True)
    assert _addresses(report.refused) == [FIRST]
    assert report.refused[0][1] == "550 5.1.1 <…>: no such user"
    assert len(report.sent) == 5
    assert box.steps.count(("rcpt", FIRST)) == 1


def test_a_domain_that_puts_off_is_given_time_and_then_left(push: Push) -> None:
    def script(step: str, address: str) -> str:
        return "450 4.2.0 greylisted" if step == "rcpt" and "@d0." in address else usual(step, address)

    clock = Jumping()
    with mail_server(script) as box:
        report = send(push.wish(box.port), push.prepared, _quiet, clock)
    assert len(report.sent) == 4
    assert sorted(_addresses(report.left)) == ["r0@d0.example.com", "r3@d0.example.com"]
    assert [to for step, to in box.steps if step == "rcpt" and "@d0." in to] == [
        "r0@d0.example.com",
        "r3@d0.example.com",
        "r0@d0.example.com",
    ]
    assert sum(clock.waits) >= 1 + 3  # growing
    with mail_server() as box:
        assert len(_run(push, box.port).sent) == 2


def test_one_reader_that_is_put_off_does_not_stop_a_domain(push: Push) -> None:
    def script(step: str, address: str) -> str:
        return "452 4.2.2 mailbox full" if (step, address) == ("end", FIRST) else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert _addresses(report.left) == [FIRST]
    assert len(report.sent) == 5


@pytest.mark.parametrize("between", ["250 2.0.0 fine", "550 5.1.1 no such user"])
def test_a_domain_is_left_only_when_it_puts_off_several_times_in_a_row(push: Push, between: str) -> None:
    one = Push(push.folder, mailing(push.folder, rows(6, 1)))
    put_off: set[str] = set()

    def script(step: str, address: str) -> str:
        if step != "rcpt":
            return usual(step, address)
        if address[1] in "024":
            return between
        if address in put_off:
            return usual(step, address)
        put_off.add(address)
        return "450 4.2.0 greylisted"

    with mail_server(script) as box:
        report = _run(one, box.port)
    assert report.left == []
    assert len(report.sent) + len(report.refused) == 6


def test_a_server_that_breaks_the_line_now_and_then_is_not_left(push: Push) -> None:
    broken: set[str] = set()

    def script(step: str, address: str) -> str | None:
        if step == "rcpt" and address not in broken:
            broken.add(address)
            return None
        return usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert (len(report.sent), report.broken) == (6, "")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("rcpt", "550 Domain frequency limited"),
        ("rcpt", "421 too many connections"),
        ("rcpt", "550 发信频率过快"),
        ("end", "550 发信频率过快"),
    ],
)
def test_a_domain_that_says_too_often_is_left_at_once_and_nobody_is_refused(push: Push, at: str, said: str) -> None:
    def script(step: str, address: str) -> str:
        return said if step == at and "@d0." in address else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    with mail_server() as later:
        assert len(_run(push, later.port).sent) == 2
    assert sorted(_addresses(report.left)) == ["r0@d0.example.com", "r3@d0.example.com"]
    assert (len(report.sent), report.refused) == (4, [])
    assert [to for step, to in box.steps if step == "rcpt" and "@d0." in to] == [FIRST]


def test_a_line_that_breaks_after_the_letter_leaves_an_unknown_that_only_a_wish_sends_again(push: Push) -> None:
    broken: list[str] = []

    def script(step: str, address: str) -> str | None:
        if (step, address) == ("end", FIRST) and not broken:
            broken.append(address)
            return None
        return usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
        assert _addresses(report.unknown) == [FIRST]
        assert len(report.sent) == 5
        assert _run(push, box.port) == Report()
        assert [reader.address for reader, _ in plan(push.wish(0), push.prepared).unknown] == [FIRST]
        assert [reader.address for reader in _run(push, box.port, retry_unknown=True).sent] == [FIRST]
        assert not plan(push.wish(0), push.prepared).unknown


def test_an_unknown_stays_one_when_it_is_put_off_the_second_time(push: Push) -> None:
    def breaks(step: str, address: str) -> str | None:
        return None if (step, address) == ("end", FIRST) else usual(step, address)

    def puts_off(step: str, address: str) -> str | None:
        return "450 later" if address == FIRST else usual(step, address)

    for script, wish in ((breaks, {}), (puts_off, {"retry_unknown": True})):
        with mail_server(script) as box:
            _run(push, box.port, **wish)
    with mail_server(lambda step, address: None if step == "rcpt" else usual(step, address)) as box:
        _run(push, box.port, retry_unknown=True)
    planned = plan(push.wish(0), push.prepared)
    assert [reader.address for reader, _ in planned.unknown] == [FIRST]
    assert planned.to_send == ()


def test_a_server_that_keeps_breaking_the_line_ends_the_run(push: Push) -> None:
    with mail_server(lambda step, address: None if step == "rcpt" else usual(step, address)) as box:
        report = _run(push, box.port)
    assert report.broken
    assert len(report.left) == 6
    assert len(box.steps) == 10
    assert _run(push, free_port()).broken  # nobody listens there


@pytest.mark.parametrize(
    ("step", "said", "code"),
    [
        ("mail", "553 5.7.1 not your address", "smtp-sender"),
        ("rcpt", "553 5.7.1 <news@x>: Sender address rejected: not owned by user y", "smtp-sender"),
        ("rcpt", "554 5.7.1 Relay access denied", "smtp-not-for-us"),
        ("rcpt", "530 5.7.0 Authentication required", "smtp-not-for-us"),
    ],
)
def test_a_server_that_takes_nothing_from_us_makes_nobody_refused(push: Push, step: str, said: str, code: str) -> None:
    server = mail_server(lambda at, address: said if at == step else usual(at, address))
    with server as box, pytest.raises(BuildError) as caught:
        _run(push, box.port)
    assert caught.value.problem.code == code
    planned = plan(push.wish(0), push.prepared)
    assert (len(planned.to_send), planned.refused) == (6, ())


@pytest.mark.parametrize(
    ("refusing", "said"),
    [
        ("mail", "501 mail from address must be same as authorization user"),
        ("rcpt", "553 5.7.1 <news+x@example.gov.cn>: Sender address rejected: not owned by user news@example.gov.cn"),
    ],
)
def test_a_server_that_knows_the_sender_by_its_own_address_alone_gets_that(
    push: Push, refusing: str, said: str
) -> None:
    senders = []

    def script(step: str, address: str) -> str:
        if step == "mail":
            senders.append(address)
        return said if step == refusing and "+" in senders[-1] else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert (len(report.sent), report.refused) == (6, [])
    assert {sender for sender, _, _ in box.mails} == {push.wish(0).sender.address}
    assert len([sender for sender in senders if "+" in sender]) == 1
    assert "“发件人+编号”" in "".join(report_lines(report))


@pytest.mark.parametrize(
    ("at", "said", "refused"),
    [("end", "550 5.7.26 unauthenticated", 2), ("rcpt", "451 4.7.1 greylisted by this relay", 0)],
)
def test_a_letter_that_one_domain_does_not_trust_is_refused_there_alone(
    push: Push, at: str, said: str, refused: int
) -> None:
    def script(step: str, address: str) -> str:
        return said if step == at and "@d0." in address else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert (len(report.sent), len(report.refused), len(report.left)) == (4, refused, 2 - refused)


def test_a_line_of_a_letter_that_begins_with_a_dot_arrives(push: Push) -> None:
    text = b"Subject: x\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n"
    with mail_server() as box:
        line = Line(push.wish(box.port).server)
        line.connect()
        line.envelope("news@example.gov.cn", FIRST)
        assert line.letter(text).is_yes
        line.end()
    assert [data for _, _, data in box.mails] == [text]


def test_a_password_goes_over_no_open_line_to_another_machine(push: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(port: int, password: str) -> Report:
        wish = push.wish(port, to_self=True)
        server = replace(wish.server, user="news", password=password)
        return send(replace(wish, server=server), push.prepared, _quiet, Jumping())

    with mail_server() as box:
        with pytest.raises(BuildError) as caught:
            run(box.port, "wrong")
        assert caught.value.problem.code == "smtp-login"
        assert {step for step, _ in box.steps} == {"auth"}
        assert len(run(box.port, PASSWORD).sent) == 1
        monkeypatch.setattr(Server, "is_loopback", False)
        with pytest.raises(BuildError) as caught:
            run(box.port, PASSWORD)
    assert caught.value.problem.code == "smtp-not-secure"


def test_a_server_that_does_not_speak_tls_is_told_at_once(push: Push) -> None:
    with mail_server() as box:
        wish = replace(push.wish(box.port), server=Server("127.0.0.1", box.port, "", is_tls=True))
        with pytest.raises(BuildError) as caught:
            send(wish, push.prepared, _quiet, Jumping())
    assert caught.value.problem.code == "smtp-not-secure"


def test_a_line_that_breaks_at_the_password_is_none(push: Push) -> None:
    with mail_server(lambda step, address: None if step == "auth" else usual(step, address)) as box:
        line = Line(replace(push.wish(box.port).server, user="news", password=PASSWORD))
        with pytest.raises(LineBrokenError):
            line.connect()
        assert not line.is_open


def test_minutes_and_domains_have_their_measure(push: Push) -> None:
    away = Server("mail.example.gov.cn", 25, "", is_tls=False)
    here = Server("127.0.0.1", 25, "", is_tls=False)
    assert [Pace.of(server, None).per_minute for server in (away, here)] == [60, 0]
    assert [Pace.of(server, 0).gap for server in (away, here)] == [0, 0]
    clock = Jumping()
    one = Push(push.folder, mailing(push.folder, rows(4, 1)))
    with mail_server() as box:
        send(one.wish(box.port, per_minute=30), one.prepared, _quiet, clock)
        assert clock.seconds == pytest.approx(3 * 4)  # one domain: every second turn
        clock = Jumping()
        many = Push(push.folder, mailing(push.folder, rows(6, 3).replace("r", "s")))
        send(many.wish(box.port, per_minute=30), many.prepared, _quiet, clock)
        assert clock.seconds == pytest.approx(5 * 2)


def test_the_sender_alone_gets_it_as_often_as_asked_and_the_list_is_untouched(push: Push) -> None:
    with mail_server() as box:
        for _ in range(2):
            report = _run(push, box.port, to_self=True)
            assert len(report.sent) == 1
        assert box.readers() == ["news@example.gov.cn"] * 2
        assert len(plan(push.wish(0), push.prepared).to_send) == 6


def test_an_issue_that_was_changed_goes_to_nobody_twice(push: Push) -> None:
    with mail_server() as box:
        _run(push, box.port)
        changed = replace(push.prepared, letter=replace(push.prepared.letter, text="改过", digest="cd" * 32))
        assert plan(push.wish(0), changed).is_changed
        assert send(push.wish(box.port), changed, _quiet, Jumping()) == Report()
        assert len(box.mails) == 6


def test_a_word_in_an_address_says_nothing_about_the_server(push: Push) -> None:
    addresses = ("relay@too-frequent.example.com", "rate-limit@too-frequent.example.com", "x@relay.example.org")
    odd = Push(push.folder, mailing(push.folder, "".join(f"{to},甲,企业,2026-01-01,\n" for to in addresses)))

    def script(step: str, address: str) -> str:
        no = step == "rcpt" and address != addresses[1]
        return f"550 <{address}>: no such user at {address.partition('@')[2]}" if no else usual(step, address)

    with mail_server(script) as box:
        report = _run(odd, box.port)
    assert _addresses(report.refused) == [addresses[0], addresses[2]]
    assert len(report.sent) == 1


def test_what_is_no_answer_to_a_letter_leaves_an_unknown(push: Push) -> None:
    def script(step: str, address: str) -> str:
        return "what?" if (step, address) == ("end", FIRST) else usual(step, address)

    with mail_server(script) as box:
        report = _run(push, box.port)
    assert _addresses(report.unknown) == [FIRST]
    assert len(report.sent) == 5
    assert box.steps.count(("end", FIRST)) == 1


def test_a_server_where_nobody_logs_in_is_told(push: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(logins="GSSAPI") as box:
        wish = push.wish(box.port)
        wish = replace(wish, server=replace(wish.server, user="news"))
        with pytest.raises(BuildError) as caught:
            send(wish, push.prepared, _quiet, Jumping())
    assert caught.value.problem.code == "smtp-no-login"
    wish = push.wish(25)
    clock = Jumping()
    with pytest.raises(BuildError) as caught:
        send(replace(wish, server=replace(wish.server, host="mail.invalid")), push.prepared, _quiet, clock)
    assert caught.value.problem.code == "smtp-no-host"
    assert clock.waits == []
    monkeypatch.setenv("PUBLICITY_SMTP_PASSWORD", "密码")
    with pytest.raises(UsageError) as wrong:
        ask_password(replace(wish.server, user="news"))
    assert wrong.value.problem.code == "smtp-login-not-ascii"
    assert Server.parse("smtp://邮件.example.cn").host.startswith("xn--")
    with pytest.raises(UsageError):
        Server.parse(f"smtp://{'x' * 64}.cn")
