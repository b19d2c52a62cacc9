"""The scripts as the site sends them: smaller, and the same."""

from conftest import ROOT
from publicity.stage.files.assets import scripts

FOLDER = ROOT / "docs" / "assets" / "js"


def test_scripts_lose_comments_and_indents_and_nothing_else() -> None:
    for path, sent in scripts(FOLDER).items():
        written = (FOLDER / path).read_text(encoding="utf-8").splitlines()
        told = [line.strip() for line in sent.splitlines()]
        whole = {text.strip() for text in written} | {text.split(" // ")[0].strip() for text in written}
        assert [line for line in told if line not in whole] == []
        assert not any(line.startswith((" ", "\t", "/**")) or "; //" in line for line in sent.splitlines()), path


def test_no_text_in_a_script_goes_over_lines() -> None:
    """It would lose its indents."""
    for file in FOLDER.rglob("*.js"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{file}:{number}"


def test_no_text_in_a_script_looks_like_a_comment() -> None:
    """It would be cut off there."""
    for file in FOLDER.rglob("*.js"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            before, strokes, _ = line.partition(" // ")
            assert not strokes or not any(before.count(quote) % 2 for quote in "\"'`"), f"{file}:{number}"
