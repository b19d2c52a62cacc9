"""A commit as a project of its own, and the site built of it: what is not committed is not in it, the generator included."""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from publicity.labels.sentences import chosen_language
from publicity.problems import BuildError, UsageError
from publicity.project import Project
from publicity.work import extras
from publicity.work.git_store import closed_after, reading
from publicity.work.names import KEPT

if TYPE_CHECKING:
    from dulwich.repo import Repo

LOCKS = ("requirements.txt", "requirements-editions.txt", "requirements-video.txt")
"""What names the packages that builds use, those that make the newsletter's editions and videos included."""
_READ = (
    "content",
    "docs",
    "overrides",
    "scoring_wasm",
    "scripts",
    "mkdocs.yml",
    "package.json",
    "package-lock.json",
    *LOCKS,
)
"""What a build depends on, by its names in the project's folder."""
_OURS = frozenset({"build", "site", "node_modules"})
"""What stays in the folder of the tree from one commit to the next, safe to delete."""
_CACHES = ("engine", "documents", "media", "editions-kept")
"""What builds keep in `build/` by what it was made of, so that every tree may use it."""
_LFS = b"version https://git-lfs.github.com/spec/"
"""What git holds of a file that Git LFS keeps elsewhere begins so."""
_RUN = "from publicity.cli import main; main()"


