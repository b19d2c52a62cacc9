"""How far something long is: one line that is written over, on a terminal; nothing anywhere else."""

import sys
import time

from publicity.labels.sentences import outcome

_EVERY = 0.2


_quiet = False


def choose_quiet(chosen: bool) -> None:
    """Show no progress in this run (`--quiet`)."""
    global _quiet
    _quiet = chosen


class Progress:
    """A line on stderr; `quiet`: none even there."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shows = sys.stderr.isatty() and not quiet and not _quiet
        self._last = 0.0
        self._width = 0

    def step(self, name: str, **values: object) -> None:
        """Say what is done now: one of the `outcomes`."""
        self._last = 0.0
        self.at(name, **values)

    def at(self, name: str, **values: object) -> None:
        """Say how far it is, now and then."""
        now = time.monotonic()
        if self._shows and now - self._last >= _EVERY:
            self._last = now
            line = outcome(name, **values)
            # A Chinese character takes two columns: twice the length clears whatever stood there.
            sys.stderr.write(f"\r{' ' * self._width}\r{line}")
            sys.stderr.flush()
            self._width = 2 * len(line)

    def end(self) -> None:
        """Leave an empty line for what comes next."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0
