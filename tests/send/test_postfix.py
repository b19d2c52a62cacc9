"""The push through a real Postfix, killed at any moment: nobody gets a letter twice, and nobody is missed in silence."""

import contextlib
import mailbox
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from helpers.mail import Mailbox, Postfix, mail_server, postfix, smtp_sink, usual
from publicity.project import Project
from publicity.send.command import plan, send
from publicity.send.returns import read_returns
from send.conftest import LETTER, Jumping, Push, mailing, rows

IS_SOAK = "PUBLICITY_KILLS" in os.environ
KILLS, READERS = (40, 500) if IS_SOAK else (4, 60)
"""`./scripts/test --soak` kills more, and sends more."""

_SEND = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from publicity.project import Project
from publicity.send import command, smtp
from publicity.send.list import read_list
from send.conftest import LETTER, TODAY, Push
port, folder, aim = int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
push = Push(folder, read_list(Project(Path("/nowhere")), folder / "list.csv", TODAY))
if aim:  # die once the letter is there, before the answer is read
    left, real = [aim], smtp.smtplib.SMTP.getreply
    def getreply(self):
        left[0] -= getattr(self, "is_letter", False)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.is_letter = False
        return real(self)
    def letter(self, data, real=smtp.Line.letter):
        answer = self._asked
        def asked(command):
            reply = answer(command)
            self._open.is_letter = command == "DATA"
            return reply
        self._asked = asked
        try:
            return real(self, data)
        finally:
            self._asked = answer
    smtp.smtplib.SMTP.getreply, smtp.Line.letter = getreply, letter
print("ready", flush=True)
report = command.send(push.wish(port), push.prepared, lambda _: None)
print(len(report.sent), len(report.unknown), len(report.left))
"""


def _run(push: Push, port: int, aim: int = 0) -> "subprocess.Popen[str]":
    tests = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, "-c", _SEND, tests, str(port), str(push.folder), str(aim)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _await_empty(server: Postfix) -> None:
    for _ in range(1200):
        if not server.waiting():
            return
        threading.Event().wait(0.05)
    raise AssertionError(server.waiting())


def test_nobody_gets_it_twice_or_is_missed_whatever_kills_the_run(tmp_path: Path) -> None:
    push = Push(tmp_path, mailing(tmp_path, rows(READERS, 7)))
    chance = random.Random(os.environ.get("PUBLICITY_SEED", "2026"))  # noqa: S311 - no secret
    killed = 0
    with mail_server() as box, postfix(box.port) as server:
        for case in range(KILLS):
            aimed = case % 2 == 1
            running = _run(push, server.port, chance.randrange(1, 12) if aimed else 0)
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n", running.communicate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(timeout=None if aimed else chance.uniform(0, 0.2))
            running.kill()
            running.communicate()
            killed += running.returncode != 0
        last = _run(push, server.port)
        _, fault = last.communicate()
        assert last.returncode == 0, fault
        _await_empty(server)
        planned = plan(push.wish(server.port), push.prepared)
        arrived = Counter(box.readers())
        twice = [to for to, count in arrived.items() if count > 1]
        known = {reader.address for reader in planned.sent} | {reader.address for reader, _ in planned.unknown}
        missed = [reader.address for reader in push.list.readers if reader.address not in known]
        not_there = [reader.address for reader in planned.sent if reader.address not in arrived]
        lost = [reader.address for reader, _ in planned.unknown if reader.address not in arrived]
        print(
            f"{READERS} readers, {killed} kills: twice {len(twice)}, missed {len(missed)}, sent {len(planned.sent)}, "
            f"unknown and listed {len(planned.unknown)}, of which {len(lost)} had not arrived"
        )
        assert (twice, missed, not_there) == ([], [], [])
        assert planned.unknown
        assert killed >= KILLS // 2
        _retried(push, server, box)


def _retried(push: Push, server: Postfix, box: Mailbox) -> None:
    """What is unknown goes out on request, with the Message-ID that it had."""
    again = push.wish(server.port, retry_unknown=True)
    report = send(again, push.prepared, lambda _: None)
    assert not report.unknown
    _await_empty(server)
    assert {*box.readers()} == {reader.address for reader in push.list.readers}
    ids: dict[str, set[bytes]] = {}
    for _, to, data in box.mails:
        ids.setdefault(to, set()).update(row for row in data.splitlines() if row.lower().startswith(b"message-id"))
    assert all(len(known) == 1 for known in ids.values())


@pytest.mark.parametrize(
    ("options", "place"),
    [
        (("-q", "."), "unknown"),
        (("-q", "data"), "left"),
        (("-q", "rcpt"), "left"),
        (("-f", "rcpt", "-B", "550 5.1.1 no such user"), "refused"),
        (("-f", ".", "-B", "554 5.7.1 refused"), "refused"),
        (("-r", "rcpt", "-b", "450 4.2.1 busy"), "left"),
        (("-r", ".", "-b", "451 4.3.0 later"), "left"),
        (("-f", "rcpt", "-B", "550 Domain frequency limited"), "left"),
    ],
)
def test_faults_of_a_server_lose_nobody(push: Push, options: tuple[str, ...], place: str) -> None:
    with smtp_sink(*options) as port:
        clock = Jumping()
        report = send(push.wish(port), push.prepared, lambda _: None, clock)
        planned = plan(push.wish(port), push.prepared)
    places = {name: {reader.address for reader, *_ in getattr(report, name)} for name in ("refused", "unknown", "left")}
    assert not report.sent
    assert places[place]
    assert sum(map(len, places.values())) == len(push.list.readers)
    assert {reader.address for reader, _ in planned.unknown} == places["unknown"]
    assert {reader.address for reader, _ in planned.refused} == places["refused"]
    assert {reader.address for reader in planned.to_send} == places["left"]
    with smtp_sink() as port:  # and on it goes
        report = send(push.wish(port), push.prepared, lambda _: None, clock)
    assert {reader.address for reader in report.sent} == places["left"]


def test_a_return_that_postfix_wrote_is_read(push: Push) -> None:
    gone = push.list.readers[2]

    def script(step: str, address: str) -> str:
        return "550 5.1.1 no such user" if (step, address) == ("rcpt", gone.address) else usual(step, address)

    with mail_server(script) as box, postfix(box.port) as server:
        assert len(send(push.wish(server.port), push.prepared, lambda _: None).sent) == 6
        box.wait_for(lambda: len(box.mails) == 6)  # five letters and a return
    returned = [mail for mail in box.mails if mail[1].startswith("news+issue-3-")]
    assert [sender for sender, _, _ in returned] == [""]
    file = push.folder / "inbox.mbox"
    kept = mailbox.mbox(file)
    for _, to, data in returned:
        kept.add(f"Delivered-To: {to}\r\n".encode() + data)
    kept.close()
    journal = push.wish(0).journal_file
    returns = read_returns(Project(Path("/nowhere")), file, push.list.file, journal)
    assert [*returns.bounced] == [gone]
    assert LETTER.issue in returned[0][1]
