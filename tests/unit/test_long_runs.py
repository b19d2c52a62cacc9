"""What waits for the long run (`./scripts/test --soak`) is in it: a test that no command runs would hold nothing."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))
import check_all  # noqa: E402

VARIABLE = "PUBLICITY_KILLS"
_, WANTED = check_all.SOAK[-2:]


def waiting() -> list[tuple[str, str]]:
    """Files that ask for the long run, and each of their tests that is skipped without it."""
    found = []
    for file in sorted((ROOT / "tests").glob("*/**/test_*.py")):
        text = file.read_text(encoding="utf-8")
        if VARIABLE not in text or file == Path(__file__):
            continue
        name = file.relative_to(ROOT).as_posix()
        found.append((name, ""))
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and VARIABLE in "".join(map(ast.unparse, node.decorator_list)):
                found.append((name, node.name))
    return found


def test_the_long_run_has_all_that_waits_for_it() -> None:
    folders = tuple(check_all.SOAK[:-2])
    assert [name for name, _ in waiting() if not name.startswith(folders)] == []
    skipped = [test for name, test in waiting() if test and WANTED not in f"{name} {test}"]
    assert skipped == []
    assert any(test for _, test in waiting())
