"""A server as a place, through rclone: file by file in an order that no reader suffers from, and a run that was broken off is completed.

The release before is kept as what is not in the one shown: in `.publicity-kept-<random>/`, which recipes hide and nobody can guess,
lie its manifest and, below `files/`, what the new release changed or removed. That is copied there before the site is touched; only
the pieces of a search index, all of which change their addresses with every edit, are moved there in the end, a folder at a time.
The folder also says how far a run came:
without `next.sha256` nothing of the site was touched yet, with it the site may be part one release and part the other, and `done`
says that all is well, with the list of what is shown, for when its manifest is lost. Where `next.sha256` is alone beside a site that
is shown, it came late, and says nothing. Old folders go when the new one is done. While a run goes on, its mark lies there (`busy`).
"""

import contextlib
import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from publicity.models.publishing import PublishTarget
from publicity.problems import BuildError
from publicity.publish import busy
from publicity.publish.busy import Busy
from publicity.publish.journal import Journal
from publicity.publish.place import Kept
from publicity.publish.rclone import Rclone
from publicity.publish.release import (
    RECORD,
    SIGNATURE,
    Change,
    Hashes,
    Published,
    Record,
    folders_of_pieces,
    in_order,
    in_the_way,
    parents,
    read_manifest,
    refuse_in_the_way,
    sound_rows,
    write_manifest,
)
from publicity.work.manifest import NAME as MANIFEST
from publicity.work.progress import Progress

_ASIDE = re.compile(r"\.publicity-kept-[0-9a-f]{16}(/|$)")
_KEPT = re.compile(r"(\.publicity-kept-[0-9a-f]{16})/(.+)")
_PARTIAL = re.compile(r"(.+)\.[0-9a-f]{8}\.partial")
"""What rclone calls a file until all of it has arrived; a run that is killed leaves it so."""
_NEXT, _DONE, _FILES = "next.sha256", "done", "files"


