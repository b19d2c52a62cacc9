"""Projects in repositories of their own."""

from pathlib import Path

from dulwich import porcelain

from conftest import copy_project

_CONTENT = ("content", "docs", "overrides", "scoring_wasm", "mkdocs.yml", "package.json", ".gitignore")


def versioned_project(folder: Path) -> Path:
    """A copy of this project, committed."""
    root = copy_project(folder)
    (root / ".gitignore").write_text("/build/\n/node_modules\n", encoding="utf-8")
    porcelain.init(str(root))
    porcelain.add(str(root), [str(root / name) for name in _CONTENT])
    porcelain.commit(str(root), b"Begin", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    return root
