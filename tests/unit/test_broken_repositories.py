"""Repositories that lack objects, or hold broken ones, as shallow and partial clones do and disks that lost their power: told, not left out."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from dulwich import porcelain
from dulwich.objects import Commit
from dulwich.repo import Repo

from publicity.edit.git.repository import Repository
from publicity.problems import UsageError
from publicity.project import Project
from publicity.publish.committed import committed_tree

AUTHOR = b"A <a@example.com>"
PAGE = "content/mini/policies/plan.md"


@dataclass
class Versions:
    """A project of two commits."""

    root: Path
    first: str
    second: str

    def file_of(self, sha: bytes) -> Path:
        return self.root / ".git/objects" / sha[:2].decode() / sha[2:].decode()

    def objects(self) -> dict[str, Path]:
        """Where the objects lie that a publication reads, by what they are."""
        with Repo(str(self.root)) as repository:
            store = repository.object_store
            commit = repository[repository.head()]
            assert isinstance(commit, Commit)
            found = {"commit": repository.head(), "tree": commit.tree, "before": commit.parents[0]}
            for part in PAGE.encode().split(b"/"):
                mode, sha = store[found.get("inner", commit.tree)][part]
                found["blob" if stat.S_ISREG(mode) else "inner"] = sha
        return {name: self.file_of(sha) for name, sha in found.items()}

    def lay_out(self, commit: str = "HEAD") -> list[str]:
        """The pages of a commit as they are published."""
        with committed_tree(Project(self.root), "mini", commit) as tree:
            return [page.name for page in (tree.project.root / "content").rglob("*.md")]

    def edit(self) -> list[bytes | None]:
        """What the editing page reads of an entry."""
        repository = Repository(self.root)
        try:
            head = repository.head(repository.main) or ""
            repository.message(head)
            versions = [version.commit for version in repository.versions(head, PAGE)]
            repository.common(head, versions[-1])
            return [repository.read(commit, PAGE) for commit in versions]
        finally:
            repository.close()


@pytest.fixture(name="versions")
def _versions(tmp_path: Path) -> Iterator[Versions]:
    root = tmp_path / "project"
    (root / PAGE).parent.mkdir(parents=True)
    (root / "mkdocs.yml").write_text("a", encoding="utf-8")
    commits = []
    with porcelain.init(root) as repository:
        for text in ("one", "two"):
            (root / PAGE).write_text(text * 50, encoding="utf-8")
            porcelain.add(repository, [root / "mkdocs.yml", root / PAGE])
            commits.append(porcelain.commit(repository, text.encode(), author=AUTHOR, committer=AUTHOR).decode())
    return Versions(root, *commits)


def _code(act: Callable[[], object]) -> str:
    with pytest.raises(UsageError) as told:
        act()
    return told.value.problem.code


def _damage(file: Path, how: str) -> None:
    data = file.read_bytes()
    file.chmod(0o644)
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "zeros": bytes(len(data)), "cut": data[: len(data) // 2]}[how])


@pytest.mark.parametrize("how", ["gone", "empty", "zeros", "cut"])
@pytest.mark.parametrize("which", ["commit", "tree", "inner", "blob"])
def test_an_object_that_is_missing_or_broken_is_told(versions: Versions, which: str, how: str) -> None:
    assert versions.lay_out() == ["plan.md"]
    assert versions.edit() == [b"two" * 50, b"one" * 50]
    _damage(versions.objects()[which], how)
    assert _code(versions.lay_out) == "git-objects"
    assert _code(versions.edit) == "git-objects"


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_version_that_is_missing_is_told_where_it_is_asked_for(versions: Versions, how: str) -> None:
    _damage(versions.objects()["before"], how)
    assert versions.lay_out() == ["plan.md"]
    assert _code(versions.edit) == "git-objects"


def test_a_commit_before_those_of_a_shallow_clone_is_told(versions: Versions) -> None:
    (versions.root / ".git/shallow").write_text(f"{versions.second}\n", encoding="utf-8")
    _damage(versions.objects()["before"], "gone")
    assert versions.lay_out() == ["plan.md"]
    assert versions.edit() == [b"two" * 50]
    assert _code(lambda: versions.lay_out(versions.first)) == "shallow-clone"
    assert _code(lambda: versions.lay_out("HEAD~1")) == "shallow-clone"


@pytest.mark.parametrize("part", [".pack", ".idx"])
@pytest.mark.parametrize("how", ["gone", "empty", "zeros", "cut"])
def test_a_pack_that_is_missing_or_broken_is_told(versions: Versions, part: str, how: str) -> None:
    porcelain.repack(str(versions.root))
    _damage(next((versions.root / ".git/objects/pack").glob(f"*{part}")), how)
    assert _code(versions.lay_out) == "git-objects"
    assert _code(versions.edit) == "git-objects"


@pytest.mark.parametrize(
    ("path", "data", "published", "edited"),
    [
        ("config", b"[core\n", "git-not-read", "git-not-read"),
        ("config", b"[core]\nrepositoryformatversion = 9\n", "git-not-read", "git-not-read"),
        ("refs/heads/master", bytes(41), "git-objects", "git-objects"),
        ("refs/heads/master", b"1" * 40, "git-objects", "git-objects"),
        ("packed-refs", b"junk\n", "", "git-not-read"),
        ("index", b"", "git-index-broken", ""),
        ("index", b"DIRC broken", "git-index-broken", ""),
    ],
)
def test_a_file_of_git_that_is_broken_is_told(
    versions: Versions, path: str, data: bytes, published: str, edited: str
) -> None:
    (versions.root / ".git" / path).write_bytes(data)
    for act, code in ((versions.lay_out, published), (versions.edit, edited)):
        assert code == (_code(act) if code else act() and "")
