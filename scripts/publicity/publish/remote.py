"""A server as a place, through rclone: file by file in an order that no reader suffers from, and a run that was broken off is completed.

The release before is kept as what is not in the one shown: in `.publicity-kept-<random>/`, which recipes hide and nobody can guess,
lie its manifest and, below `files/`, what the new release changed or removed. The folder also says how far a run came:
without `next.sha256` nothing of the site was touched yet, with it the site may be part one release and part the other, and `done`
says that all is well. Old folders go when the new one is done.
"""

import posixpath
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from publicity.finish.manifest import NAME as MANIFEST
from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError
from publicity.publish.place import Kept
from publicity.publish.rclone import Rclone
from publicity.publish.release import (
    RECORD,
    SIGNATURE,
    Change,
    Hashes,
    Published,
    Record,
    in_order,
    read_manifest,
    write_manifest,
)
from publicity.work.progress import Progress

_KEPT = re.compile(r"(\.publicity-kept-[0-9a-f]{16})/(.+)")
_PARTIAL = re.compile(r"(.+)\.[0-9a-f]{8}\.partial")
"""What rclone calls a file until all of it has arrived; a run that is killed leaves it so."""
_NEXT, _DONE, _FILES = "next.sha256", "done", "files"


@dataclass
class _Aside:
    """A folder with what is not shown: the release before, or what a run that goes on has put aside."""

    name: str
    inside: set[str] = field(default_factory=set)

    @property
    def is_begun(self) -> bool:
        return _NEXT in self.inside

    @property
    def is_done(self) -> bool:
        return _DONE in self.inside and not self.is_begun

    @property
    def files(self) -> set[str]:
        return {path.removeprefix(f"{_FILES}/") for path in self.inside if path.startswith(f"{_FILES}/")}


