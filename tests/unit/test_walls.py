"""What import contracts cannot say: the core needs nothing but Python itself."""

import ast
import sys

import pytest

from conftest import ROOT

CORE = sorted((ROOT / "scoring_wasm" / "scoring").rglob("*.py"))


@pytest.mark.parametrize("module", CORE, ids=lambda path: path.stem)
def test_the_core_imports_the_standard_library_only(module) -> None:
    imported = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(str(node.module).partition(".")[0])
    assert imported - {"scoring"} <= sys.stdlib_module_names
