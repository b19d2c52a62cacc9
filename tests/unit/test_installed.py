"""Building and previewing need no more than `requirements.txt` names: what only another command needs is installed by that command."""

import re
import subprocess
import sys

from conftest import ROOT

_LOADED = (
    "publicity.cli publicity.commands.building publicity.build publicity.edit.page.pages publicity.render.preview.serve"
)
_SCRIPT = """
import importlib, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
for name in {loaded}:
    importlib.import_module(name)
"""


def _pinned(file: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_a_preview_needs_nothing_of_the_editing_page() -> None:
    missing = {re.split(r"[.-]", name)[0] for name in _pinned("requirements-edit.txt") - _pinned("requirements.txt")}
    assert {"ruamel", "dulwich", "starlette"} <= missing
    script = _SCRIPT.format(missing=missing, loaded=_LOADED.split())
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
