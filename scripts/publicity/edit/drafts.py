"""Drafts: what an editor has changed of an entry, over what is published.

A draft is a branch, `draft/<collection>/<slug>`, with a commit for each save. What was typed since lies in
`build/drafts/<collection>/<slug>/unsaved/`, so that a closed page loses nothing. Neither is ever written over by somebody who has
not seen it: whoever writes says which version was read.
"""

import hashlib
import itertools
import json
import posixpath
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from publicity.edit.front_matter import MarkdownFile, text_in
from publicity.edit.git.repository import ChangedMeanwhileError, Changes, Repository
from publicity.models import ENTRY_MODELS, Entry
from publicity.models.fields import is_slug
from publicity.project import Project
from publicity.read.files.media import MEDIA
from publicity.work.names import KEPT

PREFIX = "draft/"
_MIRRORED = ("content", "docs", "overrides", "scoring_wasm", "mkdocs.yml", "package.json")
"""What the line from content to pages reads."""

Files = dict[str, bytes]


Noted = tuple[int, str]
"""A line of the text, 0 where it concerns none, and what is to be looked at there."""


class RefusedError(Exception):
    """A step cannot be taken, and nothing has been changed. `code` names the reason in `labels/edit.yml`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class EntryName:
    """An entry by its place: the region's folder or `shared`, its collection, its slug."""

    folder: str
    collection: str
    slug: str

    @property
    def home(self) -> str:
        """The folder that it lies in, with its pictures and attachments."""
        return f"content/{self.folder}/{self.collection}"

    @property
    def path(self) -> str:
        """Its file."""
        return f"{self.home}/{self.slug}.md"

    @property
    def english(self) -> str:
        """The file of its English side."""
        return f"{self.home}/{self.slug}.en.md"

    @property
    def branch(self) -> str:
        """The branch of its draft."""
        return f"{PREFIX}{self.collection}/{self.slug}"

    @property
    def model(self) -> type[Entry]:
        """What it may say."""
        return ENTRY_MODELS[self.collection]


@dataclass(frozen=True)
class Draft:
    """The state of an entry: what is published, saved, and typed since.

    Attributes:
        base: The published commit that the draft was begun from; of an entry without a draft, the newest.
        head: The newest commit of its branch, or None.
        saved: The files that the branch changes.
        unsaved: The files that were typed into since.
        has_moved: Whether the branch has gone on since that typing began.
        is_behind: Whether what is published of these files has changed since the draft was begun.
        has_parted: Whether another desk's draft at the remote has gone another way.
    """

    name: EntryName
    base: str
    head: str | None
    published: Files
    saved: Changes
    unsaved: Files
    has_moved: bool
    is_behind: bool
    has_parted: bool

    @property
    def is_in_conflict(self) -> bool:
        """Whether somebody has to choose before anything is written."""
        return self.has_moved or self.is_behind or self.has_parted

    @property
    def changes(self) -> Changes:
        """All files that are other than published."""
        return {**self.saved, **self.unsaved}

    @property
    def unused(self) -> frozenset[str]:
        """Files that lie beside it in the draft alone and that neither of its texts names: taken out of these, they go."""
        texts = self.text(self.name.path) + self.text(self.name.english)
        return frozenset(
            path
            for path, content in self.changes.items()
            if self.is_beside(path) and content is not None and path not in self.published
            if posixpath.basename(path) not in texts + unquote(texts)
        )

    def is_beside(self, path: str) -> bool:
        """Whether a file is a picture, an attachment or the like of the draft."""
        return path in self.changes and posixpath.dirname(path) == self.name.home and not path.endswith(".md")

    def content(self, path: str) -> bytes | None:
        """What a file holds now; None where it is not there."""
        changes = self.changes
        return changes[path] if path in changes else self.published.get(path)

    def text(self, path: str) -> str:
        """What a file says now; nothing where it is not there."""
        return text_in(self.content(path) or b"")

    @property
    def file(self) -> MarkdownFile:
        """The entry as it is now."""
        return MarkdownFile.of(self.text(self.name.path))

    @property
    def english(self) -> MarkdownFile:
        """Its English side as it is now."""
        return MarkdownFile.of(self.text(self.name.english))

    @property
    def is_there(self) -> bool:
        """Whether there is such an entry, published or not."""
        return bool(self.text(self.name.path))

    @property
    def version(self) -> str:
        """What an editor has read, in a few letters."""
        return _digest({path: self.text(path).encode() for path in (self.name.path, self.name.english)}, self.name)


