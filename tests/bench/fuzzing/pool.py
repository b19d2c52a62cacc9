"""Cases spread over processes that may hang or die: each is watched, and ended and started anew where it must be."""

import contextlib
import faulthandler
import multiprocessing
import os
import re
import signal
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .target import CRASHED, HARMFUL, HUNG, OUTCOMES, Finding, Target

PATIENCE = 20
"""Seconds for one case."""
_START = 120
"""Seconds for the start of a process, and for its end, on a busy machine."""
_ROUND = 20_000
"""Cases of one process: what they leave in its memory goes with it."""
_MEMORY = 4 << 30
"""Bytes that one process may take; more is a crash."""
_TICK = 0.2
_STARTING, _WORKING, _DONE = range(3)
_context = multiprocessing.get_context("spawn")


@dataclass
class Tally:
    """What came of a run, by kind of case; seconds are those of one process."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    signs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def cases(self) -> int:
        """How many there were."""
        return sum(counts.total() for counts in self.counts.values())

    @property
    def is_sound(self) -> bool:
        """Whether nothing crashed, hung, or was accepted that may not be."""
        return not self.signs


class _Board:
    """What a process writes for the others to see while it works, and even if it dies: where it is, and its counts."""

    def __init__(self, kinds: tuple[str, ...], first: int) -> None:
        self.kinds = kinds
        self.number = _context.RawValue("q", first)
        self.state = _context.RawValue("q", _STARTING)
        self.counts = _context.RawArray("q", len(kinds) * len(OUTCOMES))
        self.times = _context.RawArray("d", len(kinds) * 2)

    def count(self, kind: str, outcome: str, seconds: float) -> None:
        place = self.kinds.index(kind)
        self.counts[place * len(OUTCOMES) + OUTCOMES.index(outcome)] += 1
        self.times[2 * place] += seconds
        self.times[2 * place + 1] = max(self.times[2 * place + 1], seconds)

    def add_to(self, tally: Tally) -> None:
        for place, kind in enumerate(self.kinds):
            for offset, outcome in enumerate(OUTCOMES):
                tally.counts[kind][outcome] += self.counts[place * len(OUTCOMES) + offset]
            tally.seconds[kind] += self.times[2 * place]
            tally.slowest[kind] = max(tally.slowest.get(kind, 0), self.times[2 * place + 1])


class Pool:
    """Runs the cases 0 to `count` of a target on some processes, and says what came of them."""

    def __init__(
        self, target: type[Target], seed: int, count: int, folder: Path, *, processes: int, patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        self._signs: Counter[tuple[str, str]] = Counter()
        self._workers = []
        for number in range(min(processes, count)):
            place = folder / str(number)
            place.mkdir(parents=True)
            board = _Board(target.kinds, number)
            self._workers.append(_Worker(_Share(target, seed, count, processes, place), board))

    def tally(self) -> Tally:
        """What came of the cases so far."""
        tally = Tally(signs=Counter(self._signs))
        for worker in self._workers:
            worker.board.add_to(tally)
        return tally

    def run(self) -> Iterator[list[Finding]]:
        """Run all; yields, many times a second, what was found since: of each sign the first few of each process.

        Raises:
            RuntimeError: a process dies before its first case.
        """
        try:
            for worker in self._workers:
                worker.start()
            while any(worker.process for worker in self._workers):
                wait([worker.pipe for worker in self._workers if worker.process], _TICK)
                yield [found for worker in self._workers if worker.process for found in self._look(worker)]
        finally:
            for worker in self._workers:
                worker.end()

    def _look(self, worker: "_Worker") -> Iterator[Finding]:
        for outcome, sign, finding in worker.look(self._patience):
            self._signs[outcome, sign] += 1
            if finding:
                yield finding


_Message = tuple[str, str, Finding | None]
_FEW = 3
"""Findings of one sign that a process sends on."""


@dataclass(frozen=True)
class _Share:
    """What a process works on: every case that is `step` further, in a folder of its own."""

    target: type[Target]
    seed: int
    count: int
    step: int
    folder: Path

    @property
    def log(self) -> Path:
        """Where a process that hangs or dies says where it is."""
        return self.folder / "stack"

    def made(self, name: str) -> Target:
        """The target, in a new folder."""
        (self.folder / name).mkdir()
        return self.target(self.folder / name)


class _Worker:
    """One process after another for the same share; `process` is None when all is done."""

    def __init__(self, share: _Share, board: _Board) -> None:
        self.board = board
        self.process: Any = None
        self.pipe: Connection
        self._share = share

    def start(self) -> None:
        self.board.state.value = _STARTING
        self.pipe, theirs = _context.Pipe(duplex=False)
        self.process = _context.Process(target=_work, args=(self._share, self.board, theirs))
        self.process.start()
        theirs.close()
        self._seen, self._since = (_STARTING, self.board.number.value), time.monotonic()

    def end(self) -> None:
        if self.process:
            self.process.kill()
            self.process.join()
            self.pipe.close()
            self.process = None

    def look(self, patience: float) -> Iterator[_Message]:
        """What the process has sent; where it hangs or has ended, the next one is started."""
        has_ended = not self.process.is_alive()
        yield from self._received()
        if not has_ended and not self._is_stuck(patience):
            return
        outcome = CRASHED if has_ended else HUNG
        code = self.process.exitcode if has_ended else None
        if outcome == HUNG and hasattr(signal, "SIGUSR1"):
            os.kill(self.process.pid, signal.SIGUSR1)  # it says where it is
            self.process.join(2)
        self.end()
        if code != 0:
            if self.board.state.value == _STARTING:
                raise RuntimeError(f"a process of the pool does not start (exit status {code})")
            yield self._lost_case(outcome, code)
        if self.board.number.value < self._share.count:
            self.start()

    def _received(self) -> Iterator[_Message]:
        with contextlib.suppress(EOFError, OSError):
            while self.pipe.poll():
                yield self.pipe.recv()

    def _is_stuck(self, patience: float) -> bool:
        seen = self.board.state.value, self.board.number.value
        if seen != self._seen:
            self._seen, self._since = seen, time.monotonic()
        limit = patience if seen[0] == _WORKING else _START
        return time.monotonic() - self._since > limit

    def _lost_case(self, outcome: str, code: int | None) -> _Message:
        """The case at which a process hung or died; the next one goes on behind it."""
        number, share = self.board.number.value, self._share
        self.board.number.value = number + share.step
        stack = share.log.read_text(encoding="utf-8", errors="replace") if share.log.exists() else ""
        case = share.made(f"again-{number}").case(share.seed, number)
        self.board.count(case.kind, outcome, 0)
        sign = " ".join(filter(None, ("" if code is None else f"exit status {code}", _sign_of_stack(stack))))
        return outcome, sign, Finding(outcome, sign, stack, share.seed, number, case)


def _work(share: _Share, board: _Board, pipe: Connection) -> None:
    """What a process does: its cases, from where the board says on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    log = share.log.open("w", encoding="utf-8")
    faulthandler.enable(log)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, log)
    target = share.made(f"{os.getpid()}")
    sent: Counter[str] = Counter()
    first = board.number.value
    board.state.value = _WORKING
    parent = os.getppid()
    for number in range(first, min(share.count, first + _ROUND * share.step), share.step):
        if os.getppid() != parent:  # the run was killed
            return
        board.number.value = number
        case = target.case(share.seed, number)
        start = time.perf_counter()
        outcome, sign, detail = _outcome(target, case)
        board.count(case.kind, outcome, time.perf_counter() - start)
        if sign:
            sent[sign] += 1
            finding = Finding(outcome, sign, detail, share.seed, number, case)
            pipe.send((outcome, sign, finding if sent[sign] <= _FEW else None))
    board.number.value = number + share.step
    board.state.value = _DONE


def _outcome(target: Target, case: Any) -> tuple[str, str, str]:
    try:
        outcome, harm = target.run(case)
    except BaseException as error:  # noqa: BLE001 - what panics in Rust is no Exception
        return CRASHED, _sign_of(error), "".join(traceback.format_exception(error))[-5000:]
    return outcome, harm.partition(";")[0] if outcome == HARMFUL else "", harm


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_OWN = frozenset({"publicity", "scoring"})


def _sign_of(error: BaseException) -> str:
    frames = [(frame.filename, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} in {_place(frames[::-1])}"


def _sign_of_stack(stack: str) -> str:
    """The place in what `faulthandler` writes, innermost first."""
    frames = re.findall(r'File "([^"]+)", line \d+ in (\S+)', stack)
    return f"in {_place(frames)}" if frames else ""


def _place(frames: list[tuple[str, str]]) -> str:
    """The innermost function of ours, and the innermost of all; frames are innermost first."""
    names = [(f"{Path(file).parent.name}/{Path(file).name}:{function}", Path(file)) for file, function in frames]
    own = next((name for name, file in names if _OWN & {part.name for part in file.parents}), "")
    return " < ".join(dict.fromkeys(filter(None, (names[0][0] if names else "", own))))
