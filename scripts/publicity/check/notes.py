"""What is told and refuses nothing: files that stay large for ever, that nobody refers to or that could not be looked at, videos that begin late, changes that no reader is told of."""

import posixpath
from collections.abc import Iterator, Set
from pathlib import Path

from publicity.check.attachments import read_video
from publicity.models import Entry
from publicity.problems import Problem
from publicity.read.attachments.named import files_of
from publicity.read.attachments.words import words_in
from publicity.read.content import Content
from publicity.read.draft import Draft
from publicity.read.files.plain import MEGABYTE
from publicity.read.load import SHARED

LARGE = 20
"""Megabytes of a file that is worth a thought: git keeps it for ever, and everybody fetches it."""


def note_large_files(draft: Draft) -> Iterator[Problem]:
    """Files that git should not keep without need."""
    for path in draft.content.media.values():
        if path.is_file() and (size := path.stat().st_size) > LARGE * MEGABYTE:
            yield Problem(draft.project.name(path), 1, "large-file", {"size": f"{size / MEGABYTE:.1f}", "large": LARGE})


def note_folders_of_no_region(draft: Draft) -> Iterator[Problem]:
    """Folders beside those of the regions that hold something: no site has it, and nothing else looks at it."""
    content = draft.project.content
    known = {SHARED, *draft.project.regions()}
    for folder in sorted(content.iterdir()):
        if folder.name in known or folder.name.startswith(".") or not folder.is_dir():
            continue
        if any(path.is_file() for path in folder.rglob("*")):
            yield Problem(draft.project.name(folder), 1, "folder-of-no-region", {"found": folder.name})


def note_slow_videos(draft: Draft) -> Iterator[Problem]:
    """Videos whose index stands behind the film."""
    for document in draft.content.all_entries():
        video = document.meta_as(Entry).own_video
        movie = read_video(draft, document, video, set()) if video else None
        if video and movie and not movie.index_first:
            yield document.source.problem(("video", "file"), "video-starts-late", file=video.file)


def note_untold_changes(draft: Draft) -> Iterator[Problem]:
    """Entries drafted anew after their publication whose history does not say so; an official document has a day of its own."""
    for document in draft.content.all_entries():
        meta = document.meta_as(Entry)
        drafted = meta.review.drafted
        if drafted and drafted.date > meta.updated and not meta.is_official:
            known = {"drafted": drafted.date, "day": meta.updated}
            yield document.source.problem(("review", "drafted"), "drafted-after-update", **known)


def note_unused_files(draft: Draft) -> Iterator[Problem]:
    """Files that nobody refers to: they are not published."""
    for path in sorted(_unused(draft.content)):
        file = draft.content.media[path]
        yield Problem(draft.project.name(file), 1, "unused-file", {"file": file.name})


def _unused(content: Content) -> Set[str]:
    if content.broken or content.bodies_without_meta:
        return frozenset()  # what could not be read may refer to them
    used = {path for document in content.documents() for path in files_of(document)} | content.embargoed_files
    return content.media.keys() - used


def note_doubtful_files(draft: Draft) -> Iterator[Problem]:
    """Files to take away that bear comments, or whose words could not be read: nobody has looked for numbers of persons and marks of secrecy."""
    for path in sorted(draft.content.media.keys() - _unused(draft.content)):
        file = draft.content.media[path]
        yield from remarks(file, draft.project.name(file))


def remarks(path: Path, name: str) -> Iterator[Problem]:
    """What somebody should look at in a file to take away; `name` is its path as shown to people."""
    words, file = words_in(path), posixpath.basename(name)
    if not words.is_read:
        yield Problem(name, 1, "words-unread", {"file": file})
    elif words.blank:
        yield Problem(name, 1, "pages-unread", {"file": file, "count": words.blank})
    if words.comments:
        yield Problem(name, 1, "file-with-comments", {"file": file, "count": words.comments})