@dataclass(frozen=True)
class Tree:
    """The files of a commit, laid out as a project."""

    project: Project
    commit: str
    uncommitted: tuple[str, ...]
    """What differs from it in the working tree."""

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the committed generator on the committed content; where no generator is committed, of this one."""
        environment = {name: value for name, value in os.environ.items() if name != "PUBLICITY_REGION"}
        if (self.project.root / "scripts" / "publicity" / "cli.py").is_file():
            _need_same_packages(self)
            bundler = self.project.build / "generator" / "scoring_bundler"
            shutil.rmtree(bundler, ignore_errors=True)
            shutil.copytree(self.project.root / "scoring_wasm" / "bundler", bundler)
            places = (self.project.root / "scripts", self.project.root / "scoring_wasm", bundler.parent)
            environment["PYTHONPATH"] = os.pathsep.join(map(str, places))
        command = [sys.executable, "-P", "-c", _RUN, "--language", chosen_language(), *arguments]
        return subprocess.run(
            command,
            cwd=self.project.root,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )


def _need_same_packages(tree: Tree) -> None:
    """See that the commit is built with the packages that it locks.

    Raises:
        UsageError: it locks others than those of this program, or this program has been renewed and its packages have not.
    """
    for name in LOCKS:
        theirs, own = tree.project.root / name, extras.GENERATOR / name
        if theirs.is_file() and theirs.read_bytes() != own.read_bytes():
            raise UsageError("other-packages", commit=tree.commit[:12])
    if not extras.is_installed(extras.GENERATOR / LOCKS[0]):
        raise UsageError("packages-outdated", lock=LOCKS[0])


@contextmanager
def committed_tree(project: Project, name: str, commit: str = "HEAD", *, anew: bool = False) -> Iterator[Tree]:
    """The tree of a commit below `build/publish/<name>/`, as long as the block lasts; other runs wait for it.

    What is built `anew`, to prove something, takes no pages from builds before.

    Raises:
        UsageError: the project is in no git repository, or the commit is not known.
    """
    extras.need("publish")
    from dulwich.errors import NotGitRepository
    from dulwich.objectspec import parse_commit
    from dulwich.repo import Repo

    try:
        with reading(project.root, "git-not-read", but=NotGitRepository):
            repository = Repo.discover(str(project.root))
    except NotGitRepository as error:
        raise UsageError("no-repository", folder=project.root) from error
    with closed_after(repository), _locked(project.build / "publish" / name) as folder:
        try:
            with reading(project.root, but=(KeyError, ValueError)):
                found = parse_commit(repository, commit)
        except (KeyError, ValueError) as error:
            raise _not_found(repository, project, commit) from error
        inside = project.root.relative_to(Path(repository.path).resolve()).as_posix()
        with reading(project.root):
            files = _files(repository, found.tree, "" if inside == "." else f"{inside}/")
        _lay_out(files, folder)
        if not (folder / "mkdocs.yml").is_file():
            raise UsageError("unknown-commit", commit=commit)
        _link(project.root / "node_modules", folder / "node_modules")
        if anew:
            shutil.rmtree(folder / "build" / KEPT, ignore_errors=True)
        for cache in _CACHES if anew else (*_CACHES, KEPT):
            (project.build / cache).mkdir(exist_ok=True)
            _link(project.build / cache, folder / "build" / cache)
        with reading(project.root, "git-index-broken", file=repository.index_path()):
            uncommitted = _uncommitted(repository, inside)
        yield Tree(Project(folder), found.id.decode(), uncommitted)


def _not_found(repository: "Repo", project: Project, commit: str) -> UsageError:
    """What to say of a commit that is not there: nobody has made it, it was not fetched, or it is lost."""
    if commit == "HEAD":
        with contextlib.suppress(KeyError):  # nothing was ever committed
            return UsageError("git-objects", folder=project.root, why=repository.head().decode(errors="replace"))
    if repository.get_shallow():
        return UsageError("shallow-clone", folder=project.root, commit=commit)
    return UsageError("unknown-commit", commit=commit)


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        yield folder


def _files(repository: "Repo", tree: Any, prefix: str) -> dict[str, tuple[bytes, bool]]:  # noqa: ANN401 - dulwich's id
    """The files of a tree below a folder, and which of them are links.

    Raises:
        UsageError: one is named so that it would lie outside the folder, or be git's own, or is kept outside git.
    """
    from dulwich.object_store import iter_tree_contents
    from dulwich.objects import S_ISGITLINK

    from publicity.work.git_names import is_safe

    found = {}
    for entry in iter_tree_contents(repository.object_store, tree):
        path, mode = os.fsdecode(entry.path or b""), entry.mode or 0
        if path.startswith(prefix) and not S_ISGITLINK(mode):  # which is a commit elsewhere
            if not is_safe(path):
                raise UsageError("unsafe-name", name=path)
            data = repository[entry.sha].as_raw_string()
            if data.startswith(_LFS):
                raise UsageError("lfs-pointer", name=path)
            found[path.removeprefix(prefix)] = data, stat.S_ISLNK(mode)
    return found


def _lay_out(files: Mapping[str, tuple[bytes, bool]], folder: Path) -> None:
    """Make a folder hold files byte for byte; what is as it should be stays."""
    wanted = {folder / path: held for path, held in files.items()}
    _clear(folder, wanted.keys())
    # Links come last: where capital letters do not count, one could stand above a file.
    for file, (data, is_link) in sorted(wanted.items(), key=lambda row: row[1][1]):
        if not is_link and file.is_file() and file.read_bytes() == data:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        if is_link:
            file.symlink_to(os.fsdecode(data))
        else:
            file.write_bytes(data)


def _clear(folder: Path, wanted: Collection[Path]) -> None:
    """Remove what belongs to other commits, and every link, through which something else would be written."""
    needed = {parent for file in wanted for parent in file.parents}
    for root, folders, names in os.walk(folder):
        here = Path(root)
        for name in list(folders):
            if (here == folder and name in _OURS) or name == "__pycache__":
                folders.remove(name)
            elif (here / name).is_symlink():
                (here / name).unlink()
            elif here / name not in needed:
                folders.remove(name)
                shutil.rmtree(here / name)
        for name in names:
            if not (here == folder and name in _OURS) and (here / name not in wanted or (here / name).is_symlink()):
                (here / name).unlink()


def _link(there: Path, here: Path) -> None:
    """Let a folder be found in a second place."""
    leads_elsewhere = here.is_symlink() and here.resolve() != there.resolve()  # the project was moved or copied
    if (here.exists() and not leads_elsewhere) or not there.exists():
        return
    here.parent.mkdir(exist_ok=True)
    here.unlink(missing_ok=True)
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(there), str(here))  # unlike a link, needs no rights
    else:
        here.symlink_to(there.resolve(), target_is_directory=True)


def _uncommitted(repository: "Repo", inside: str) -> tuple[str, ...]:
    """What a build would read and is not as it was committed, by its path in the project."""
    from dulwich import porcelain

    status = porcelain.status(repository, untracked_files="all")
    staged: Sequence[Any] = [path for paths in status.staged.values() for path in paths]
    paths = {os.fsdecode(path).replace(os.sep, "/") for path in (*staged, *status.unstaged, *status.untracked)}
    below = {path.removeprefix(f"{inside}/") for path in paths if inside == "." or path.startswith(f"{inside}/")}
    return tuple(sorted(path for path in below if path.partition("/")[0] in _READ and "__pycache__" not in path))


def build(tree: Tree, region: str, day: str, site_url: str) -> Path:
    """Build a region of a tree for a day; returns the site's folder.

    Raises:
        BuildError: with the lines that the build has said.
    """
    # Bound to their options, and the region behind `--`: what a record on a server says becomes no option.
    done = tree.run("build", f"--site-url={site_url}", f"--today={day}", "--", region)
    if done.returncode:
        raise BuildError(
            "commit-not-built", region=region, commit=tree.commit[:12], told=tuple(done.stderr.split("\n"))
        )
    return tree.project.site
