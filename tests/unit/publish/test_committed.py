"""The tree of a commit: one that is not there, or holds no project, is told."""

from pathlib import Path

import pytest
from dulwich import porcelain

from publicity.problems import UsageError
from publicity.project import Project
from publicity.publish.committed import committed_tree


@pytest.mark.parametrize("commit", ["HEAD", "nowhere", "0123456789abcdef"])
def test_a_commit_without_a_project_is_told(tmp_path: Path, commit: str) -> None:
    with porcelain.init(tmp_path) as repository:
        (tmp_path / "a.txt").write_text("a", encoding="utf-8")
        porcelain.add(repository, [tmp_path / "a.txt"])
        porcelain.commit(repository, b"a", author=b"A <a@example.com>", committer=b"A <a@example.com>")
    with pytest.raises(UsageError) as told, committed_tree(Project(tmp_path), "mini", commit):
        pass
    assert told.value.problem.code == "unknown-commit"
