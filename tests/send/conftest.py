"""A letter, a list, and a clock that only jumps."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from publicity.models.letter import Letter
from publicity.project import Project
from publicity.send import run
from publicity.send.command import Prepared, Wish
from publicity.send.list import MailingList, read_list
from publicity.send.message import Sender
from publicity.send.smtp import Server

HEADER = "address,unit,kind,consent,unsubscribed"
TODAY = datetime.date(2026, 11, 26)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
LETTER = Letter(
    "issue-3",
    "3",
    "商业秘密保护资讯第3期：新法与案例（样刊）",
    '<html lang="zh-CN"><p>条文号变了。</p><img src="cid:top" alt="刊头"></html>',
    "条文号变了。\n.一行以点开头\n",
    (("top", PICTURE, "image/png"),),
    is_sample=True,
    pending=(),
    digest="ab" * 32,
)
SENDER = Sender("商业秘密保护专栏", "news@example.gov.cn")


def rows(count: int, domains: int = 3) -> str:
    """A list of readers at some domains."""
    return "".join(f"r{n}@d{n % domains}.example.com,单位{n},企业,2026-01-01 签到表,\n" for n in range(count))


def mailing(folder: Path, text: str) -> MailingList:
    """A list as read from its file."""
    file = folder / "list.csv"
    file.write_text(f"{HEADER}\n{text}", encoding="utf-8")
    file.chmod(0o600)
    return read_list(Project(Path("/nowhere")), file, TODAY)


@dataclass
class Jumping(run.Clock):
    """Time passes at once, and is written down."""

    seconds: float = 0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@dataclass
class Push:
    """A push of the letter to the readers of a list."""

    folder: Path
    list: MailingList

    def wish(self, port: int, **changes: object) -> Wish:
        """As the command line would say it."""
        server = Server("127.0.0.1", port, "", is_tls=False)
        return Wish("issue-3", "mini", self.list.file, server, SENDER, **changes)  # type: ignore[arg-type]

    @property
    def prepared(self) -> Prepared:
        """The letter and the list."""
        return Prepared(LETTER, self.list, ())


@pytest.fixture
def push(tmp_path: Path) -> Push:
    """To six readers at three domains."""
    return Push(tmp_path, mailing(tmp_path, rows(6)))
