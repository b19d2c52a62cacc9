"""The project's git repository, without the git program: files of a commit, commits on branches that nobody has checked out, a remote.

The user's own folder is never switched to another branch. Only what is published onto the branch that stands there is written
into it, and only where nothing of the user's would be lost.
"""

import contextlib
import io
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from dulwich import porcelain
from dulwich.client import get_transport_and_path
from dulwich.errors import NotGitRepository
from dulwich.file import FileLocked
from dulwich.graph import can_fast_forward, find_merge_base
from dulwich.index import IndexEntry, index_entry_from_stat
from dulwich.object_store import commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.porcelain import DivergedBranches
from dulwich.refs import Ref
from dulwich.repo import Repo

from publicity.edit.git.remote import access, in_words, refusal
from publicity.problems import ToolError, UsageError
from publicity.work import git_names
from publicity.work.git_store import closed_after, reading

Changes = Mapping[str, bytes | None]
"""New contents of files by their paths; None for a file that goes."""

Joiner = Callable[[str, bytes, bytes, bytes], bytes | None]
"""Makes one file of two: its path, what it held before, here and there. None where a person has to."""

BRANCHES = b"refs/heads/"
REMOTE = "origin"
_ENDED, _UNSENT = "refs/publicity/ended/", "refs/publicity/unsent"
"""What the remote has not been told yet: the last commit it has of a draft that has ended here; what was published here."""
_PUT_AWAY = "refs/publicity/put-away/"
"""The last commits of branches that were given up, by branch and commit."""
_MOST_LISTED = 20
_JOINER = "编辑页面 <editor@localhost>"
_BEIJING = 8 * 60 * 60


class ChangedMeanwhileError(Exception):
    """A branch, or a file in the user's folder, is not as it was when the work began. Raised before anything is written.

    Attributes:
        paths: The files of the user's folder that stand in the way; none where it is a branch.
    """

    def __init__(self, paths: tuple[str, ...] = ()) -> None:
        self.paths = paths
        super().__init__(", ".join(paths))


class BusyError(ToolError):
    """Another program of git is at work in the repository, has left its lock there, or a broken index. Nothing was changed."""


@dataclass(frozen=True)
class Version:
    """A commit that changed a file."""

    commit: str
    day: str
    author: str
    message: str


