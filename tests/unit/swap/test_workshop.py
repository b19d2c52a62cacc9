"""The folder that a site is made in, beside other runs."""

import shutil
import tempfile
from pathlib import Path
from threading import Thread

import pytest

from publicity.swap import exchange
from publicity.swap.workshop import workshop

ENOUGH = 1.0
"""Seconds in which another run would be through, did it not wait."""


def test_another_run_leaves_a_folder_alone_that_has_just_been_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, others = tempfile.mkdtemp, []

    def other() -> None:
        with workshop(tmp_path, tmp_path / "other"):
            pass

    def make_and_let_another_in(prefix: str, dir: Path) -> str:  # noqa: A002 - as in tempfile
        made = make(prefix=prefix, dir=dir)
        monkeypatch.setattr(tempfile, "mkdtemp", make)
        others.append(Thread(target=other))
        others[0].start()
        others[0].join(ENOUGH)
        return made

    monkeypatch.setattr(tempfile, "mkdtemp", make_and_let_another_in)
    with workshop(tmp_path, tmp_path / "site") as folder:
        assert folder.is_dir()
        others[0].join()
        assert folder.is_dir()
    assert [path.name for path in tmp_path.glob("making-*")] == []


def test_a_run_puts_back_what_a_killed_one_took_from_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    site, killed = tmp_path / "site", tmp_path / "making-killed"
    for folder, name in ((site, "old"), (killed / "site", "fresh")):
        folder.mkdir(parents=True)
        (folder / name).touch()
    exchange.put_in_place(killed / "site", site, killed)
    shutil.rmtree(site)  # as after the first of the two moves
    with workshop(tmp_path, tmp_path / "other"):
        pass
    assert [path.name for path in site.iterdir()] == ["old"]
    assert not killed.exists()
