"""Every problem of the catalogue is raised by a test: those of the content by a golden case, the others by any test.

Those of the core have a test of their own in `test_problem_words.py`.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from scoring.problems import CODES
from unit.test_problem_words import PROBLEMS

PACKAGES = [ROOT / "scripts" / "publicity" / name for name in ("check", "markup", "models", "read")]
"""What says that content is wrong: reading, the models and the checks."""
NOT_BY_CONTENT = {
    "archive-bomb": "its file is made by the test",
    "bad-field": "pydantic's own words, for a kind of fault that no model has yet",
    "no-content-there": "an argument of the command",
    "no-path-or-region": "an argument of the command",
    "no-region": "an argument of the command",
    "region-not-committed": "an argument of the command",
}
LONG_ENOUGH = {"zh": 6, "en": 12}
"""Letters of a sentence by which it is known."""


def constants(source: str) -> Iterator[str]:
    """The texts of a module, but for its docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) is str and id(node) not in docstrings:
            yield node.value


OF_CONTENT = sorted(
    {
        text
        for package in PACKAGES
        for file in package.rglob("*.py")
        for text in constants(file.read_text(encoding="utf-8"))
        if text in PROBLEMS
    }
    - CODES
    - {"system"}  # a kind of template
)


@cache
def cases() -> list[dict[str, Any]]:
    files = sorted((ROOT / "tests/golden/cases").glob("*.yml"))
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]


@cache
def golden_codes() -> frozenset[str]:
    mistakes = yaml.safe_load((ROOT / "tests/golden/mistakes/mistakes.yml").read_text(encoding="utf-8"))
    told = (case.get("problems", []) for case in cases())
    return frozenset(problem["code"] for problems in (*told, mistakes) for problem in problems)


@cache
def texts_of_tests() -> tuple[frozenset[str], str]:
    """The texts that tests hold, and all of them as one in which patterns are plain."""
    files = [file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__)]
    texts = {text for file in files for text in constants(file.read_text(encoding="utf-8"))}
    texts |= {file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "golden" / "word").glob("*.txt")}
    return frozenset(texts), "\n".join(texts).replace("\\", "")


def pieces(code: str, language: str) -> set[str]:
    """Every few letters of a problem's words that stand together, whatever its holes are filled with."""
    size = LONG_ENOUGH[language]
    fixed = [text for part in PROBLEMS[code].values() for text in re.split(r"\{\w*\}", part[language])]
    return {text[at : at + size] for text in fixed for at in range(len(text) - size + 1)}


@cache
def pieces_of_many() -> frozenset[str]:
    """Those by which no problem is known from another."""
    counts = Counter(piece for code in PROBLEMS for language in LONG_ENOUGH for piece in pieces(code, language))
    return frozenset(piece for piece, count in counts.items() if count > 1)


def is_quoted(code: str, text: str) -> bool:
    """Whether words that only this problem has are expected."""
    own = {piece for language in LONG_ENOUGH for piece in pieces(code, language)} - pieces_of_many()
    return any(piece in text for piece in own)


def test_the_lists_hold_problems_of_the_catalogue() -> None:
    assert set(NOT_BY_CONTENT) <= set(OF_CONTENT)
    assert golden_codes() <= set(PROBLEMS)


@pytest.mark.parametrize("code", [code for code in OF_CONTENT if code not in NOT_BY_CONTENT])
def test_every_problem_of_content_is_raised_by_a_golden_case(code: str) -> None:
    notes = "\n".join(note for case in cases() for note in case.get("notes", []))
    assert code in golden_codes() or is_quoted(code, notes)


@pytest.mark.parametrize("code", sorted({*PROBLEMS} - {*OF_CONTENT} - CODES | {*NOT_BY_CONTENT}))
def test_every_other_problem_is_raised_by_a_test(code: str) -> None:
    """A test names its code, or quotes its sentence."""
    texts, text = texts_of_tests()
    assert code in texts or is_quoted(code, text)
