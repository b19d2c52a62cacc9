"""What is kept is kept for the code that made it: for all of it."""

from pathlib import Path

import pytest

import publicity
import scoring
from publicity.work.names import code_version


@pytest.mark.parametrize("package", [publicity, scoring])
def test_a_change_of_any_code_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: object
) -> None:
    (tmp_path / "module.py").write_text("1\n", encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [str(tmp_path)])
    before = code_version.__wrapped__()
    (tmp_path / "module.py").write_text("2\n", encoding="utf-8")
    assert code_version.__wrapped__() != before
