"""A run: letters go out one after another, evenly over domains; never one twice, and whatever breaks is on record (ADR 0026)."""

import datetime
import heapq
import itertools
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from publicity.models.letter import Letter
from publicity.problems import BuildError
from publicity.send.journal import Journal, State
from publicity.send.list import Reader
from publicity.send.message import Sender, message
from publicity.send.smtp import Line, LineBrokenError, Reply, SenderRefusedError, Server

_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_MOST_TRIES = 3
"""How often a letter that is put off is tried in one run."""
_MOST_PUT_OFF = 3
"""How many letters a domain may put off in a row until it is left for the next run."""
_MOST_BROKEN = 5
"""How often the line may break in a row, no letter going out in between."""
_TOO_OFTEN = re.compile(r"frequen|too (?:many|fast|often)|rate.?limit|频率|频繁|过快", re.IGNORECASE)
"""How servers say that a domain gets too much at once, which is nothing about the reader."""
_NOT_FOR_US = re.compile(r"relay|authenti", re.IGNORECASE)
"""How servers say that they take no letters to other places from us, whoever the reader is."""

_NOT_YOURS = re.compile(
    r"sender (?:address )?(?:rejected|denied|refused)|not owned by|authori[sz](?:ed|ation) user", re.IGNORECASE
)
"""How servers say, in answer to the reader's address, that the sender may not use its own."""


class Clock:
    """The machine's time."""

    def now(self) -> float:
        """Seconds, from no particular moment."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def today(self) -> datetime.datetime:
        """Day and time in China, whatever day a run is said to be for: it goes into letters and the journal."""
        return datetime.datetime.now(tz=_CHINA).replace(microsecond=0)


@dataclass(frozen=True)
class Pace:
    """How quick a run is. A domain gets at most every second letter of a minute; `patience` is the unit of waiting, in seconds."""

    per_minute: int
    patience: float

    @classmethod
    def of(cls, server: Server, per_minute: int | None) -> "Pace":
        """60 a minute unless said otherwise, and no limit within this machine, whose server keeps one of its own; 0: no limit."""
        usual = 0 if server.is_loopback else 60
        return cls(usual if per_minute is None else per_minute, 1 if server.is_loopback else 10)

    @property
    def gap(self) -> float:
        """Seconds between two letters."""
        return 60 / self.per_minute if self.per_minute else 0


@dataclass
class Report:
    """What came of a run; each reader stands in one place."""

    sent: list[Reader] = field(default_factory=list)
    refused: list[tuple[Reader, str]] = field(default_factory=list)
    unknown: list[tuple[Reader, str]] = field(default_factory=list)
    left: list[tuple[Reader, str]] = field(default_factory=list)
    """Put off, or not tried: the next run goes on with them."""
    is_from_itself: bool = False
    """Whether the server takes the sender's own address alone, and none that names the letter."""
    broken: str = ""
    """Why the run ended before its time."""

    @property
    def done(self) -> int:
        """How many letters need no further step of this run."""
        return len(self.sent) + len(self.refused) + len(self.unknown)


@dataclass
class _Domain:
    waiting: deque[Reader] = field(default_factory=deque)
    put_off: int = 0