class Repository:
    """The repository whose folder is a project's root."""

    def __init__(self, root: Path) -> None:
        """Open it.

        Raises:
            UsageError: there is none, it cannot be read, or it has no commit yet.
        """
        try:
            with reading(root, "git-not-read", but=NotGitRepository):
                self._repo = Repo(str(root))
                names = set(_branches(self._repo.refs.allkeys(), BRANCHES))
                checked_out = self._checked_out()
        except NotGitRepository as error:
            raise UsageError("no-versions-kept", folder=root) from error
        if (kind := _setting(self._repo, b"objectformat", b"extensions")) not in ("", "sha1"):
            raise UsageError("git-not-read", folder=root, why=f"extensions.objectformat = {kind}")
        self._root = root
        self._listed: dict[str, dict[str, str]] = {}
        self.main = next((name for name in ("main", "master") if name in names), checked_out)
        """The name of the branch that is published."""
        if self.main == "HEAD":
            raise UsageError("no-branch", folder=root)
        if not self.main or self.head(self.main) is None:
            raise UsageError("empty-repository", folder=root)

    def close(self) -> None:
        """Let go of its files."""
        with closed_after(self._repo):
            pass

    def head(self, branch: str) -> str | None:
        """The newest commit of a branch, or None where there is no such branch."""
        return self._ref(BRANCHES + branch.encode())

    def remote_head(self, branch: str) -> str | None:
        """The newest commit of a branch that the remote was last seen to have."""
        return self._ref(f"refs/remotes/{REMOTE}/{branch}".encode())

    def branches(self, prefix: str) -> list[str]:
        """The names of branches that begin so, here or last seen at the remote."""
        refs = self._repo.refs.allkeys()
        found = {*_branches(refs, BRANCHES), *_branches(refs, f"refs/remotes/{REMOTE}/".encode())}
        return sorted(branch for branch in found if branch.startswith(prefix))

    def files(self, commit: str, *folders: str) -> dict[str, str]:
        """The files of a commit below some paths, with the hash of each."""
        wanted = tuple(f"{folder}/" for folder in folders)
        listed = self._all_files(commit)
        return {path: sha for path, sha in listed.items() if path.startswith(wanted) or path in folders}

    def content(self, sha: str) -> bytes:
        """What a file holds, by its hash."""
        with reading(self._root):
            blob = self._repo[ObjectID(sha.encode())]
        return bytes(blob.data) if isinstance(blob, Blob) else b""

    def read(self, commit: str, path: str) -> bytes | None:
        """What a file holds in a commit, or None where it is not there."""
        sha = self._all_files(commit).get(path)
        return self.content(sha) if sha else None

    def common(self, one: str, other: str) -> str | None:
        """The newest commit that both have grown from."""
        with reading(self._root):
            found = find_merge_base(self._repo, [ObjectID(one.encode()), ObjectID(other.encode())])
        return found[0].decode() if found else None

    def is_ahead(self, newer: str, older: str) -> bool:
        """Whether a commit has grown from another."""
        with reading(self._root):
            return can_fast_forward(self._repo, ObjectID(older.encode()), ObjectID(newer.encode()))

    def message(self, commit: str) -> str:
        """What a commit says."""
        return str(self._commit(commit).message.decode("utf-8", "replace"))

    def versions(self, commit: str, *paths: str, most: int = 30) -> Iterator[Version]:
        """The commits that changed one of some files, newest first."""
        with reading(self._root):
            changed = [path.encode() for path in paths]
            entries = list(self._repo.get_walker(include=[ObjectID(commit.encode())], paths=changed, max_entries=most))
        for entry in entries:
            made = entry.commit
            zone = timezone(timedelta(seconds=made.author_timezone or 0))
            day = datetime.fromtimestamp(made.author_time, zone).strftime("%Y-%m-%d %H:%M")
            author = made.author.decode("utf-8", "replace").partition(" <")[0]
            yield Version(made.id.decode(), day, author, made.message.decode("utf-8", "replace").partition("\n")[0])

    def commit(self, branch: str, changes: Changes, message: str, author: str, parents: tuple[str, ...]) -> str:
        """Put changes of the first parent's files onto a branch, which must still stand there; returns the commit.

        Raises:
            ChangedMeanwhileError: somebody else has moved the branch.
            BusyError: another git is at work.
        """
        made = self._make(changes, message, author, parents)
        old = self.head(branch)
        if old != (parents[0] if old else None) or not self._move(branch, old, made):
            raise ChangedMeanwhileError
        return made

    def publish(self, changes: Changes, message: str, author: str) -> bool:
        """Put changes onto the published branch as one commit; returns whether they stand in the user's folder, too.

        Raises:
            ChangedMeanwhileError: the user's folder has other changes in these files, or somebody has moved the branch.
            BusyError: another git is at work.
        """
        main = self.head(self.main)
        if main is None:
            raise ChangedMeanwhileError
        follows = self._repo.has_index() and self._checked_out() == self.main
        if follows:
            self._refuse_changed(main, changes)
        made = self.commit(self.main, changes, message, author, (main,))
        self._note(_UNSENT, made if self.has_remote else None)
        return follows and self._write(changes)

    def delete(self, branch: str) -> None:
        """Remove a branch. Where the remote has it, that is to end there, too."""
        self._note(f"{_ENDED}{branch}", self.remote_head(branch))
        for ref in (BRANCHES + branch.encode(), f"refs/remotes/{REMOTE}/{branch}".encode()):
            self._repo.refs.remove_if_equals(Ref(ref), None)

    def put_away(self, branch: str) -> None:
        """Remove a branch; its commits stay here under a name that is none of a branch."""
        if head := self.head(branch):
            self._note(f"{_PUT_AWAY}{branch}/{head}", head)
        self.delete(branch)

    @property
    def has_remote(self) -> bool:
        """Whether it has one, whose address is known."""
        return bool(self._address)

    def fetch(self) -> None:
        """Learn what the remote has. A branch that has ended there, and has not gone on here, ends here too.

        Raises:
            RemoteError: it cannot be reached, or refuses.
        """
        before = {branch: self.remote_head(branch) for branch in self.branches("")}
        theirs = self._fetched()
        for branch in {*before, *theirs}:
            self._remember(branch, theirs.get(branch))
        for branch, known in before.items():
            if known and self.remote_head(branch) is None and self.head(branch) == known and branch != self.main:
                self.delete(branch)

    def follow(self, branch: str, join: Joiner | None = None) -> bool:
        """Bring a branch to where the remote has it; False where both have gone on, each its own way.

        With `join`, what was published in both places becomes one, as long as it is of different files or these can be joined.
        """
        ours, theirs = self.head(branch), self.remote_head(branch)
        has_ended = ours is None and theirs == self._ref(f"{_ENDED}{branch}".encode())
        if theirs is None or has_ended or ours == theirs or (ours and self.is_ahead(ours, theirs)):
            return True
        changes: Changes | None = self._difference(ours, theirs) if ours and branch == self.main else None
        if ours and not self.is_ahead(theirs, ours):
            changes = self._joined(ours, theirs, join) if join else None
            if changes is None:
                return False
            theirs = self._make(changes, "合并另一处发布的内容\n", _JOINER, (ours, theirs))
        if ours and changes is not None and self._repo.has_index() and self._checked_out() == self.main:
            try:
                self._refuse_changed(ours, changes)
            except ChangedMeanwhileError:
                return False
            self._move(branch, ours, theirs)
            self._write(changes)
            return True
        return self._move(branch, ours, theirs)

    def _joined(self, ours: str, theirs: str, join: Joiner) -> Changes | None:
        """What must change here so that it holds what both have become; None where a file cannot be joined."""
        base = self.common(ours, theirs)
        if base is None:
            return None
        here, there = self._difference(base, ours), self._difference(base, theirs)
        changes: dict[str, bytes | None] = {}
        for path, content in there.items():
            mine = here.get(path)
            if path not in here:
                changes[path] = content
            elif mine != content:
                before = self.read(base, path)
                whole = (
                    join(path, before, mine, content)
                    if before is not None and mine is not None and content is not None
                    else None
                )
                if whole is None:
                    return None
                changes[path] = whole
        return changes

    def push(self, branch: str) -> None:
        """Send a branch to the remote; one that is gone here goes there.

        Raises:
            ChangedMeanwhileError: the remote's has gone on.
            RemoteError: it cannot be reached, or refuses.
        """
        name = f"refs/heads/{branch}"
        spec = f"{name}:{name}" if self.head(branch) else f":{name}"
        address, known = self._address, self.remote_head(branch)
        given = access(address, self._repo.get_config_stack())
        try:
            with in_words(address):
                answer = porcelain.push(self._repo, REMOTE, spec, io.BytesIO(), io.BytesIO(), **given)
        except DivergedBranches as error:
            raise ChangedMeanwhileError from error
        for why in filter(None, (answer.ref_status or {}).values()):
            self._remember(branch, known)  # dulwich has noted it as sent
            raise refusal(address, why)
        self._remember(branch, self.head(branch))
        self._note(_UNSENT if branch == self.main else f"{_ENDED}{branch}", None)

    def unsent(self, prefix: str) -> list[str]:
        """The branches that the remote does not have as they are here, once all have followed: what is published, then drafts."""
        published = [self.main] if self._ref(_UNSENT.encode()) else []
        drafts = [branch for branch in self.branches(prefix) if self._is_unsent(branch)]
        return published + drafts

    def _is_unsent(self, branch: str) -> bool:
        ours, theirs = self.head(branch), self.remote_head(branch)
        return ours != theirs and (not ours or not theirs or self.is_ahead(ours, theirs))

    @property
    def _address(self) -> str:
        """Where the remote is; empty where nobody has said."""
        return _setting(self._repo, b"url", b"remote", REMOTE.encode())

    def _fetched(self) -> dict[str, str]:
        """The newest commit of each branch of the remote, once all that they hold is here."""
        store = self._repo.object_store

        def wanted(refs: Mapping[Ref, ObjectID], depth: int | None = None) -> list[ObjectID]:  # noqa: ARG001 - as dulwich asks
            return [sha for ref, sha in refs.items() if ref.startswith(BRANCHES) and sha not in store]

        config = self._repo.get_config_stack()
        given = access(self._address, config)
        with in_words(self._address):
            client, path = get_transport_and_path(self._address, config=config, quiet=True, **given)
            refs = client.fetch(path, self._repo, determine_wants=wanted).refs
        heads = {branch: refs[Ref(BRANCHES + branch.encode())] for branch in _branches(refs, BRANCHES)}
        return {branch: sha.decode() for branch, sha in heads.items() if sha}

    def _remember(self, branch: str, commit: str | None) -> None:
        """Note what the remote has of a branch."""
        self._note(f"refs/remotes/{REMOTE}/{branch}", commit)

    def _note(self, name: str, commit: str | None) -> None:
        """Let a name stand for a commit, or for none."""
        ref = Ref(name.encode())
        if commit:
            self._repo.refs[ref] = ObjectID(commit.encode())
        else:
            self._repo.refs.remove_if_equals(ref, None)

    def _ref(self, name: bytes) -> str | None:
        try:
            return self._repo.refs[Ref(name)].decode()
        except KeyError:
            return None

    def _checked_out(self) -> str:
        """The branch that stands in the user's folder."""
        followed, _ = self._repo.refs.follow(Ref(b"HEAD"))
        return followed[-1].removeprefix(BRANCHES).decode()

    def _commit(self, commit: str) -> Commit:
        with reading(self._root):
            found = self._repo[ObjectID(commit.encode())]
            if not isinstance(found, Commit):
                raise KeyError(commit)
            return found

    def _make(self, changes: Changes, message: str, author: str, parents: tuple[str, ...]) -> str:
        store = self._repo.object_store
        rows: list[tuple[bytes, int | None, ObjectID | None]] = []
        for path, content in changes.items():
            blob = Blob.from_string(content) if content is not None else None
            if blob:
                store.add_object(blob)
            rows.append((path.encode(), stat.S_IFREG | 0o644 if blob else None, blob.id if blob else None))
        made = Commit()
        tree = self._commit(parents[0]).tree
        with reading(self._root):
            made.tree = commit_tree_changes(store, tree, rows)
        made.parents = [ObjectID(parent.encode()) for parent in parents]
        made.author = made.committer = author.encode()
        made.author_time = made.commit_time = int(time.time())
        made.author_timezone = made.commit_timezone = _BEIJING
        made.encoding = b"UTF-8"
        made.message = message.encode()
        store.add_object(made)
        return made.id.decode()

    def _move(self, branch: str, old: str | None, new: str) -> bool:
        ref, commit = Ref(BRANCHES + branch.encode()), ObjectID(new.encode())
        try:
            if old is None:
                return self._repo.refs.add_if_new(ref, commit)
            return self._repo.refs.set_if_equals(ref, ObjectID(old.encode()), commit)
        except FileLocked as error:
            raise BusyError("git-busy", file=os.fsdecode(error.lockfilename)) from error

    def _difference(self, old: str, new: str) -> dict[str, bytes | None]:
        before, after = self._all_files(old), self._all_files(new)
        gone: dict[str, bytes | None] = {path: None for path in before if path not in after}
        return gone | {path: self.content(sha) for path, sha in after.items() if before.get(path) != sha}

    def _all_files(self, commit: str) -> dict[str, str]:
        """The plain files of a commit, as far as their names may be written: any other could lead out of the folder.

        Those of the last few are remembered: to list them takes as long as all else.
        """
        if commit not in self._listed:
            tree = self._commit(commit).tree
            with reading(self._root):
                entries = list(iter_tree_contents(self._repo.object_store, tree))
            named = ((_name(entry.path), entry) for entry in entries if stat.S_ISREG(entry.mode))
            listed = {name: entry.sha.decode() for name, entry in named if name}
            self._listed = dict([*self._listed.items(), (commit, listed)][-_MOST_LISTED:])
        return self._listed[commit]

    def _refuse_changed(self, commit: str, changes: Changes) -> None:
        """Refuse to write over what the user's folder holds and no commit does, or beside another git.

        Raises:
            ChangedMeanwhileError: with the files in question.
            BusyError: the index could not follow; whoever commits it later would take back what is to be written.
        """
        if (lock := Path(f"{self._repo.index_path()}.lock")).exists():
            raise BusyError("git-busy", file=lock)
        try:
            with reading(self._root):
                self._repo.open_index()
        except UsageError as error:
            raise BusyError("git-index-broken", file=self._repo.index_path()) from error
        changed = []
        for path, content in changes.items():
            file = self._root / path
            here = file.read_bytes() if file.is_file() else None
            is_as_before = here in (content, before := self.read(commit, path)) or _same_lines(here, before)
            if not is_as_before or self._leads_elsewhere(path):
                changed.append(path)
        if changed:
            raise ChangedMeanwhileError(tuple(changed))

    def _leads_elsewhere(self, path: str) -> bool:
        """Whether a link stands in the user's folder where a file is to be written, or above it."""
        return (self._root / path).resolve() != self._root.resolve() / path

    def _write(self, changes: Changes) -> bool:
        """Write changes that have just been committed into the user's folder, and note them in git's index.

        Returns whether all stand there: a file may be open in another program. Git then shows it as changed by the user.
        """
        index = self._repo.open_index()
        unwritten = False
        for path, content in changes.items():
            file = self._root / path
            try:
                if content is None:
                    file.unlink(missing_ok=True)
                else:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
                is_written = True
            except OSError:
                is_written, unwritten = False, True
            if content is None:
                if path.encode() in index:
                    del index[path.encode()]
                continue
            sha = Blob.from_string(content).id
            index[path.encode()] = index_entry_from_stat(os.lstat(file), sha) if is_written else _unseen_entry(sha)
        index.write()
        return not unwritten


