"""Send an issue: what may go to whom, said first; then, once it is confirmed, the run."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from publicity.addresses import check_site_url
from publicity.check import check
from publicity.dates import today
from publicity.models.letter import Letter
from publicity.problems import ContentError, Problem, UsageError, near
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.load import load
from publicity.send.journal import Journal, open_journal, read_journal
from publicity.send.list import MailingList, Reader, outside, read_list
from publicity.send.message import Sender
from publicity.send.run import Clock, Pace, Report, Run
from publicity.send.smtp import Line, Server

_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}(-\d{1,3})?$")
"""What `returns` adds to the name of a list that it writes anew."""

LetterOf = Callable[[Column, str, str], Letter]
"""Makes the letter of an issue: of the column, the issue's slug, and the address of the site."""


@dataclass(frozen=True)
class Wish:
    """What `publicity send` was asked for."""

    issue: str
    region: str
    list: Path
    server: Server
    sender: Sender
    site_url: str | None = None
    journal: Path | None = None
    to_self: bool = False
    anyway: bool = False
    per_minute: int | None = None
    retry_unknown: bool = False

    @property
    def key(self) -> str:
        """The issue as the journal names it."""
        return f"{self.region}/{self.issue}"

    @property
    def journal_file(self) -> Path:
        """Beside the list unless said otherwise, for all of its issues; a list that `returns` wrote has that of the list it came of."""
        if self.journal:
            return self.journal
        names = [self.list.stem]
        while (older := _DATED.sub("", names[-1])) != names[-1]:
            names.append(older)
        files = [self.list.with_name(f"{name}{self.list.suffix}.journal") for name in names]
        return next((file for file in files if file.exists()), files[0])

    @property
    def may_have_journal_elsewhere(self) -> bool:
        """Whether no journal is found, and yet the list may go on from one: without it everybody would get an issue again."""
        if self.journal or self.journal_file.exists():
            return False
        return bool(_DATED.search(self.list.stem)) or any(self.list.parent.glob("*.journal"))


@dataclass(frozen=True)
class Prepared:
    """A letter and those who may get it."""

    letter: Letter
    mailing: MailingList
    overruled: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How many may get it, sent or not."""
        return len(self.mailing.entitled())


@dataclass(frozen=True)
class Plan:
    """Who stands where before a run."""

    sent: tuple[Reader, ...]
    refused: tuple[tuple[Reader, str], ...]
    unknown: tuple[tuple[Reader, str], ...]
    """With the time of the try."""
    to_send: tuple[Reader, ...]
    is_changed: bool
    """Whether the letter is another than the one that was begun with."""


def prepare(project: Project, wish: Wish, letter_of: LetterOf) -> Prepared:
    """The letter and the list, where nothing stands against sending them, or that is overruled.

    Raises:
        ContentError: the content, or the list, has problems; or `check --release` refuses the issue, and that is not overruled.
        UsageError: there is no such region, issue or list, or no address of the site, or list or journal lie in the project, or the journal is not known.
    """
    check_site_url(wish.site_url)
    outside(project, wish.journal_file)
    draft = load(project, wish.region)
    problems = check(draft, release=True)
    if draft.column is None:
        raise ContentError(problems)
    column = draft.column
    issues = column.content.entries["newsletter"]
    if wish.issue not in issues:
        raise UsageError("no-such-issue", issue=wish.issue, region=wish.region, hint=near(wish.issue, issues))
    site_url = wish.site_url or column.region.site.column_url
    if not site_url:
        raise UsageError("no-site-address", region=wish.region)
    mailing = read_list(project, wish.list, today())
    if wish.may_have_journal_elsewhere:
        raise UsageError("which-journal", list=wish.list, file=wish.journal_file)
    letter = letter_of(column, wish.issue, site_url)
    files = {source.name for source in issues[wish.issue].sources}
    overruled = _against(letter, files, problems)
    if overruled and not wish.anyway:
        raise ContentError(overruled)
    return Prepared(letter, mailing, tuple(overruled))


def _against(letter: Letter, files: set[str], found: list[Problem]) -> list[Problem]:
    """What stands against an issue: what was found in its own files, and what it shows that nobody has approved."""
    problems = [problem for problem in found if problem.path in files]
    problems += [Problem(path, 0, "letter-shows-pending") for path in letter.pending if path not in files]
    if letter.is_sample and not any(problem.code == "still-sample" for problem in problems):
        problems.append(Problem(min(files), 0, "still-sample"))
    return sorted(problems)


def plan(wish: Wish, prepared: Prepared, journal: Journal | None = None) -> Plan:
    """Hold the list to the journal; unless one is given it is read, and nothing is written.

    Raises:
        ContentError: the journal is none.
    """
    journal = journal or read_journal(wish.journal_file)
    sent, refused, unknown, to_send = [], [], [], []
    for reader in prepared.mailing.entitled():
        fate = journal.fates.get(journal.token(wish.key, reader.address))
        if fate is None or fate.state == "later":
            to_send.append(reader)
        elif fate.state == "sent":
            sent.append(reader)
        elif fate.state == "refused":
            refused.append((reader, fate.reply))
        else:
            unknown.append((reader, fate.at))
            to_send += [reader] if wish.retry_unknown else []
    begun = journal.issues.get(wish.key, prepared.letter.digest)
    changed = begun != prepared.letter.digest
    return Plan(tuple(sent), tuple(refused), tuple(unknown), tuple(to_send), changed)


def send(wish: Wish, prepared: Prepared, tell: Callable[[Report], None], clock: Clock | None = None) -> Report:
    """Send to all that are still to get it, or to the sender alone; `tell` hears after each letter.

    Raises:
        UsageError: another run writes the journal.
        ContentError: the journal is none.
        BuildError: the server does not let us in, or takes nothing from us.
    """
    clock = clock or Clock()
    key, at = wish.key, clock.today().isoformat()
    with open_journal(wish.journal_file) as journal:
        if wish.to_self:
            key = f"{wish.key}/self/{at}"
            readers: Iterable[Reader] = [Reader(0, wish.sender.address, "", "", "", "", "")]
        else:
            readers = plan(wish, prepared, journal).to_send
        journal.begin(
            key,
            at,
            digest=prepared.letter.digest,
            count=prepared.count,
            anyway=[f"{problem.path}: {problem.code}" for problem in prepared.overruled],
            retry_unknown=wish.retry_unknown,
        )
        pace = Pace.of(wish.server, wish.per_minute)
        run = Run(prepared.letter, wish.sender, Line(wish.server), journal, key, pace, clock)
        return run.send(readers, tell)
