"""Documents and comments name no module that is not there."""

import re

from conftest import ROOT


def test_every_module_that_is_named_is_there() -> None:
    code = [path for name in ("scripts", "scoring_wasm", "tests") for path in (ROOT / name).rglob("*.py")]
    there = {"/".join(path.relative_to(ROOT).parts[-length:]) for path in code for length in range(1, 9)}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("adr/*.md"), *(ROOT / "docs").glob("manuals/*.md")]
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (*documents, *code)
        for name in re.findall(r"`([\w./-]+\.py)`", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert {(path, name) for path, name in named if name not in there} == set()