class Drafts:
    """The drafts of a region, in a repository."""

    def __init__(self, project: Project, repository: Repository, region: str) -> None:
        self.project = project
        self.repository = repository
        self.region = region
        self.folder = project.build / "drafts"

    def name_of(self, collection: str, slug: str) -> EntryName | None:
        """The place of an entry, or of one that may be begun there; None where a name is none."""
        if collection not in ENTRY_MODELS or not is_slug(slug):
            return None
        own, shared = (EntryName(folder, collection, slug) for folder in (self.region, "shared"))
        branch = self.repository.head(own.branch)
        for name in (own, shared):
            if self.repository.read(self._main, name.path) is not None:
                return name
        for name in (own, shared):
            if (branch and self.repository.read(branch, name.path) is not None) or self._unsaved(name):
                return name
        return shared if ENTRY_MODELS[collection].shared else own

    def names(self) -> Iterator[EntryName]:
        """All entries of the region, published or not, by collection and name."""
        found = set()
        for path in self.repository.files(self._main, f"content/{self.region}", "content/shared"):
            _, folder, collection, *rest = path.split("/")
            if collection in ENTRY_MODELS and len(rest) == 1 and re.fullmatch(r"[a-z0-9-]+\.md", rest[0]):
                found.add(EntryName(folder, collection, rest[0].removesuffix(".md")))
        begun = [branch.split("/")[1:] for branch in self.repository.branches(PREFIX) if branch.count("/") == 2]
        begun += [list(path.relative_to(self.folder).parts[:2]) for path in self.folder.glob(f"*/*/{_UNSAVED}*")]
        for collection, slug in begun:
            name = self.name_of(collection, slug)
            if name and self.open(name).is_there:
                found.add(name)
        order = list(ENTRY_MODELS)
        yield from sorted(found, key=lambda name: (order.index(name.collection), name.slug))

    def uncommitted(self) -> list[EntryName]:
        """Entries that somebody has written into the user's folder, and that neither git nor a draft knows."""
        found = []
        known = self.repository.files(self._main, "content")
        for folder, collection in itertools.product((self.region, "shared"), ENTRY_MODELS):
            for file in sorted((self.project.content / folder / collection).glob("*.md")):
                name = EntryName(folder, collection, file.stem)
                is_new = is_slug(file.stem) and file.is_file() and not file.is_symlink() and name.path not in known
                if is_new and file.stem != "index" and not self.open(name).is_there:
                    found.append(name)
        return found

    def take_up(self, name: EntryName) -> Draft:
        """Make a draft of an entry in the user's folder; there it goes, or nothing could be published in its place.

        The pictures that it names stay there, too: others may name them.
        """
        texts = {path: self.project.root / path for path in (name.path, name.english)}
        files = {path: file.read_bytes() for path, file in texts.items() if file.is_file() and not file.is_symlink()}
        words = b"\n".join(files.values()).decode("utf-8", "replace")
        known = self.repository.files(self._main, name.home)
        for file in sorted((self.project.root / name.home).iterdir()):
            path = f"{name.home}/{file.name}"
            if file.suffix.lower() in MEDIA and file.name in words + unquote(words) and path not in known:
                files |= {path: file.read_bytes()} if file.is_file() and not file.is_symlink() else {}
        draft = self.keep(name, None, files)
        for path in files.keys() & texts.keys():
            texts[path].unlink()
        return draft

    def open(self, name: EntryName) -> Draft:
        """The state of an entry."""
        main, head = self._main, self.repository.head(name.branch)
        base = (self.repository.common(main, head) if head else None) or main
        published = self._files(main, name)
        began = self._files(base, name)
        saved: dict[str, bytes | None] = {}
        now = self._files(head, name) if head else {}
        if head:
            saved = {path: now.get(path) for path in sorted({*began, *now}) if began.get(path) != now.get(path)}
        # What is as it was saved was typed before a save that was cut short.
        as_saved = now if head else published
        unsaved = {path: text for path, text in self._unsaved(name).items() if as_saved.get(path) != text}
        return Draft(
            name,
            base,
            head,
            published,
            saved,
            unsaved,
            has_moved=bool(unsaved) and self._typed_on(name) != (head or _digest(published, name)),
            is_behind=any(began.get(path) != published.get(path) for path in saved),
            has_parted=self._parted_from(name) is not None,
        )

    def keep(self, name: EntryName, version: str | None, files: Changes) -> Draft:
        """Keep what was typed, unsaved; files that are as saved, or None, are dropped.

        Raises:
            ChangedMeanwhileError: the entry is not as the editor has read it.
            RefusedError: another region has a draft of this name.
        """
        if self._is_of_another_region(name):
            raise RefusedError("other-region")
        draft = self.open(name)
        if draft.is_in_conflict or (version is not None and version != draft.version):
            raise ChangedMeanwhileError
        saved = {**draft.published, **draft.saved}
        typed = {**draft.unsaved, **files}
        unsaved = {path: text for path, text in typed.items() if text is not None and saved.get(path) != text}
        self._write_unsaved(draft, unsaved)
        return self.open(name)

    def save(self, name: EntryName, message: str, author: str, state: str = "draft") -> Draft:
        """Put what was typed onto the draft's branch as one commit, which says its state of review; files without use are dropped.

        Raises:
            ChangedMeanwhileError: the branch has gone on since the typing began.
        """
        draft = self.open(name)
        if draft.is_in_conflict:
            raise ChangedMeanwhileError
        unused = draft.unused
        changes: dict[str, bytes | None] = dict.fromkeys(unused & draft.saved.keys())
        changes |= {path: content for path, content in draft.unsaved.items() if path not in unused}
        if changes or (draft.head and state != ("draft" if draft.unsaved else self._said(draft.head))):
            parent = draft.head or draft.base
            self.repository.commit(name.branch, changes, f"{message}\n\n{_STATE}{state}\n", author, (parent,))
        self._write_unsaved(draft, {})
        return self.open(name)

    def state(self, draft: Draft) -> str:
        """How far the review of a draft has come: `draft`, `submitted`, `reviewed`; `published` where there is none.

        What was changed and has come back to the published text is no draft any more.
        """
        if draft.head is None:
            return "draft" if draft.unsaved else "published"
        if draft.unsaved:
            return "draft"
        said = self._said(draft.head)
        return "published" if said == "draft" and not draft.changes and not draft.has_parted else said

    def keep_ours(self, name: EntryName, author: str) -> Draft:
        """Where a draft and what else has changed lead apart: go on with the draft. The other stays in its history."""
        draft = self.open(name)
        if draft.head and draft.is_behind:
            self._merge(draft, f"以草稿为准\n\n{_STATE}draft\n", author)
        self._join(name, {}, f"以本机的草稿为准\n\n{_STATE}draft\n", author)
        self._write_unsaved(self.open(name), draft.unsaved)
        return self.open(name)

    def take_theirs(self, name: EntryName, author: str) -> Draft:
        """Go on with what others have written. What was typed becomes a version of its own below it, so that it can be restored."""
        draft = self.open(name)
        self._write_unsaved(draft, {})
        if draft.unsaved:
            self.set_aside(name, draft.unsaved, author)
        if draft.is_behind:
            back = {path: draft.published.get(path) for path in draft.saved}
            self._merge(self.open(name), f"采用已发布的文字\n\n{_STATE}draft\n", author, back)
        if theirs := self._parted_from(name):
            other = self._files(theirs, name)
            back = {path: other.get(path) for path in draft.saved}
            self._join(name, back, f"采用他人的改动\n\n{_STATE}draft\n", author)
        return self.open(name)

    def set_aside(self, name: EntryName, files: Files, author: str) -> None:
        """Put files into the history of a draft, so that they can be restored, and leave it as it is."""
        draft = self.open(name)
        parent = draft.head or draft.base
        before = self._files(parent, name)
        if all(before.get(path) == content for path, content in files.items()):
            return
        mine = self.repository.commit(name.branch, files, f"未采用的改动\n\n{_STATE}draft\n", author, (parent,))
        back: dict[str, bytes | None] = {path: before.get(path) for path in files}
        self.repository.commit(name.branch, back, f"恢复此前的文字\n\n{_STATE}draft\n", author, (mine,))
        self._write_unsaved(self.open(name), draft.unsaved)

    def publish(self, draft: Draft, changes: Changes, message: str, author: str) -> bool:
        """Put a draft onto the published branch as one commit, and end it; returns whether the user's folder follows.

        Raises:
            ChangedMeanwhileError: what is published has changed since the draft was begun, or the user's folder is in the way.
        """
        if draft.is_behind or draft.unsaved:
            raise ChangedMeanwhileError
        follows = self.repository.publish(changes, message, author)
        self._end(draft.name, self.repository.delete)
        return follows

    def discard(self, name: EntryName, author: str) -> None:
        """End a draft; all of it, what was typed and not saved, too, stays in the repository under a name that nothing lists.

        Raises:
            ChangedMeanwhileError: others have changed it, or what is published of it.
        """
        self.save(name, "放弃草稿", author)
        self._end(name, self.repository.put_away)

    def _end(self, name: EntryName, remove: Callable[[str], None]) -> None:
        """Remove the branch of a draft, and what lies here of it: what was typed, its remarks, its mirror."""
        remove(name.branch)
        shutil.rmtree(self._place(name), ignore_errors=True)

    def rename(self, name: EntryName, new: EntryName, author: str) -> None:
        """Give a draft of what was never published another name, with what was typed and not saved; what lies beside it keeps its own.

        Raises:
            ChangedMeanwhileError: others have changed it.
            RefusedError: another region has a draft of the new name.
        """
        draft = self.open(name)
        if draft.is_in_conflict:
            raise ChangedMeanwhileError
        own = {name.path: new.path, name.english: new.english}
        self.keep(new, None, {own.get(path, path): content for path, content in draft.changes.items()})
        self.note(new, self.noted(name))
        self.save(new, f"改文件名：{name.slug} → {new.slug}", author)
        self.discard(name, author)

    def note(self, name: EntryName, remarks: tuple[Noted, ...]) -> None:
        """Keep what is to be looked at in a draft until it is published."""
        _write(self._place(name) / _REMARKS, json.dumps(remarks, ensure_ascii=False).encode())

    def noted(self, name: EntryName) -> tuple[Noted, ...]:
        """What was noted; nothing where that cannot be read."""
        try:
            rows = json.loads((self._place(name) / _REMARKS).read_text(encoding="utf-8"))
            return tuple((int(line), str(text)) for line, text in rows)
        except (OSError, ValueError, TypeError):
            return ()

    def mirror(self, draft: Draft | None = None) -> Project:
        """A project to check and preview in: what is published, with a draft's files laid over it."""
        place = (self._place(draft.name) if draft else self.folder / "published") / "project"
        stamp = place / "mirror.json"
        unused = draft.unused if draft else ()
        changes = {path: content for path, content in draft.changes.items() if path not in unused} if draft else {}
        last = _stamp_of(stamp)
        files = self.repository.files(self._main, *_MIRRORED)
        if last["main"] != self._main:
            shutil.rmtree(place, ignore_errors=True)
            for path, sha in files.items():
                _write(place / path, self.repository.content(sha))
            self._link_shared(place)
        over = set(last["over"])
        _write(stamp, _stamped(self._main, over | set(changes)))  # what a full disk leaves half written is seen to
        for path in over - set(changes):
            if path in files:
                _write(place / path, self.repository.content(files[path]))
            else:
                (place / path).unlink(missing_ok=True)
        for path, content in changes.items():
            if content is None:
                (place / path).unlink(missing_ok=True)
            else:
                _write(place / path, content)
        _write(stamp, _stamped(self._main, changes))
        return Project(place.resolve())

    @property
    def _main(self) -> str:
        return self.repository.head(self.repository.main) or ""

    def others(self, draft: Draft) -> str | None:
        """The commit that a draft in conflict is to be compared with."""
        parted = self._parted_from(draft.name)
        return parted or (self._main if draft.is_behind else None) or draft.head or self._main

    def _said(self, commit: str) -> str:
        """The state that a commit of a draft says."""
        found = re.findall(rf"^{_STATE}(\w+)$", self.repository.message(commit), re.MULTILINE)
        return found[-1] if found and found[-1] in STATES else "draft"

    def _is_of_another_region(self, name: EntryName) -> bool:
        """Whether the branch of a draft is that of an entry of the same name elsewhere."""
        head = self.repository.head(name.branch)
        base = head and self.repository.common(self._main, head)
        if not head or not base:
            return False
        before, after = self.repository.files(base, "content"), self.repository.files(head, "content")
        ending = f"/{name.collection}/{name.slug}.md"
        return any(
            path.endswith(ending) and path != name.path and before.get(path) != sha for path, sha in after.items()
        )

    def _parted_from(self, name: EntryName) -> str | None:
        ours, theirs = self.repository.head(name.branch), self.repository.remote_head(name.branch)
        if not ours or not theirs or ours == theirs:
            return None
        is_line = self.repository.is_ahead(ours, theirs) or self.repository.is_ahead(theirs, ours)
        return None if is_line else theirs

    def _join(self, name: EntryName, changes: Changes, message: str, author: str) -> None:
        """Where another desk's draft has gone another way: a commit that has grown from both."""
        ours, theirs = self.repository.head(name.branch), self._parted_from(name)
        if ours and theirs:
            self.repository.commit(name.branch, changes, message, author, (ours, theirs))

    def _merge(self, draft: Draft, message: str, author: str, own: Changes | None = None) -> None:
        """A commit that has grown from what is published now, too, with the draft's own files as they were, or as told."""
        main = self.repository.files(self._main, "content")
        old = self.repository.files(draft.base, "content")
        brought: dict[str, bytes | None] = {
            path: self.repository.content(main[path]) if path in main else None
            for path in {*main, *old}
            if main.get(path) != old.get(path) and path not in draft.saved
        }
        parents = (draft.head or draft.base, self._main)
        self.repository.commit(draft.name.branch, {**brought, **(own or {})}, message, author, parents)

    def _files(self, commit: str, name: EntryName) -> Files:
        """The entry's own files in a commit, and what lies beside it for any entry of its collection."""
        files = self.repository.files(commit, name.home)
        own = {
            path: sha
            for path, sha in files.items()
            if path.rpartition("/")[0] == name.home and (not path.endswith(".md") or path in (name.path, name.english))
        }
        return {path: self.repository.content(sha) for path, sha in own.items()}

    def _place(self, name: EntryName) -> Path:
        return self.folder / name.collection / name.slug

    def _unsaved_place(self, name: EntryName) -> Path:
        """Where the unsaved files of an entry lie; a change of theirs that was cut short is finished."""
        folder = self._place(name) / _UNSAVED
        fresh = folder.with_name(_FRESH)
        if not folder.exists() and (fresh / _HEAD).exists():
            fresh.rename(folder)
        return folder

    def _unsaved(self, name: EntryName) -> Files:
        folder = self._unsaved_place(name) / name.home
        if not folder.is_dir():
            return {}
        return {f"{name.home}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

    def _typed_on(self, name: EntryName) -> str:
        note = self._unsaved_place(name) / _HEAD
        return note.read_text(encoding="utf-8") if note.exists() else ""

    def _write_unsaved(self, draft: Draft, files: Files) -> None:
        """Let these be the unsaved files, all at once: whenever the program ends, either they are there or those before them."""
        folder = self._unsaved_place(draft.name)
        fresh, old = folder.with_name(_FRESH), folder.with_name(_OLD)
        for left in (fresh, old):
            shutil.rmtree(left, ignore_errors=True)
        for path, content in files.items():
            _write(fresh / path, content)
        if files:  # written last, it says that all are there
            _write(fresh / _HEAD, (draft.head or _digest(draft.published, draft.name)).encode())
        if folder.exists():
            folder.rename(old)
        if files:
            fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)

    def _link_shared(self, place: Path) -> None:
        """What takes long to make, and is the same for every draft, is made once."""
        (place / "build").mkdir(parents=True, exist_ok=True)
        for name in ("node_modules", "build/documents", "build/engine", f"build/{KEPT}"):
            target = self.project.root / name
            if name != "node_modules":
                target.mkdir(parents=True, exist_ok=True)
            _link(place / name, target)


def _digest(files: Files, name: EntryName) -> str:
    """What the two files of an entry hold, in a few letters."""
    return hashlib.sha256(files.get(name.path, b"") + b"\0" + files.get(name.english, b"")).hexdigest()[:16]


STATES = ("draft", "submitted", "reviewed")
_STATE = "State: "
_UNSAVED, _FRESH, _OLD, _HEAD = "unsaved", "unsaved.new", "unsaved.old", "head"
_REMARKS = "remarks.json"


def _stamp_of(file: Path) -> dict[str, Any]:
    """Of which commit a mirror is, and which files lie over it; of none where that cannot be read."""
    try:
        return {"main": "", "over": [], **json.loads(file.read_text(encoding="utf-8"))}
    except (OSError, ValueError):
        return {"main": "", "over": []}


def _stamped(main: str, over: Iterable[str]) -> bytes:
    return json.dumps({"main": main, "over": sorted(over)}).encode()


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _link(link: Path, target: Path) -> None:
    """Lead to a folder; Windows asks no right for a junction."""
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(target), str(link))
    else:
        link.symlink_to(target, target_is_directory=True)
