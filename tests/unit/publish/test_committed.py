"""The tree of a commit: one that is not there, or holds no project, is told."""

import shutil
from pathlib import Path

import pytest
from dulwich import porcelain

from helpers.repositories import crafted
from publicity.problems import UsageError
from publicity.project import Project
from publicity.publish.committed import Tree, build, committed_tree
from publicity.work import extras


@pytest.mark.parametrize("commit", ["HEAD", "nowhere", "0123456789abcdef"])
def test_a_commit_without_a_project_is_told(tmp_path: Path, commit: str) -> None:
    with porcelain.init(tmp_path) as repository:
        (tmp_path / "a.txt").write_text("a", encoding="utf-8")
        porcelain.add(repository, [tmp_path / "a.txt"])
        porcelain.commit(repository, b"a", author=b"A <a@example.com>", committer=b"A <a@example.com>")
    with pytest.raises(UsageError) as told, committed_tree(Project(tmp_path), "mini", commit):
        pass
    assert told.value.problem.code == "unknown-commit"


@pytest.mark.parametrize("name", [b"../../../evil.txt", b"docs/.git/config", b"docs/..\\evil.txt"])
def test_a_commit_whose_names_lead_out_of_the_project_is_refused(tmp_path: Path, name: bytes) -> None:
    root = _project(tmp_path / "project")
    commit = crafted(root, "evil", {name: b"hostile"})
    with pytest.raises(UsageError) as told, committed_tree(Project(root), "mini", commit):
        pass
    assert told.value.problem.code == "unsafe-name"
    assert not any(path.is_file() and path.read_bytes() == b"hostile" for path in tmp_path.rglob("*"))


def test_a_file_that_is_kept_outside_git_is_told(tmp_path: Path) -> None:
    root = _project(tmp_path / "project")
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
    commit = crafted(root, "lfs", {b"content/mini/a.png": pointer})
    with pytest.raises(UsageError) as told, committed_tree(Project(root), "mini", commit):
        pass
    assert told.value.problem.code == "lfs-pointer"


def _project(root: Path) -> Path:
    root.mkdir()
    with porcelain.init(root) as repository:
        (root / "mkdocs.yml").write_text("a", encoding="utf-8")
        porcelain.add(repository, [root / "mkdocs.yml"])
        porcelain.commit(repository, b"a", author=b"A <a@example.com>", committer=b"A <a@example.com>")
    return root


def test_packages_that_were_not_renewed_with_the_project_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _project(tmp_path / "project")
    (root / "scripts/publicity").mkdir(parents=True)
    (root / "scripts/publicity/cli.py").touch()
    monkeypatch.setattr(extras, "is_installed", lambda lock: lock.name != "requirements.txt")
    with pytest.raises(UsageError) as told:
        build(Tree(Project(root), "0" * 40, ()), "mini", "2026-11-26", "https://www.example.gov.cn/")
    assert told.value.problem.code == "packages-outdated"


def test_what_builds_share_is_that_of_a_project_that_was_copied(tmp_path: Path) -> None:
    root = _project(tmp_path / "project")
    with committed_tree(Project(root), "mini"):
        pass
    copied = Path(shutil.copytree(root, tmp_path / "copied", symlinks=True))
    with committed_tree(Project(copied), "mini") as tree:
        assert (tree.project.build / "engine").resolve() == copied / "build/engine"
