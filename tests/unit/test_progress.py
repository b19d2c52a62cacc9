"""What is shown on a terminal while something takes long, and how to have it silent."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from conftest import PUBLICITY, ROOT


def _shown_on_a_terminal(*arguments: str) -> str:
    """What a command writes on stderr, which is a terminal."""
    ours, its = pty.openpty()
    with subprocess.Popen([str(PUBLICITY), *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=its) as running:
        os.close(its)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end is closed
            pass
        os.close(ours)
    assert running.returncode == 1
    return shown.decode()


@pytest.mark.parametrize("command", ["verify", "rollback"])
def test_quiet_shows_no_progress(tmp_path: Path, command: str) -> None:
    arguments = ("--language", "en", command, str(tmp_path), "--region", "jiangbei")
    loud, quiet = _shown_on_a_terminal(*arguments), _shown_on_a_terminal(*arguments, "--quiet")
    assert "Looking at what is there" in loud
    assert "\r \r" not in quiet
    assert "Looking at what is there" not in quiet
    assert quiet.strip() in loud
