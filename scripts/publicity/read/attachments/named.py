"""Which files an entry names in its front matter, and which of all files anybody refers to."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from publicity.models import Entry, Interpretation, Newsletter
from publicity.models.fields.web import read_target
from publicity.read.content import Document
from publicity.read.files.pictures import FORMATS
from publicity.read.files.plain import ATTACHMENTS
from publicity.read.markdown.body import read_body
from scoring.problems import Keys


@dataclass(frozen=True)
class NamedFile:
    """A file that front matter names: at which keys, by which path in the site, and with which endings it may be there."""

    keys: Keys
    path: str
    endings: frozenset[str]


def named_files(document: Document) -> Iterator[NamedFile]:
    """The files that the front matter of a document names."""
    meta = document.meta
    if not isinstance(meta, Entry):
        return

    def named(keys: Keys, name: str, endings: Iterable[str]) -> NamedFile:
        return NamedFile(keys, path_beside(document, name), frozenset(endings))

    for number, attachment in enumerate(meta.attachments):
        yield named(("attachments", number, "file"), attachment.file, ATTACHMENTS)
    if video := meta.own_video:
        yield named(("video", "file"), video.file, [".mp4"])
        yield named(("video", "poster"), video.poster, [*FORMATS, ".svg"])
        yield named(("video", "captions", "zh"), video.captions.zh, [".vtt"])
        if video.captions.en:
            yield named(("video", "captions", "en"), video.captions.en, [".vtt"])
    if narration := narration_of(document):
        yield named(("narration",), narration, [".mp3"])
    if meta.audio:
        yield named(("audio",), meta.audio, [".mp3"])


def narration_of(document: Document) -> str | None:
    """The recording that goes with the video which is made of an entry."""
    return document.meta.narration if isinstance(document.meta, Newsletter | Interpretation) else None


def path_beside(document: Document, name: str) -> str:
    """The path in the site of a file that lies beside a document."""
    return posixpath.join(posixpath.dirname(document.path), name)


def files_in_bodies(document: Document) -> frozenset[str]:
    """The paths in the site that the texts of a document link to or show; of pages, too."""
    folder = posixpath.dirname(document.path)
    return frozenset().union(*(_named_in(source.body, folder) for source in document.sources))


@lru_cache(maxsize=20_000)  # a preview asks for all texts at every change, and nearly all are as they were
def _named_in(body: str, folder: str) -> frozenset[str]:
    targets = (read_target(link.target) for link in read_body(body).links)
    paths = (target.path for target in targets if not target.scheme)
    return frozenset(posixpath.normpath(posixpath.join(folder, path)) for path in paths if path)


def files_of(document: Document) -> frozenset[str]:
    """The paths in the site of all files that a document refers to."""
    return files_in_bodies(document) | {file.path for file in named_files(document)}
