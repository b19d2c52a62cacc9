"""What is said before anything is installed: in both languages, and to Pythons that are too old as well."""

import ast
import re
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.append(str(SCRIPTS))
import bootstrap  # noqa: E402
import setup_words  # noqa: E402


@pytest.mark.parametrize("part", ["STEPS", "ERRORS", "THINGS"])
def test_every_sentence_is_there_in_both_languages(part: str) -> None:
    for chinese, english in getattr(setup_words, part).values():
        assert re.search("[一-鿿]", chinese)
        assert not re.search("[一-鿿]", english)
        holes = [{hole.replace("_zh", "_en") for hole in re.findall(r"{(\w+)}", text)} for text in (chinese, english)]
        assert holes[0] == holes[1]


def test_every_name_is_used_and_known() -> None:
    text = (SCRIPTS / "bootstrap.py").read_text(encoding="utf-8")
    for words, pattern in (
        (setup_words.STEPS, r'_step\("([\w-]+)"'),
        (setup_words.ERRORS, r'setup_words\.error\("([\w-]+)"'),
        (setup_words.THINGS, r'setup_words\.thing\("([\w-]+)"'),
    ):
        assert set(re.findall(pattern, text)) == set(words)


@pytest.mark.parametrize("name", setup_words.STEPS)
def test_every_step_can_be_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    holes = re.findall(r"{(\w+)}", setup_words.STEPS[name][0])
    bootstrap._step(name, **{hole: f"<{hole}>" for hole in holes})  # noqa: SLF001
    said = capsys.readouterr().out
    assert all(said.count(f"<{hole}>") == 2 for hole in holes), said


def test_a_missing_program_and_a_failure_are_told_chinese_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(bootstrap.SetupError) as missing:
        bootstrap._run(["no-such-program"], setup_words.thing("npm"))  # noqa: SLF001
    chinese, english = str(missing.value).splitlines()
    assert chinese.startswith("没有找到程序 no-such-program，安装 package-lock.json 所列的 npm 软件包要用它；")
    assert english.startswith("no-such-program was not found; it is needed for the packages of package-lock.json")
    with pytest.raises(bootstrap.SetupError) as failed:
        bootstrap._run(  # noqa: SLF001
            [sys.executable, "-c", "raise SystemExit('no network')"], setup_words.thing("packages", lock="x.txt")
        )
    assert [line.partition(" x.txt")[0] for line in str(failed.value).splitlines()] == [
        "未能安装", "Could not get the packages of", "no network",
    ]  # fmt: skip


def test_a_python_that_is_too_old_can_read_the_launcher() -> None:
    text = (SCRIPTS / "launch.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 4))
    assert text.startswith("# -*- coding: utf-8 -*-\n")  # Python 2 reads no Chinese without it


def test_an_environment_that_was_moved_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its programs name the folder that it was made in, be that gone or an older copy."""
    ran: list[str] = []
    here, elsewhere = tmp_path / "here" / ".venv", tmp_path / "there" / ".venv"
    monkeypatch.setattr(bootstrap, "_run", lambda command, *_: ran.append(command[2]))
    for venv, made in ((here, here), (here, elsewhere), (here, None)):
        monkeypatch.setattr(bootstrap, "VENV", venv)
        monkeypatch.setattr(bootstrap, "BIN", venv / "bin")
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin/python").touch()
        bootstrap._virtual_environment("requirements.txt")  # noqa: SLF001
        command = f"command = /usr/bin/python3 -m venv --clear {made}\n" if made else ""
        (venv / "pyvenv.cfg").write_text(f"home = /usr/bin\n{command}", encoding="utf-8")
        ran.clear()
        bootstrap._virtual_environment("requirements.txt")  # noqa: SLF001
        assert (ran[:1] == ["venv"]) == (made == elsewhere)