@dataclass
class _Aside:
    """A folder with what is not shown: the release before, or what a run that goes on has put aside."""

    name: str
    inside: set[str] = field(default_factory=set)
    is_late: bool = False
    """Whether only the list of what was to come is here: it arrived when its run was broken off and its folder put away."""

    @property
    def is_begun(self) -> bool:
        return _NEXT in self.inside and not self.is_late

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
        self._busy = Busy(target.name, self._rclone)
        self._there: dict[str, int] = {}
        self._folders: frozenset[str] = frozenset()
        self._aside: dict[str, _Aside] = {}
        self._hollow: set[str] = set()
        """Folders for what is put aside in which no file lies any more: a run was killed as it removed them."""
        self._seen: bytes | None = None
        """The manifest there when it was looked at."""
        self._mended: bytes | None = None
        """What it was before it was lost or broken."""
        self._untouched: set[str] = set()
        """What runs that were broken off have left as it was."""

    def look(self, fresh: Path | None = None, *, check: bool = False) -> Published:
        """What lies there, by its list of files with their sizes and its manifest; broken runs' files are known by what they wrote down."""
        self._list()
        seals = self.seals()
        self._seen = seals.manifest
        if begun := [one for one in self._aside.values() if one.is_begun]:
            published = self._look_at_broken(begun)
        else:
            files = {path: seals.sound.get(path) for path in self._there}
            if seals.record:
                files[RECORD] = hashlib.sha256(seals.record).hexdigest()
            published = replace(seals, files=files, remains=self._remains(seals.sound), folders=self._folders)
            published = self._with_noted(published)
        wanted = read_manifest((fresh / MANIFEST).read_bytes()) if fresh else {}
        if check:
            known = [path for path in published.files if path in published.ours or path in wanted]
            return replace(published, files={**dict.fromkeys(published.files), **self._read_back(known)})
        if fresh is None:
            return published
        told = {path: size for path, size in self._there.items() if size >= 0}  # not every server tells
        other = {path: "" for path, size in told.items() if _size(fresh / path) not in (size, None)}
        published = replace(published, files={**published.files, **other})
        return self._compared(published, wanted)

    def _with_noted(self, published: Published) -> Published:
        """With what was noted of the release shown, where files are there that the manifest does not list: it may be lost."""
        if published.strangers and (noted := self._noted()):
            published = published.with_noted(noted, self._read_back)
            self._mended = published.mended
        return published

    def _noted(self) -> dict[str, str]:
        """What the release shown listed, as it was noted when all was well."""
        aside = next((one for one in self._aside.values() if one.is_done), None)
        return sound_rows((self._rclone.read(f"{aside.name}/{_DONE}") if aside else None) or b"")

    def _look_at_broken(self, begun: Collection[_Aside]) -> Published:
        """What lies there where runs were broken off: files are known where all that was there and all that was to come agree."""
        wrote = [self._rclone.read(f"{one.name}/{name}") for one in begun for name in (MANIFEST, _NEXT)]
        lists = [sound_rows(data or b"") for data in wrote]
        listed = {path: digest for rows in lists for path, digest in rows.items()}
        self._untouched = {path for path in listed if len({rows.get(path) for rows in lists}) == 1}
        files = {path: listed[path] if path in self._untouched else None for path in self._there}
        first = next(iter(begun)).name
        record = self._rclone.read(f"{first}/{_FILES}/{RECORD}") or self._rclone.read(f"{first}/{RECORD}")
        remains = self._remains(listed)
        return Published(files, wrote[0], record, None, begun=listed, remains=remains, folders=self._folders)

    def _compared(self, published: Published, wanted: Hashes) -> Published:
        """With the hashes of files that nothing lists and that lie where others must go: they may be the same."""
        blocked = {*in_the_way(published, wanted)} & wanted.keys()
        unknown = [path for path in blocked if published.files.get(path) is None]
        return replace(published, files={**published.files, **self._read_back(unknown)}) if unknown else published

    def _read_back(self, paths: Collection[str]) -> dict[str, str]:
        return self._rclone.hashes("", paths, lambda _: None) if paths else {}

    def seals(self) -> Published:
        """Its manifest, signature and record alone."""
        manifest, record, signature = map(self._rclone.read, (MANIFEST, RECORD, SIGNATURE))
        return Published({}, manifest, record, signature)

    def hashes(self, listed: Collection[str], progress: Progress) -> dict[str, str]:
        """The SHA-256 of listed files, of their bytes as they are read back; every other is named: it may be forbidden to us, or large."""
        self._list()
        wanted = [path for path in self._there if path in listed]
        found = (
            self._rclone.hashes("", wanted, self._counting(progress, "progress-verify", len(wanted))) if wanted else {}
        )
        return {**dict.fromkeys(self._there.keys() - wanted, ""), **found}

    def put(self, fresh: Path, manifest: Hashes, change: Change, progress: Progress) -> None:
        """Put aside what the release before has and this one has not; send in order; remove; then let the older release go.

        Raises:
            BuildError: another run is at it, or was since the place was looked at.
        """
        seals = [path for path in (MANIFEST, SIGNATURE) if (fresh / path).exists()]
        send = [path for path in (*change.add, *change.change) if path not in seals] + seals
        gone = [*change.remove]
        with self._alone() as (aside, journal):
            pieces = folders_of_pieces([path for path in gone if path in self._old(aside)], self._there)
            copied = [path for path in gone if not path.startswith(tuple(pieces))]
            self._put_aside(aside, [*change.change, *copied, MANIFEST, SIGNATURE], progress)
            before = self._begun_files()
            if (
                RECORD not in self._there and (fresh / RECORD).exists()
            ):  # nothing else would say whose a first release is
                self._rclone.write(f"{aside.name}/{RECORD}", (fresh / RECORD).read_bytes())
            self._rclone.write(f"{aside.name}/{_NEXT}", write_manifest({**before, **manifest}))
            left = [path for path in send if path in seals or journal.arrived.get(path) != manifest[path]]
            count = self._counting(progress, "progress-send", len(send), done=len(send) - len(left))

            def arrived(path: str) -> None:
                journal.note(path, manifest.get(path, ""))
                count(path)

            for step in in_order(left):
                self._rclone.send(fresh, step, arrived)
            self._finish(aside, manifest, {*copied, *self._remains({*manifest, *before, *gone})}, pieces)

    def clear(self, remains: Collection[str]) -> None:
        """Remove what killed runs have left half sent, unless a run that goes on is sending it."""
        if remains and not self._marked():
            self._remove(remains)

    def kept(self) -> list[Kept]:
        """The release shown, and the one before."""
        self._list()
        seals = self.seals()
        listed = seals.sound or self._noted()
        shown = [Kept(is_shown=True, record=Record.from_json(seals.record), files=len(listed))] if listed else []
        aside = next((one for one in self._aside.values() if one.is_done), None)
        manifest = self._rclone.read(f"{aside.name}/{MANIFEST}") if aside else None
        if aside is None or manifest is None:
            return shown
        record = self._rclone.read(f"{aside.name}/{_FILES}/{RECORD}")
        return [*shown, Kept(is_shown=False, record=Record.from_json(record), files=len(sound_rows(manifest)))]

    def changed_in_kept(self, progress: Progress) -> list[str]:
        """Files of the release before that cannot be had as its manifest says, put aside or still shown.

        Raises:
            BuildError: there is none.
        """
        aside, manifest = self._before()
        kept = aside.files
        tell = self._counting(progress, "progress-verify", len(manifest))
        hashes = self._rclone.hashes("", [path for path in manifest if path not in kept], tell)
        hashes |= self._rclone.hashes(f"{aside.name}/{_FILES}", kept, tell) if kept else {}
        return sorted(path for path, digest in manifest.items() if hashes.get(path) != digest)

    def roll_back(self, progress: Progress) -> None:
        """Show the release before; where a run was broken off, the one that it began with.

        Raises:
            BuildError: there is none, files of others lie where its own must go, or another run is at it.
        """
        before, old = self._before()
        seals = replace(self.seals(), files=dict.fromkeys(self._there))
        self._seen = seals.manifest
        if before.is_begun:
            new = self._begun_files()
        else:
            seals = self._with_noted(seals)
            new = {**seals.noted, **seals.sound}
        files = {path: new.get(path) for path in self._there}
        remains = self._remains({*old, *new})
        published = Published(files, record=seals.record, begun=new, remains=remains, folders=self._folders)
        back = {path: old.get(path, "") for path in before.files}
        refuse_in_the_way(self._compared(published, back), back)
        with self._alone(anew=True) as (aside, _):
            if before.is_begun:
                self._restore(before, old, new, progress)
                self._busy.end()
                for one in [one for one in self._aside.values() if one.is_begun or one.name == aside.name]:
                    self._rclone.purge(one.name)
                return
            changed = [path for path in {*old, *new} if old.get(path) != new.get(path)]
            pieces = folders_of_pieces([path for path in new if path not in old], self._there)
            copied = [path for path in changed if not path.startswith(tuple(pieces))]
            self._put_aside(aside, [*copied, MANIFEST, SIGNATURE], progress)
            self._rclone.write(f"{aside.name}/{_NEXT}", write_manifest(old))
            self._restore(before, old, copied, progress)
            self._finish(aside, old, [], pieces)

    def _before(self) -> tuple[_Aside, dict[str, str]]:
        self._list()
        aside = self._begun() or next((one for one in self._aside.values() if one.is_done), None)
        manifest = self._rclone.read(f"{aside.name}/{MANIFEST}") if aside else None
        if aside is None or manifest is None:
            raise BuildError("no-release-before", place=self.name)
        return aside, read_manifest(manifest)

    def _restore(self, aside: _Aside, old: Hashes, new: Collection[str], progress: Progress) -> None:
        """Bring back what was put aside; remove what only the other release has."""
        kept = aside.files
        sent = self._counting(progress, "progress-send", len(kept))
        for step in in_order(kept):
            self._rclone.copy_within(f"{aside.name}/{_FILES}", "", step, sent)
        gone = [*(path for path in new if path not in old), *self._remains({*old, *new})]
        self._remove(gone if SIGNATURE in kept else [*gone, SIGNATURE])

    def _list(self) -> None:
        """Ask what lies there."""
        found = self._rclone.sizes()
        self._there, self._aside = {}, {}
        folders = [path for path, size in found.items() if size is None]
        self._folders = frozenset(path for path in folders if not _ASIDE.match(path))
        for path, size in found.items():
            if size is None:
                continue
            if match := _KEPT.fullmatch(path):
                self._aside.setdefault(match[1], _Aside(match[1])).inside.add(match[2])
            else:
                self._there[path] = size
        self._hollow = {path.partition("/")[0] for path in folders if _ASIDE.match(path)} - self._aside.keys()
        for one in self._aside.values():  # where a manifest is shown, a run puts it aside before it writes that list
            one.is_late = MANIFEST in self._there and one.inside == {_NEXT}

    def _remains(self, ours: Collection[str]) -> frozenset[str]:
        """What killed runs have left of files of ours that had not arrived."""
        known = {*ours, MANIFEST, SIGNATURE}
        return frozenset(path for path in self._there if (match := _PARTIAL.fullmatch(path)) and match[1] in known)

    def _begun(self) -> _Aside | None:
        """The folder of a run that was broken off when the site may have been touched."""
        return next((one for one in self._aside.values() if one.is_begun), None)

    def _begun_files(self) -> dict[str, str]:
        """What runs that were broken off were to bring."""
        found: dict[str, str] = {}
        for one in self._aside.values():
            if one.is_begun:
                found |= sound_rows(self._rclone.read(f"{one.name}/{_NEXT}") or b"")
        return found

    @contextlib.contextmanager
    def _alone(self, *, anew: bool = False) -> Iterator[tuple[_Aside, Journal]]:
        """The folder to put things aside in, which is marked as busy, and what has arrived there; `anew`: nothing counts as arrived.

        Raises:
            BuildError: another run is at it, here or from another machine, or was since the place was looked at.
        """
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(f"{self._journal}.lock", timeout=0):
                begun = self._begun()
                journal = Journal(self._journal)
                self._busy.refuse_others(self._marked(), journal.run)
                aside = begun or _Aside(f".publicity-kept-{secrets.token_hex(8)}")
                if anew or journal.run not in self._busy.runs(self._marked()):
                    journal.begin()
                self._busy.begin(aside.name, journal.run)
                self._list()  # two that began together see each other now, and both step back
                found = self._aside.get(aside.name, aside)
                try:
                    self._busy.refuse_others(self._marked(), journal.run)
                    is_over = begun is not None and not found.is_begun  # the run that was at it then
                    if is_over or self._rclone.read(MANIFEST) != self._seen:
                        raise BuildError("place-changed", place=self.name)  # noqa: TRY301 - to step back from
                except BuildError:
                    self._busy.end()
                    if found.is_done:
                        self._rclone.delete([f"{aside.name}/{busy.NAME}"])
                    elif not found.is_begun:
                        self._rclone.purge(aside.name)
                    raise
                self._clear_untouched(aside)
                self._rclone.is_writing = True
                if self._mended:
                    self._rclone.write(MANIFEST, self._mended)
                    self._there[MANIFEST] = len(self._mended)
                yield aside if begun is None else self._aside[aside.name], journal
                journal.end()
        except Timeout as error:
            raise BuildError("place-busy", place=self.name) from error

    def _marked(self) -> list[str]:
        """The folders that runs have marked as busy."""
        return [name for name, one in self._aside.items() if busy.NAME in one.inside]

    def _clear_untouched(self, own: _Aside) -> None:
        """Remove the folders of runs that were broken off before they touched the site, or when they removed such a folder."""
        for folder in self._hollow:
            self._rclone.remove_empties(folder)  # in which another run has begun meanwhile, it stays
        for name, one in list(self._aside.items()):
            if name != own.name and not one.is_done and not one.is_begun:
                self._rclone.purge(name)
                del self._aside[name]

    def _counting(self, progress: Progress, name: str, total: int, done: int = 0) -> Callable[[str], None]:
        """Tells how far a step is."""
        count = [done]

        def tell(_path: str) -> None:
            count[0] += 1
            progress.at(name, done=count[0], total=total)

        return tell

    def _old(self, aside: _Aside) -> dict[str, str]:
        """What the release lists that is shown, or was when a run that was broken off began."""
        begun = self._rclone.read(f"{aside.name}/{MANIFEST}") if aside.is_begun else None
        return sound_rows(begun or self._mended or self._seen or b"")

    def _put_aside(self, aside: _Aside, paths: Collection[str], progress: Progress) -> None:
        """Copy what will be changed or removed, where that was not done yet; what a broken run has touched it has put aside before."""
        there = (path for path in paths if path in self._there and not _PARTIAL.fullmatch(path))
        wanted = [path for path in there if path not in aside.files]
        if aside.is_begun:
            wanted = [path for path in wanted if path in self._untouched]
        tell = self._counting(progress, "progress-keep", len(wanted))
        self._rclone.copy_within("", f"{aside.name}/{_FILES}", wanted, tell)
        if not aside.is_begun and (manifest := self._rclone.read(MANIFEST)):
            self._rclone.write(f"{aside.name}/{MANIFEST}", manifest)

    def _finish(self, aside: _Aside, shown: Hashes, gone: Collection[str], pieces: Collection[str]) -> None:
        """Put folders of pieces aside, remove what is gone, then the older release; at last say that all is well, and what is shown."""
        for folder in pieces:
            self._rclone.move_folder(folder, f"{aside.name}/{_FILES}/{folder}")
            self._there = {path: size for path, size in self._there.items() if not path.startswith(folder)}
        self._remove(gone)
        for name in self._aside:
            if name != aside.name:
                self._rclone.purge(name)
        self._rclone.write(f"{aside.name}/{_DONE}", write_manifest(shown))
        self._busy.end()
        self._rclone.delete([f"{aside.name}/{_NEXT}", f"{aside.name}/{busy.NAME}"])

    def _remove(self, paths: Collection[str]) -> None:
        there = [path for path in paths if path in self._there]
        self._rclone.delete(there)
        if not self._rclone.has_folders:
            return
        left = self._there.keys() - there
        folders = {parent for path in there for parent in parents(path)}
        for folder in sorted(folders, key=len, reverse=True):
            if not any(path.startswith(f"{folder}/") for path in left):
                self._rclone.remove_empty(folder)


def _size(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None