class Run:
    """One run of one issue over a line."""

    def __init__(
        self, letter: Letter, sender: Sender, line: Line, journal: Journal, issue: str, pace: Pace, clock: Clock
    ) -> None:
        self._letter, self._sender, self._line, self._journal = letter, sender, line, journal
        self._issue, self._pace, self._clock = issue, pace, clock
        self._tries: Counter[str] = Counter()
        self._broken = 0
        self._doubtful = {token for token, fate in journal.fates.items() if fate.state == "try"}
        self._domains: dict[str, _Domain] = {}
        self.report = Report()

    def send(self, readers: Iterable[Reader], tell: Callable[[Report], None]) -> Report:
        """Send to every reader; `tell` hears after each letter that is done with.

        Raises:
            BuildError: the server takes no letter from us, whoever it is for.
            OSError: the journal cannot be written. What was told before stands in it.
        """
        for reader in readers:
            self._domains.setdefault(reader.domain, _Domain()).waiting.append(reader)
        turns = [(0.0, number, name) for number, name in enumerate(self._domains)]
        numbers = itertools.count(len(turns))
        next_letter = 0.0
        try:
            while turns and not self.report.broken:
                ready, _, name = heapq.heappop(turns)
                self._wait_until(max(ready, next_letter))
                next_letter = self._clock.now() + self._pace.gap
                done = self.report.done
                pause = self._step(self._domains[name])
                if self.report.done > done:
                    tell(self.report)
                if self._domains[name].waiting:
                    heapq.heappush(turns, (self._clock.now() + max(pause, 2 * self._pace.gap), next(numbers), name))
        finally:
            self._line.end()
        for domain in self._domains.values():
            self.report.left += [(reader, self.report.broken) for reader in domain.waiting]
        return self.report

    def _wait_until(self, moment: float) -> None:
        if (seconds := moment - self._clock.now()) > 0:
            self._clock.wait(seconds)

    def _step(self, domain: _Domain) -> float:
        """Try the next letter of a domain; returns how long to leave the domain alone, in seconds."""
        reader = domain.waiting.popleft()
        token = self._journal.token(self._issue, reader.address)
        try:
            reply = self._delivered(reader, token)
        except LineBrokenError as error:
            return self._line_broken(domain, reader, error)
        self._broken = 0
        said = reply.without(reader.address)
        if not reply.is_yes and _TOO_OFTEN.search(reply.words(reader.address)):
            self._note(token, "later", said)
            self._leave(domain, [reader, *domain.waiting], said)
        elif reply.is_never:
            self._note(token, "refused", said)
            self.report.refused.append((reader, said))
            domain.put_off = 0
        elif reply.is_yes:
            self._note(token, "sent", said)
            self.report.sent.append(reader)
            domain.put_off = 0
        else:
            self._note(token, "later", said)
            return self._put_off(domain, reader, said)
        return 0

    def _delivered(self, reader: Reader, token: str) -> Reply:
        """What the server says in the end to one letter; between its yes to the reader and the letter, the try is written down.

        Raises:
            LineBrokenError, BuildError: as the line; or the server takes no letters to other places from us.
        """
        if not self._line.is_open:
            self._line.connect()
        at = self._clock.today()
        data = message(self._letter, self._sender, reader.address, token, at)
        reply = self._enveloped(reader.address, token)
        if reply.is_never and _NOT_FOR_US.search(reply.words(reader.address)):
            raise BuildError("smtp-not-for-us", said=reply.without(reader.address))
        if not reply.is_yes:
            return reply
        self._note(token, "try")
        return self._line.letter(data)

    def _enveloped(self, to: str, token: str) -> Reply:
        """What the server says to sender and reader; it gets the sender's own address where it refuses one that names the letter.

        Raises:
            LineBrokenError, BuildError: as the line; or it lets this sender send nothing.
        """
        if not self.report.is_from_itself:
            try:
                return self._taken(self._line.envelope(self._sender.returning(self._letter.issue, token), to), to)
            except SenderRefusedError:
                pass
        try:
            reply = self._taken(self._line.envelope(self._sender.address, to), to)
        except SenderRefusedError as error:
            raise BuildError("smtp-sender", server=self._line.name, said=error.said) from error
        self.report.is_from_itself = True
        return reply

    def _taken(self, reply: Reply, to: str) -> Reply:
        if reply.is_never and _NOT_YOURS.search(reply.words(to)):
            raise SenderRefusedError(reply.without(to))
        return reply

    def _note(self, token: str, state: State, said: str = "") -> None:
        if state == "later" and token in self._doubtful:
            return  # that it was put off now does not tell what became of it before
        self._journal.note(token, state, self._clock.today().isoformat(), said)

    def _line_broken(self, domain: _Domain, reader: Reader, error: LineBrokenError) -> float:
        self._broken += 1
        token = self._journal.token(self._issue, reader.address)
        if error.taken:
            self.report.unknown.append((reader, error.said))
        else:
            if token in self._journal.fates:  # a try may stand there, and the server had not asked for the letter yet
                self._note(token, "later", error.said)
            domain.waiting.appendleft(reader)
        if self._broken >= _MOST_BROKEN:
            self.report.broken = error.said
            return 0
        self._clock.wait(self._pace.patience * 2 ** (self._broken - 1))
        return 0

    def _put_off(self, domain: _Domain, reader: Reader, said: str) -> float:
        self._tries[reader.key] += 1
        domain.put_off += 1
        if domain.put_off >= _MOST_PUT_OFF:
            self._leave(domain, [reader, *domain.waiting], said)
            return 0
        if self._tries[reader.key] < _MOST_TRIES:
            domain.waiting.append(reader)
        else:
            self.report.left.append((reader, said))
        return self._pace.patience * float(3 ** (domain.put_off - 1))

    def _leave(self, domain: _Domain, readers: list[Reader], said: str) -> None:
        self.report.left += [(reader, said) for reader in readers]
        domain.waiting.clear()
