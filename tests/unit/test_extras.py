"""What only some commands need is installed by the first that needs it, and from its lock file alone."""

import subprocess
from pathlib import Path

import pytest

from publicity.problems import BuildError
from publicity.work import extras


def test_what_is_there_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("installed"))
    extras.need.cache_clear()
    extras.need("edit")
    extras.need("publish")
    extras.need("editions")
    extras.need("video")


def test_what_cannot_be_had_is_told_with_its_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    digest = "0" * 64
    lock = tmp_path / "requirements-nothing.txt"
    lock.write_text(f"no-such-package-of-ours==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    monkeypatch.setattr(extras, "GENERATOR", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(BuildError) as told:
        extras.need("nothing")
    assert told.value.problem.code == "packages-not-installed"
