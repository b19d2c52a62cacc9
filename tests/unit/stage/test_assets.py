"""The scripts as the site sends them: smaller, and the same."""

from conftest import ROOT
from publicity.stage.files.assets import scripts

FOLDER = ROOT / "docs" / "assets" / "js"


def test_scripts_lose_comments_and_indents_and_nothing_else() -> None:
    for path, sent in scripts(FOLDER).items():
        written = (FOLDER / path).read_text(encoding="utf-8").splitlines()
        told = [line.strip() for line in sent.splitlines()]
        assert [line for line in told if line not in {text.strip() for text in written}] == []
        assert not any(line.startswith((" ", "\t", "/**")) for line in sent.splitlines()), path


def test_no_text_in_a_script_goes_over_lines() -> None:
    """It would lose its indents."""
    for file in FOLDER.rglob("*.js"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{file}:{number}"
