"""The mark of a run that goes on: renewed while anything takes long, and believed by those whose clocks say another time."""

import datetime
import json
from pathlib import Path

import pytest

from publicity.dates import clock_time
from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError
from publicity.publish import busy
from publicity.publish.busy import Busy
from publicity.publish.rclone import Rclone

ASIDE = f".publicity-kept-{'0' * 16}"


@pytest.fixture(name="rclone")
def _rclone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rclone:
    for name in ("key", "hosts"):
        (tmp_path / name).touch()
    files = {"key_file": str(tmp_path / "key"), "known_hosts": str(tmp_path / "hosts")}
    server = {"host": "127.0.0.1", "port": 1, "user": "x", "path": "/x", **files}
    monkeypatch.setattr(busy, "WATCHED", 0)
    return Rclone(PublishTarget.model_validate({"name": "portal", "sftp": server}))


@pytest.fixture(name="marks")
def _marks(rclone: Rclone) -> Busy:
    return Busy("portal", rclone)


def _mark(hours: float, run: str = "theirs") -> bytes:
    """A mark that was made so long ago, by this machine's clock."""
    at = clock_time() - datetime.timedelta(hours=hours)
    return json.dumps({"run": run, "host": "other", "at": at.isoformat()}).encode()


def _refuses(marks: Busy, monkeypatch: pytest.MonkeyPatch, *said: bytes | None) -> bool:
    """Whether a run waits for another whose mark says one thing after the other, the last one from then on."""
    read = [*said]
    monkeypatch.setattr(Rclone, "read", lambda *_: read.pop(0) if len(read) > 1 else read[0])
    try:
        marks.refuse_others([ASIDE], "ours")
    except BuildError as error:
        return error.problem.code == "place-busy-elsewhere"
    else:
        return False


@pytest.mark.parametrize("hours", [-30, -2, 2, 30])
def test_whose_mark_is_renewed_is_at_it_whatever_its_clock_says(
    marks: Busy, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    assert not _refuses(marks, monkeypatch, _mark(hours, "ours"), _mark(hours, "ours"))
    silent = _mark(hours)
    assert not _refuses(marks, monkeypatch, silent)
    assert not _refuses(marks, monkeypatch, silent, _mark(hours))  # it was watched before
    assert _refuses(marks, monkeypatch, _mark(hours), _mark(hours - 0.02))


def test_a_mark_that_was_just_made_is_believed_at_once_and_a_broken_one_never(
    marks: Busy, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _refuses(marks, monkeypatch, _mark(0.1))
    assert not _refuses(marks, monkeypatch, b"{")
    assert not _refuses(marks, monkeypatch, _mark(2), None)  # it has ended


def test_a_mark_is_renewed_while_one_file_takes_long_and_not_once_it_goes(
    rclone: Rclone, marks: Busy, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(rclone: Rclone, path: str, _: bytes) -> None:
        written.append(path)
        rclone.alive()  # a beat that takes long gives no other

    monkeypatch.setattr(Rclone, "write", write)
    rclone.alive()
    assert not written
    marks.begin(ASIDE, "ours")
    rclone.alive()
    assert written == [f"{ASIDE}/busy"]
    monkeypatch.setattr(busy, "BEAT", -1)
    rclone.alive()
    assert written == [f"{ASIDE}/busy"] * 2
    marks.end()
    rclone.alive()
    assert len(written) == 2
