"""Projects in repositories of their own."""

import shutil
import stat
from pathlib import Path

from dulwich import porcelain
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

from conftest import Shared, copy_project

_CONTENT = ("content", "docs", "overrides", "scoring_wasm", "mkdocs.yml", "package.json", ".gitignore")


def copy_versioned_project(shared: Shared, folder: Path) -> Path:
    """A copy of this project, committed; it is committed once a run, which takes ten times as long as to copy it."""
    return Path(shutil.copytree(shared.folder("versioned", _versioned), folder, symlinks=True, dirs_exist_ok=True))


def _versioned(folder: Path) -> Path:
    root = copy_project(folder)
    (root / ".gitignore").write_text("/build/\n/node_modules\n", encoding="utf-8")
    porcelain.init(str(root))
    porcelain.add(str(root), [str(root / name) for name in _CONTENT])
    porcelain.commit(str(root), b"Begin", author=b"A <a@localhost>", committer=b"A <a@localhost>")
    porcelain.repack(str(root))  # as a clone has it, and half the files to copy
    return root


def crafted(root: Path, branch: str, files: dict[bytes, bytes]) -> str:
    """Put files onto a branch under names that no careful program writes; returns the commit.

    What the branch held besides stays.
    """
    with Repo(str(root)) as repo:
        store, ref = repo.object_store, f"refs/heads/{branch}".encode()
        parent = repo.refs[ref] if ref in repo.refs else repo.head()

        def laid(tree: ObjectID | None, name: bytes, content: bytes) -> ObjectID:
            part, _, rest = name.partition(b"/")
            rows = list(store[tree].items()) if tree else []
            same = [row for row in rows if row.path == part and stat.S_ISDIR(row.mode) == bool(rest)]
            if rest:
                row = (part, stat.S_IFDIR, laid(same[0].sha if same else None, rest, content))
            else:
                blob = Blob.from_string(content)
                store.add_object(blob)
                row = (part, stat.S_IFREG | 0o644, blob.id)
            rows = [(one.path, one.mode, one.sha) for one in rows if one not in same] + [row]
            raw = b"".join(b"%o %s\0%s" % (mode, name, bytes.fromhex(sha.decode())) for name, mode, sha in rows)
            made = Tree.from_string(raw)
            store.add_object(made)
            return made.id

        tree = store[parent].tree
        for name, content in files.items():
            tree = laid(tree, name, content)
        made = Commit()
        made.tree, made.parents, made.message = tree, [parent], b"Crafted\n\nState: draft\n"
        made.author = made.committer = b"X <x@localhost>"
        made.author_time = made.commit_time = made.author_timezone = made.commit_timezone = 0
        store.add_object(made)
        repo.refs[ref] = made.id
        return made.id.decode()
