"""The mark of a run that goes on: renewed while anything takes long, and believed by those whose clocks say another time."""

import datetime
import json
from pathlib import Path

import pytest

from publicity.dates import clock_time
from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError
from publicity.publish import remote
from publicity.publish.rclone import Rclone
from publicity.publish.remote import RemotePlace

ASIDE = f".publicity-kept-{'0' * 16}"


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RemotePlace:
    for name in ("key", "hosts"):
        (tmp_path / name).touch()
    files = {"key_file": str(tmp_path / "key"), "known_hosts": str(tmp_path / "hosts")}
    server = {"host": "127.0.0.1", "port": 1, "user": "x", "path": "/x", **files}
    monkeypatch.setattr(remote, "_WATCHED", 0)
    return RemotePlace(PublishTarget.model_validate({"name": "portal", "sftp": server}), tmp_path / "sent")


def _mark(hours: float, run: str = "theirs") -> bytes:
    """A mark that was made so long ago, by this machine's clock."""
    at = clock_time() - datetime.timedelta(hours=hours)
    return json.dumps({"run": run, "host": "other", "at": at.isoformat()}).encode()


def _refuses(place: RemotePlace, monkeypatch: pytest.MonkeyPatch, *marks: bytes | None) -> bool:
    """Whether a run waits for another whose mark says one thing after the other, the last one from then on."""
    read = [*marks]
    monkeypatch.setattr(Rclone, "read", lambda *_: read.pop(0) if len(read) > 1 else read[0])
    one = remote._Aside(ASIDE, {"busy"})  # noqa: SLF001
    monkeypatch.setattr(place, "_aside", {ASIDE: one})
    try:
        place._refuse_busy("ours")  # noqa: SLF001
    except BuildError as error:
        return error.problem.code == "place-busy-elsewhere"
    else:
        return False


@pytest.mark.parametrize("hours", [-30, -2, 2, 30])
def test_whose_mark_is_renewed_is_at_it_whatever_its_clock_says(
    place: RemotePlace, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    assert not _refuses(place, monkeypatch, _mark(hours, "ours"), _mark(hours, "ours"))
    silent = _mark(hours)
    assert not _refuses(place, monkeypatch, silent)
    assert not _refuses(place, monkeypatch, silent, _mark(hours))  # it was watched before
    assert _refuses(place, monkeypatch, _mark(hours), _mark(hours - 0.02))


def test_a_mark_that_was_just_made_is_believed_at_once_and_a_broken_one_never(
    place: RemotePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _refuses(place, monkeypatch, _mark(0.1))
    assert not _refuses(place, monkeypatch, b"{")
    assert not _refuses(place, monkeypatch, _mark(2), None)  # it has ended


def test_a_mark_is_renewed_while_one_file_takes_long_and_not_once_it_goes(
    place: RemotePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(rclone: Rclone, path: str, _: bytes) -> None:
        written.append(path)
        rclone.alive()  # a beat that takes long gives no other

    monkeypatch.setattr(Rclone, "write", write)
    rclone = place._rclone  # noqa: SLF001
    rclone.alive()
    assert not written
    place._run = ASIDE, "ours"  # noqa: SLF001
    monkeypatch.setattr(remote, "_BEAT", -1)
    rclone.alive()
    assert written == [f"{ASIDE}/busy"]
    place._end_beats()  # noqa: SLF001
    rclone.alive()
    assert written == [f"{ASIDE}/busy"]
