"""A project in a repository of its own."""

from pathlib import Path

import pytest
from dulwich import porcelain

from conftest import copy_project
from publicity.edit.drafts import Drafts
from publicity.edit.repository import Repository
from publicity.project import Project


def commit_all(root: Path, message: str = "Begin") -> None:
    """Commit a folder as git would."""
    porcelain.add(
        str(root),
        [str(root / name) for name in ("content", "docs", "overrides", "scoring_wasm", "mkdocs.yml", "package.json")],
    )
    porcelain.commit(str(root), message.encode(), author=b"A <a@localhost>", committer=b"A <a@localhost>")


@pytest.fixture
def versioned(tmp_path: Path) -> Path:
    """A copy of this project, committed."""
    root = copy_project(tmp_path)
    porcelain.init(str(root))
    (root / ".gitignore").write_text("/build/\n/node_modules\n", encoding="utf-8")
    commit_all(root)
    return root


@pytest.fixture
def drafts(versioned: Path) -> Drafts:
    """The drafts of 江北区 in it."""
    return Drafts(Project(versioned), Repository(versioned), "jiangbei")