def _setting(repo: Repo, key: bytes, *section: bytes) -> str:
    """What a repository's own settings say; nothing where they do not."""
    try:
        return repo.get_config().get(section, key).decode("utf-8", "replace").strip()
    except KeyError:
        return ""


def _unseen_entry(sha: ObjectID) -> IndexEntry:
    """An entry of the index for a file that git has to look at anew."""
    return IndexEntry(ctime=0, mtime=0, dev=0, ino=0, mode=stat.S_IFREG | 0o644, uid=0, gid=0, size=0, sha=sha)


def _branches(refs: Iterable[bytes], base: bytes) -> Iterator[str]:
    """The names of branches among refs that begin so, as far as their letters are known."""
    for ref in refs:
        if ref.startswith(base):
            with contextlib.suppress(UnicodeDecodeError):
                yield ref.removeprefix(base).decode()


def _name(path: bytes) -> str | None:
    """A file's name, or None where none may be written that is named so, or its letters are of no known kind."""
    try:
        name = path.decode()
    except UnicodeDecodeError:
        return None
    return name if git_names.is_safe(name) else None


def _same_lines(one: bytes | None, other: bytes | None) -> bool:
    """Whether two texts differ in their line ends alone, as git may write them on Windows."""
    return one is not None and other is not None and one.replace(b"\r\n", b"\n") == other
