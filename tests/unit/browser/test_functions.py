"""How long functions of the browser's code may be, as ruff has no eye for them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MOST_LINES = 60
BEGIN = re.compile(r"( *)(?! |(?:\} )?(?:if|for|while|switch|catch|else)\b).*(?:\)|=>) \{$")
# Without modules, one closure keeps its names out of the page.
EXEMPT = {"scoring_wasm/browser/form/classic.js"}


def functions(text: str) -> Iterator[tuple[int, int]]:
    """The first line of every function and the number of its lines; a function ends with a brace at its own indentation."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        if begin := BEGIN.match(line):
            end = next(at for at in range(start + 1, len(lines)) if lines[at].startswith(begin[1] + "}"))
            yield start + 1, end - start + 1


def test_no_function_is_longer_than_it_can_be_read() -> None:
    files = [*ROOT.glob("scoring_wasm/*/**/*.js"), *ROOT.glob("docs/assets/js/*.js")]
    found = {file.relative_to(ROOT).as_posix(): list(functions(file.read_text(encoding="utf-8"))) for file in files}
    assert sum(map(len, found.values())) > 300
    long = [f"{file}:{line}: {size} lines" for file, all_ in found.items() for line, size in all_ if size > MOST_LINES]
    assert [where for where in long if where.split(":")[0] not in EXEMPT] == []
    assert {where.split(":")[0] for where in long} == EXEMPT