class RemotePlace:
    """A folder behind SFTP or FTP, or a bucket."""

    def __init__(self, target: PublishTarget, journal: Path) -> None:
        self.name = target.name
        self._target = target
        self._journal = journal
        self._rclone = Rclone(target)
        self._there: set[str] = set()
        self._aside: dict[str, _Aside] = {}

    def look(self) -> Published:
        """What lies there, by its list of files and its manifest; a broken run's files are known by what it wrote down."""
        self._list()
        begun = self._begun()
        if begun is None:
            seals = self.seals()
            listed = seals.listed
            files = {path: listed.get(path) for path in self._there}
            return replace(seals, files=files, remains=self._remains(listed))
        manifest = self._rclone.read(f"{begun.name}/{MANIFEST}")
        old = read_manifest(manifest or b"")
        new = read_manifest(self._rclone.read(f"{begun.name}/{_NEXT}") or b"")
        known = {path: old[path] if old.get(path) == new.get(path) else None for path in self._there & old.keys()}
        files = {path: known.get(path) for path in self._there}
        record = self._rclone.read(f"{begun.name}/{_FILES}/{RECORD}")
        return Published(files, manifest, record, None, begun=new, remains=self._remains({*old, *new}))

    def seals(self) -> Published:
        """Its manifest, signature and record alone."""
        manifest, record, signature = map(self._rclone.read, (MANIFEST, RECORD, SIGNATURE))
        return Published({}, manifest, record, signature)

    def hashes(self, progress: Progress) -> dict[str, str]:
        """The SHA-256 of every file, of its bytes as they are read back."""
        self._list()
        return self._rclone.hashes("", self._there, _counting(progress, "progress-verify", len(self._there)))

    def put(self, fresh: Path, manifest: Hashes, change: Change, progress: Progress) -> None:
        """Put aside what the release before has and this one has not; send in order; remove; then let the older release go."""
        seals = [path for path in (MANIFEST, SIGNATURE) if (fresh / path).exists()]
        send = [path for path in (*change.add, *change.change) if path not in seals] + seals
        gone = [*change.remove]
        aside = self._begun() or self._begin()
        self._put_aside(aside, [*change.change, *gone, MANIFEST, SIGNATURE], progress)
        before = read_manifest(self._rclone.read(f"{aside.name}/{_NEXT}") or b"") if aside.is_begun else {}
        self._rclone.write(f"{aside.name}/{_NEXT}", write_manifest({**before, **manifest}))
        journal = _Journal(self._journal, aside.name)
        left = [path for path in send if path in seals or journal.sent.get(path) != manifest[path]]
        count = _counting(progress, "progress-send", len(send), done=len(send) - len(left))

        def arrived(path: str) -> None:
            journal.note(path, manifest.get(path, ""))
            count(path)

        for step in in_order(left):
            self._rclone.send(fresh, step, arrived)
        self._finish(aside, {*gone, *self._remains({*manifest, *before, *gone})})
        journal.end()

    def clear(self, remains: Collection[str]) -> None:
        """Remove what killed runs have left half sent."""
        self._remove(remains)

    def kept(self) -> list[Kept]:
        """The release shown, and the one before."""
        self._list()
        seals = self.seals()
        shown = [Kept(is_shown=True, record=Record.from_json(seals.record), files=len(seals.listed))]
        aside = next((one for one in self._aside.values() if one.is_done), None)
        manifest = self._rclone.read(f"{aside.name}/{MANIFEST}") if aside else None
        if aside is None or manifest is None:
            return shown if seals.manifest else []
        record = self._rclone.read(f"{aside.name}/{_FILES}/{RECORD}")
        return [*shown, Kept(is_shown=False, record=Record.from_json(record), files=len(read_manifest(manifest)))]

    def changed_in_kept(self, progress: Progress) -> list[str]:
        """Files of the release before that cannot be had as its manifest says, put aside or still shown.

        Raises:
            BuildError: there is none.
        """
        aside, manifest = self._before()
        kept = aside.files
        tell = _counting(progress, "progress-verify", len(manifest))
        hashes = self._rclone.hashes("", [path for path in manifest if path not in kept], tell)
        hashes |= self._rclone.hashes(f"{aside.name}/{_FILES}", kept, tell) if kept else {}
        return sorted(path for path, digest in manifest.items() if hashes.get(path) != digest)

    def roll_back(self, progress: Progress) -> None:
        """Show the release before; where a run was broken off, the one that it began with."""
        aside, old = self._before()
        if aside.is_begun:
            begun = read_manifest(self._rclone.read(f"{aside.name}/{_NEXT}") or b"")
            self._restore(aside, old, begun, progress)
            self._rclone.purge(aside.name)
            return
        new = self.seals().listed
        changed = [path for path in {*old, *new} if old.get(path) != new.get(path)]
        fresh = self._begin()
        self._put_aside(fresh, [*changed, MANIFEST, SIGNATURE], progress)
        self._rclone.write(f"{fresh.name}/{_NEXT}", write_manifest(old))
        self._restore(aside, old, new, progress)
        self._finish(fresh, [])

    def _before(self) -> tuple[_Aside, dict[str, str]]:
        self._list()
        aside = self._begun() or next((one for one in self._aside.values() if one.is_done), None)
        manifest = self._rclone.read(f"{aside.name}/{MANIFEST}") if aside else None
        if aside is None or manifest is None:
            raise BuildError("no-release-before", place=self.name)
        return aside, read_manifest(manifest)

    def _restore(self, aside: _Aside, old: Hashes, new: Hashes, progress: Progress) -> None:
        """Bring back what was put aside; remove what only the other release has."""
        kept = aside.files
        sent = _counting(progress, "progress-send", len(kept))
        for step in in_order(kept):
            self._rclone.copy_within(f"{aside.name}/{_FILES}", "", step, sent)
        gone = [*(path for path in new if path not in old), *self._remains({*old, *new})]
        self._remove(gone if SIGNATURE in kept else [*gone, SIGNATURE])

    def _list(self) -> None:
        """Ask what lies there."""
        self._there, self._aside = set(), {}
        for path in self._rclone.sizes():
            if match := _KEPT.fullmatch(path):
                self._aside.setdefault(match[1], _Aside(match[1])).inside.add(match[2])
            else:
                self._there.add(path)

    def _remains(self, ours: Collection[str]) -> frozenset[str]:
        """What killed runs have left of files of ours that had not arrived."""
        known = {*ours, MANIFEST, SIGNATURE}
        return frozenset(path for path in self._there if (match := _PARTIAL.fullmatch(path)) and match[1] in known)

    def _begun(self) -> _Aside | None:
        """The folder of a run that was broken off when the site may have been touched."""
        return next((one for one in self._aside.values() if one.is_begun), None)

    def _begin(self) -> _Aside:
        """A new folder to put things aside; those of runs that were broken off before they touched the site go."""
        for name, one in list(self._aside.items()):
            if not one.is_done:
                self._rclone.purge(name)
                del self._aside[name]
        return _Aside(f".publicity-kept-{secrets.token_hex(8)}")

    def _put_aside(self, aside: _Aside, paths: Collection[str], progress: Progress) -> None:
        """Copy what will be changed or removed, where that was not done yet; what a broken run has touched it has put aside before."""
        there = (path for path in paths if path in self._there and not _PARTIAL.fullmatch(path))
        wanted = [path for path in there if path not in aside.files]
        if aside.is_begun:
            touched = read_manifest(self._rclone.read(f"{aside.name}/{_NEXT}") or b"")
            old = read_manifest(self._rclone.read(f"{aside.name}/{MANIFEST}") or b"")
            wanted = [path for path in wanted if path in old and old[path] == touched.get(path)]
        tell = _counting(progress, "progress-keep", len(wanted))
        self._rclone.copy_within("", f"{aside.name}/{_FILES}", wanted, tell)
        if not aside.is_begun and (manifest := self._rclone.read(MANIFEST)):
            self._rclone.write(f"{aside.name}/{MANIFEST}", manifest)

    def _finish(self, aside: _Aside, gone: Collection[str]) -> None:
        """Remove what is gone, then the older release; at last say that all is well."""
        self._remove(gone)
        for name in self._aside:
            if name != aside.name:
                self._rclone.purge(name)
        self._rclone.write(f"{aside.name}/{_DONE}", b"\n")
        self._rclone.delete([f"{aside.name}/{_NEXT}"])

    def _remove(self, paths: Collection[str]) -> None:
        there = [path for path in paths if path in self._there]
        self._rclone.delete(there)
        if not self._rclone.has_folders:
            return
        left = self._there.difference(there)
        folders = {parent for path in there for parent in _parents(path)}
        for folder in sorted(folders, key=len, reverse=True):
            if not any(path.startswith(f"{folder}/") for path in left):
                self._rclone.remove_empty(folder)


class _Journal:
    """What has arrived there, noted here so that a run that is broken off need not send it again."""

    def __init__(self, file: Path, run: str) -> None:
        self._file = file
        rows = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        if rows[:1] != [run]:
            rows = [run]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{run}\n", encoding="utf-8")
        self.sent = {path: digest for digest, _, path in (row.partition("  ") for row in rows[1:])}

    def note(self, path: str, digest: str) -> None:
        """A file has arrived."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{digest}  {path}\n")

    def end(self) -> None:
        """All has arrived."""
        self._file.unlink(missing_ok=True)


def _counting(progress: Progress, name: str, total: int, done: int = 0) -> Callable[[str], None]:
    count = [done]

    def tell(_path: str) -> None:
        count[0] += 1
        progress.at(name, done=count[0], total=total)

    return tell


def _parents(path: str) -> Collection[str]:
    found = []
    while path := posixpath.dirname(path):
        found.append(path)
    return found
