"""A folder of this machine as a place: exchanged in one step; the release before lies beside it, in a folder that only its owner can enter.

`.<name>-releases/` holds `previous/`, the release before, and `shown.sha256`, a copy of the manifest of the one shown. `ready-<id>/` is a whole release on its way to the place, `back-<id>/` the
one before on its way back, both named by their manifests; after the exchange the release shown until then lies there, and
`_settle` makes it the one before. So whatever moment a run is killed at, the next one knows what lies where.
`left-<id>/` holds what others have forbidden to delete of releases that are no longer kept; it is tried again each time.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from publicity.problems import BuildError
from publicity.publish.place import Kept, files_of
from publicity.publish.release import (
    RECORD,
    SIGNATURE,
    Change,
    Hashes,
    Published,
    Record,
    digest_of,
    is_seal,
    is_whole,
    parents,
    read_manifest,
    refuse_in_the_way,
    sound_rows,
)
from publicity.swap.exchange import put_in_place, recover
from publicity.swap.workshop import open_to_servers
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.progress import Progress

_MOST_STRANGERS = 1000
_READY, _BACK, _LEFT = "ready-", "back-", "left-"


class FolderPlace:
    """A folder that a server of this machine, or a mounted one, shows."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._beside = folder.parent / f".{folder.name}-releases"
        self._previous = self._beside / "previous"
        self._noted = self._beside / "shown.sha256"

    def look(self, fresh: Path | None = None, *, check: bool = False) -> Published:  # noqa: ARG002 - it sees every byte
        """What lies there, every file hashed.

        Raises:
            BuildError: it holds far more than a column, and nothing of ours: it is not meant.
        """
        if self._beside.exists():
            with self._alone():
                pass  # what a killed run has left is put right
        there = next(path for path in (self.folder, *self.folder.parents) if os.path.lexists(path))
        if not there.is_dir():
            raise BuildError("place-no-folder", place=self.name if there == self.folder else there)
        published = self._look()
        if not published.manifest and len(published.files) > _MOST_STRANGERS:
            raise BuildError("place-of-others", place=self.name, count=len(published.files))
        return published

    def _look(self) -> Published:
        noted = sound_rows(_bytes(self._noted) or b"")
        return _published(self.folder).with_noted(noted, lambda _: {})

    def seals(self) -> Published:
        """Its manifest, signature and record alone."""
        return _seals(self.folder, {})

    def hashes(self, listed: Collection[str], progress: Progress) -> dict[str, str]:  # noqa: ARG002 - no long work
        """The SHA-256 of listed files; every other is named."""
        found = _published(self.folder, hashed=False).files
        return {path: _digest(self.folder / path) if path in listed else "" for path in found}

    def put(self, fresh: Path, manifest: Hashes, change: Change, progress: Progress) -> None:  # noqa: ARG002 - no long work
        """Make the release whole beside the place, with what it carries and what others put there; then exchange them."""
        with self._alone():
            making = self._beside / "making"
            try:
                shutil.copytree(fresh, making)
                for path in manifest:
                    if not (making / path).exists():
                        _copy(self.folder / path, making / path)
                open_to_servers(making)
                self._exchange(making, _READY, {*manifest, *change.remove})
            finally:
                self._let_go(making)  # where the disk was full

    def clear(self, remains: Collection[str]) -> None:
        """Nothing is ever left half sent here."""

    def kept(self) -> list[Kept]:
        """The release shown, and the one before."""
        notes = {self.folder: self._noted, self._previous: self._previous / MANIFEST}
        return [
            Kept(is_shown=folder == self.folder, record=Record.from_json(_bytes(folder / RECORD)), files=len(listed))
            for folder, note in notes.items()
            if (listed := _seals(folder, {}).sound or sound_rows(_bytes(note) or b""))
        ]

    def changed_in_kept(self, progress: Progress) -> list[str]:  # noqa: ARG002 - no long work
        """Files of the release before that are missing or not as its manifest says.

        Raises:
            BuildError: there is none.
        """
        manifest = _bytes(self._previous / MANIFEST)
        if manifest is None:
            raise BuildError("no-release-before", place=self.name)
        files = ((path, self._previous / path, digest) for path, digest in read_manifest(manifest).items())
        return [path for path, file, digest in files if not file.is_file() or digest_of(file) != digest]

    def roll_back(self, progress: Progress) -> None:  # noqa: ARG002 - no long work
        """Exchange the place with the release before, but for what others put there.

        Raises:
            BuildError: files of others lie where its own must go.
        """
        with self._alone():
            listed = read_manifest(_bytes(self._previous / MANIFEST) or b"")
            published = self._look()
            refuse_in_the_way(published, listed)
            making = self._beside / "making"
            try:
                # Not itself: it holds what others had put there, as it was then, and may have forbidden to delete.
                for file in files_of(self._previous):
                    path = file.relative_to(self._previous)
                    if path.as_posix() in listed or is_seal(path.as_posix()):
                        _link(file, making / path)
                for folder in (path for path in making.rglob("*") if path.is_dir()):
                    _dress(self._previous / folder.relative_to(making), folder)
                self._exchange(making, _BACK, published.ours.union(listed))
            finally:
                self._let_go(making)

    def _exchange(self, whole: Path, kind: str, ours: Collection[str]) -> None:
        """Show a whole release, with what others have put there and is not known as `ours`; `whole` is taken away."""
        ours = {*ours, MANIFEST, SIGNATURE}
        if not is_whole(_bytes(self.folder / MANIFEST)) and (mended := self._look().mended):
            (whole.parent / "mended").write_bytes(mended)  # so that the release shown until now can be shown again
            (whole.parent / "mended").replace(self.folder / MANIFEST)
        published = _published(self.folder, hashed=False)
        strangers = [path for path in published.strangers if path not in ours]
        used = {parent for path in published.ours.union(ours) for parent in parents(path)}
        wanted = (published.folders - used).union(*map(parents, strangers))  # of others, empty ones too
        made = [folder for folder in sorted(wanted) if not (whole / folder).is_dir()]
        for folder in made:
            (whole / folder).mkdir()
        for path in strangers:
            _link(self.folder / path, whole / path)
        for folder in reversed(made):
            _dress(self.folder / folder, whole / folder)
        if self.folder.exists():
            _dress(self.folder, whole)
        shutil.copyfile(whole / MANIFEST, self._noted)
        ready = self._beside / f"{kind}{_identity(whole)}"
        whole.rename(ready)
        try:
            put_in_place(ready, self.folder, self._beside)
        except OSError as error:
            recover(self._beside)
            raise BuildError("place-not-exchanged", place=self.name, why=error.strerror or str(error)) from error
        self._settle()
        for path in _published(self._previous).strangers if self._previous.exists() else ():
            if path not in ours and not os.path.lexists(self.folder / path):  # put there meanwhile
                _link(self._previous / path, self.folder / path)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """The folder beside the place, put right after a killed run, and to this run alone.

        Raises:
            BuildError: another run is at it.
        """
        for parent in reversed([parent for parent in self.folder.parents if not parent.exists()]):
            parent.mkdir(exist_ok=True)
            parent.chmod(0o755)  # a server has to pass, whatever this user's umask
        self._beside.mkdir(mode=0o700, exist_ok=True)
        try:
            with FileLock(self._beside / "lock", timeout=0):
                recover(self._beside)
                self._settle()
                yield
        except Timeout as error:
            raise BuildError("place-busy", place=self.name) from error

    def _settle(self) -> None:
        """Make what an exchange has left the release before, and clear away what never came so far."""
        for folder in (self._beside / "making", *self._beside.glob(f"{_LEFT}*")):
            self._let_go(folder)
        old = self._beside / "old"
        if old.exists():
            old.rename(self._beside / f"{_READY}old")
        for folder in (*self._beside.glob(f"{_READY}*"), *self._beside.glob(f"{_BACK}*")):
            was_shown = not folder.name.endswith(f"-{_identity(folder)}")
            if was_shown or folder.name.startswith(_BACK):
                self._let_go(self._previous)
                folder.rename(self._previous)
            else:
                self._let_go(folder)

    def _let_go(self, folder: Path) -> None:
        """Delete a folder; what others have forbidden to delete is put where it is in nobody's way."""
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        for below in (folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())):
            with contextlib.suppress(OSError):  # it is not ours
                below.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists() and not folder.name.startswith(_LEFT):
            folder.rename(self._beside / f"{_LEFT}{secrets.token_hex(8)}")


