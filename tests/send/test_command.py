"""`publicity send` and `returns` as they are typed, on an issue of a small project."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from helpers.mail import mail_server, usual
from publicity.cli import main
from send.conftest import HEADER, mailing, rows

SITE = ("--site-url", "https://www.example.gov.cn/ztzl/symm/")
LIST = (
    "a@example.com,甲,企业,2026-01-01 签到表,\nb@example.org,乙,园区,2026-01-01,\n"
    "c@example.org,丙,协会,2026-01-01,2026-02-01\nd@example.org,丁,部门,,\n"
)
Send = Callable[..., Result]
ISSUE = """---
title: 商业秘密保护资讯第3期（样刊）
published: 2026-01-03
summary: 本期讲示例文件。
number: 3
entries: [policies/plan]
sample: true
source: {name: 示例, checked: 2026-01-02}
review: {status: pending}
---

请看[示例文件](../policies/plan.md)。
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small region, with an issue."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "tests" / "fixtures" / "base" / "content", folder / "content")
    for name in ("docs", "scoring_wasm/standards"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "content/mini/newsletter").mkdir()
    (folder / "content/mini/newsletter/issue-3.md").write_text(ISSUE, encoding="utf-8")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return mailing(tmp_path, LIST).file


@pytest.fixture
def send(file: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Type the command; `port` is the mail server's."""
    monkeypatch.chdir(project)

    def run(*options: str, port: int = 9, site: tuple[str, ...] = SITE, issue: str = "issue-3") -> Result:
        server = f"smtp://127.0.0.1:{port}"
        named = ("--list", str(file), "--smtp", server, "--sender", "news@example.gov.cn", "--region", "mini")
        return CliRunner().invoke(main, ["--language", "en", "send", issue, *named, *site, *options])

    return run


def test_unless_told_otherwise_it_only_says_what_it_would_do(send: Send, file: Path) -> None:
    done = send("--anyway")
    assert done.exit_code == 0, done.output
    assert "4 rows, 2 may get it; left out: 1 unsubscribed, 0 bounced, 1 without consent" in done.stdout
    assert "0 sent, 0 refused, 0 unknown; 2 to send now" in done.stdout
    assert [path.name for path in file.parent.iterdir()] == ["list.csv"]
    assert "other users" not in done.stdout
    file.chmod(0o644)
    assert "other users of this machine can read the list" in send("--anyway").stdout


def test_who_left_and_bounced_is_counted_once(send: Send, file: Path) -> None:
    rows = ("a@example.com,甲,企业,2026-01-01,2026-02-01,2026-02-02", "b@example.com,乙,企业,2026-01-01,,2026-02-02",
            "c@example.com,丙,企业,2026-01-01,,", "d@example.com,丁,企业,,,")  # fmt: skip
    file.write_text("\n".join((f"{HEADER},bounced", *rows)), encoding="utf-8")
    assert "4 rows, 1 may get it; left out: 1 unsubscribed, 1 bounced, 1 without consent" in send("--anyway").stdout


def test_a_sample_and_what_is_pending_are_refused(send: Send) -> None:
    done = send("--send", "--confirm", "issue-3 2")
    assert done.exit_code == 1
    assert "newsletter/issue-3.md:7: a sample is not for publication" in done.stderr
    assert "the issue shows this entry, whose review is pending" in done.stderr


@pytest.mark.parametrize("said", [(), ("--confirm", "issue-3 3"), ("--confirm", "2"), ("--confirm", "issue-2 2")])
def test_issue_and_count_are_confirmed(send: Send, file: Path, said: tuple[str, ...]) -> None:
    done = send("--anyway", "--send", *said)
    assert done.exit_code == 2
    assert "expected the issue and how many addresses may get it: issue-3 2" in done.stderr
    assert not file.with_name("list.csv.journal").exists()


def test_it_is_sent_and_the_journal_records_what_was_overruled(send: Send, file: Path) -> None:
    confirmed = ("--anyway", "--send", "--confirm", "issue-3 2")
    with mail_server() as box:
        done = send(*confirmed, port=box.port)
        assert done.exit_code == 0, done.output
        assert "content/mini/newsletter/issue-3.md:" in done.stdout
        assert "2 sent, 0 refused, 0 unknown, 0 left for the next run" in done.stdout
        again = send(*confirmed, port=box.port)  # the same confirmation: it counts those who may get it, sent or not
        assert "0 sent, 0 refused" in again.stdout
        assert box.readers() == ["a@example.com", "b@example.org"]
    noted = [json.loads(row) for row in file.with_name("list.csv.journal").read_text(encoding="utf-8").splitlines()]
    assert "content/mini/newsletter/issue-3.md: still-sample" in noted[1]["anyway"]
    assert "2 sent, 0 refused, 0 unknown; 0 to send now" in send("--anyway").stdout


def test_what_is_unknown_is_named_until_it_is_sent_again(send: Send) -> None:
    options = ("--anyway", "--send", "--confirm", "issue-3 2")
    breaks = ["a@example.com"]

    def script(step: str, address: str) -> str | None:
        return None if step == "end" and breaks and breaks.pop() else usual(step, address)

    with mail_server(script) as box:
        done = send(*options, port=box.port)
        assert done.exit_code == 1
        assert "line 2, a@example.com: unknown, it may have arrived" in done.stdout
        assert "line 2, a@example.com: unknown, it may have arrived (broken off 20" in send("--anyway").stdout
        assert send(*options, port=box.port).exit_code == 1  # as long as one is left
        assert box.readers() == ["b@example.org"]
        assert send(*options, "--retry-unknown", port=box.port).exit_code == 0
        assert box.readers() == ["b@example.org", "a@example.com"]


def test_a_long_run_says_how_far_it_is(send: Send, file: Path) -> None:
    mailing(file.parent, rows(50))
    with mail_server() as box:
        done = send("--anyway", "--send", "--confirm", "issue-3 50", port=box.port)
    assert done.stdout.count("letters done") == 1
    assert "50 sent" in done.stdout


def test_to_oneself_first(send: Send) -> None:
    with mail_server() as box:
        assert "with --send it goes to the sender alone" in send("--anyway", "--to-self", port=box.port).stdout
        done = send("--anyway", "--to-self", "--send", port=box.port)
        assert done.exit_code == 0, done.output
        assert box.readers() == ["news@example.gov.cn"]
    assert "2 to send now" in send("--anyway").stdout


def test_what_is_typed_wrongly_is_said(send: Send, project: Path) -> None:
    for options, wanted in (
        ({"issue": "isue-3"}, "has no issue “isue-3” of the newsletter; did you mean “issue-3”?"),
        ({"site": ()}, "the address that the column of mini will have is not known"),
        ({"site": ("--site-url", "www")}, "www"),
    ):
        done = send("--anyway", **options)
        assert done.exit_code == 2
        assert wanted in done.stderr
    done = send("--anyway", "--journal", str(project / "build" / "journal"))
    assert "lies in the project" in done.stderr


def test_a_list_beside_the_journal_of_another_must_name_its_own(send: Send, file: Path) -> None:
    with mail_server() as box:
        send("--anyway", "--send", "--confirm", "issue-3 2", port=box.port)
    renamed = file.rename(file.with_name("readers.csv"))
    done = send("--anyway", "--list", str(renamed))
    assert done.exit_code == 2
    assert "all who have an issue would get it again" in done.stderr
    journal = ("--journal", str(file.with_name("list.csv.journal")))
    assert "2 sent, 0 refused, 0 unknown; 0 to send now" in send("--anyway", "--list", str(renamed), *journal).stdout


def test_returns_are_read_from_the_command_line(send: Send, file: Path, tmp_path: Path) -> None:
    with mail_server() as box:
        send("--anyway", "--send", "--confirm", "issue-3 2", port=box.port)
    token = box.mails[0][0].partition("@")[0][-20:]
    inbox = tmp_path / "inbox.mbox"
    inbox.write_text(
        f"From x\nSubject: unsubscribe-{token}\nDate: Wed, 25 Nov 2026 10:00:00 +0800\n\n\n", encoding="utf-8"
    )
    options = ("--list", str(file), "--journal", str(file.with_name("list.csv.journal")), "--today", "2026-11-26")
    done = CliRunner().invoke(main, ["--language", "zh", "returns", str(inbox), *options])
    assert done.exit_code == 0, done.output
    assert "第2行 a@example.com：2026-11-25要求退订" in done.stdout
    new_list = tmp_path / "list-2026-11-26.csv"
    new = new_list.read_text(encoding="utf-8-sig")
    assert new.replace("\r", "") == f"{HEADER}\n{LIST}".replace("签到表,", "签到表,2026-11-25")
    # The new list goes on with the journal of the old one, and so does the one after it.
    for _ in range(2):
        assert "1 sent, 0 refused, 0 unknown; 0 to send now" in send("--anyway", "--list", str(new_list)).stdout
        new_list = new_list.rename(new_list.with_name(f"{new_list.stem}-2026-12-01-2.csv"))
    away = tmp_path / "away" / "list-2026-11-26.csv"
    away.parent.mkdir()
    new_list.rename(away)
    done = send("--anyway", "--list", str(away))
    assert done.exit_code == 2
    assert f"write --journal {away}.journal" in done.stderr
    assert send("--anyway", "--list", str(away), "--journal", f"{away}.journal").exit_code == 0
    inbox.write_text("", encoding="utf-8")
    assert "名单不需要改动" in CliRunner().invoke(main, ["--language", "zh", "returns", str(inbox), *options]).stdout
