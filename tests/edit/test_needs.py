"""What only the editing page needs is installed by the first `edit`, however it is called."""

import subprocess
from pathlib import Path

import pytest

from publicity import needs
from publicity.problems import UsageError


def test_what_is_there_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("installed"))
    needs.install("edit", "dulwich", "ruamel.yaml")


def test_what_is_not_there_is_asked_of_the_set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    (tmp_path / "bootstrap.py").write_text(
        f"import pathlib, sys; pathlib.Path({str(asked)!r}).write_text(sys.argv[1])\n"
    )
    monkeypatch.setattr(needs, "_SET_UP", tmp_path / "bootstrap.py")
    with pytest.raises(UsageError, match="not-installed"):
        needs.install("edit", "no_such_module", "no_such.module")
    assert asked.read_text() == "edit"