def _identity(release: Path) -> str:
    return hashlib.sha256(_bytes(release / MANIFEST) or b"").hexdigest()[:16]


def _published(folder: Path, *, hashed: bool = True) -> Published:
    files: dict[str, str | None] = {}
    for file in files_of(folder):
        is_plain = file.is_file() and not file.is_symlink()
        files[file.relative_to(folder).as_posix()] = _digest(file) if hashed or not is_plain else None
    below = (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())
    return _seals(folder, files, frozenset(path.relative_to(folder).as_posix() for path in below))


def _digest(file: Path) -> str:
    """The SHA-256 of a file; empty where it is none of its own."""
    return digest_of(file) if file.is_file() and not file.is_symlink() else ""


def _seals(folder: Path, files: dict[str, str | None], folders: frozenset[str] = frozenset()) -> Published:
    manifest, record, signature = (_bytes(folder / name) for name in (MANIFEST, RECORD, SIGNATURE))
    return Published(files, manifest, record, signature, folders=folders)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _copy(there: Path, here: Path) -> None:
    here.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(there, here)


def _link(there: Path, here: Path) -> None:
    """The same file in a second folder, with its owner and rights; a copy where the disk has no links."""
    here.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        shutil.copy2(there, here, follow_symlinks=False)


def _dress(there: Path, here: Path) -> None:
    """Give a folder the rights, the time and, where we may, the owner of another."""
    if hasattr(os, "chown"):
        found = there.stat()
        with contextlib.suppress(OSError):
            os.chown(here, found.st_uid, found.st_gid)
    shutil.copystat(there, here)  # after its owner, which takes special rights away
