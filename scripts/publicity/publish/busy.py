"""Who is at it on a server: a run leaves a mark there and renews it; others wait until it is gone, or was not renewed for long.

A run that was broken off is no hindrance to its own machine, nor to others after a while, once they have watched for a sign of life
themselves: no two clocks need agree.
"""

import contextlib
import datetime
import json
import math
import platform
import time
from collections.abc import Collection, Mapping

from publicity.dates import clock_time
from publicity.problems import BuildError
from publicity.publish.rclone import Rclone
from publicity.work.progress import Progress

NAME = "busy"
"""The file, in a folder of what is put aside, that says of which machine a run is, and when it last gave a sign of life."""
BEAT = 60
"""How often a run gives a sign of life, in seconds."""
WATCHED = 3 * BEAT
"""How long a mark that was not renewed is watched, in seconds: by a clock that is wrong, a run that goes on seems silent, too."""
_SILENCE = datetime.timedelta(minutes=30)
"""After how long without a sign a run seems to have been broken off."""
_LOOK_AGAIN = 5
_NOBODY = {"run": "-", "host": "-", "at": "1970-01-01T00:00:00+00:00"}

Mark = Mapping[str, str]
"""What a run says of itself: its name, its machine, and when it last gave a sign of life."""


class Busy:
    """The marks of all runs on a server, and that of our own."""

    def __init__(self, place: str, rclone: Rclone) -> None:
        """`place` is what people call the server."""
        self._place, self._rclone = place, rclone
        self._silent: list[Mark] = []
        """The marks of runs that were watched, and gave no sign."""
        self._run = "", ""
        """The folder with our mark, and what it says there."""
        self._beaten = 0.0
        rclone.alive = self._beat_again

    def runs(self, folders: Collection[str]) -> set[str]:
        """The names of the runs whose marks lie in these folders."""
        return {mark["run"] for mark in self._marks(folders).values()}

    def refuse_others(self, folders: Collection[str], own: str) -> None:
        """See that in the folders, in which marks lie, that of nobody else does.

        Raises:
            BuildError: a run of another machine is at it, as far as is known.
        """
        others = {name: mark for name, mark in self._marks(folders).items() if mark["run"] != own}
        for name, mark in others.items():
            if abs(clock_time() - _moment(mark)) < _SILENCE:
                raise self._error(name, mark)
        self._watch({name: mark for name, mark in others.items() if mark not in (_NOBODY, *self._silent)})
        self._silent = [*others.values()]

    def begin(self, folder: str, run: str) -> None:
        """Leave the mark of a run, which is renewed while rclone works."""
        self._run = folder, run
        self._beat()

    def end(self) -> None:
        """Renew it no more: the mark goes."""
        self._run = "", ""

    def _marks(self, folders: Collection[str]) -> dict[str, Mark]:
        return {name: _read(self._rclone.read(f"{name}/{NAME}")) for name in folders}

    def _watch(self, marks: Mapping[str, Mark]) -> None:
        """See that nobody renews the marks of runs that seem to have been broken off.

        Raises:
            BuildError: a run does, whose machine has another time.
        """
        progress, begun = Progress(), time.monotonic()
        while marks:
            for name, mark in marks.items():
                now = _read(self._rclone.read(f"{name}/{NAME}"))
                if now not in (mark, _NOBODY):
                    raise self._error(name, now)
            left = begun + WATCHED - time.monotonic()
            if left <= 0:
                break
            host = ", ".join({mark["host"] for mark in marks.values()})
            progress.at("progress-watch", host=host, seconds=round(left))
            time.sleep(min(left, _LOOK_AGAIN))
        progress.end()

    def _error(self, folder: str, mark: Mark) -> BuildError:
        last = _moment(mark)
        values = {"host": mark["host"], "at": _clock(last), "until": _clock(last + _SILENCE)}
        return BuildError("place-busy-elsewhere", place=self._place, file=f"{folder}/{NAME}", **values)

    def _beat(self) -> None:
        """Give a sign of life."""
        folder, run = self._run
        mark = {"run": run, "host": platform.node(), "at": clock_time().isoformat()}
        self._beaten = math.inf  # no other while this one is given
        try:
            self._rclone.write(f"{folder}/{NAME}", json.dumps(mark).encode())
        finally:
            self._beaten = time.monotonic()

    def _beat_again(self) -> None:
        """Give one where it is time to, and a run goes on."""
        if self._run[0] and time.monotonic() - self._beaten > BEAT:
            with contextlib.suppress(BuildError):
                self._beat()


def _read(data: bytes | None) -> Mark:
    """A mark; one of nobody where it is broken: a run was killed as it wrote, or has not written all of it."""
    try:
        read = json.loads(data or b"")
        mark = {name: str(read[name]) for name in ("run", "host", "at")}
        if datetime.datetime.fromisoformat(mark["at"]).tzinfo:
            return mark
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    return _NOBODY


def _moment(mark: Mark) -> datetime.datetime:
    return datetime.datetime.fromisoformat(mark["at"])


def _clock(moment: datetime.datetime) -> str:
    return moment.astimezone(clock_time().tzinfo).strftime("%H:%M")
