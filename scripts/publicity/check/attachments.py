"""Files that front matter names: they are there and of the right kind; a video can be played, and its captions fit it."""

import posixpath
from collections.abc import Iterator

from publicity.models import Entry, Video
from publicity.problems import Problem, near_path
from publicity.read.attachments.captions import caption_problems
from publicity.read.attachments.movie import PLAYED, Movie, read_movie
from publicity.read.attachments.named import named_files, path_beside
from publicity.read.content import Document
from publicity.read.draft import Draft
from publicity.read.files.pictures import FORMATS, narrow_path
from publicity.read.files.plain import open_file
from publicity.read.source import read_text


def check_attachments(draft: Draft) -> Iterator[Problem]:
    """Files that are named and not there, or named for what they cannot be; one file named twice."""
    media = draft.content.media
    for document in draft.content.all_entries():
        first: set[str] = set()
        for file in named_files(document):
            target = posixpath.basename(file.path)
            if posixpath.splitext(target)[1].lower() not in file.endings:
                kinds = tuple(sorted(file.endings))
                yield document.source.problem(file.keys, "other-ending", found=target, kinds=kinds)
            elif file.path not in media:
                hint = near_path(file.path, media)
                yield document.source.problem(file.keys, "file-nowhere", target=target, path=file.path, hint=hint)
            elif file.keys[0] == "attachments" and file.path in first:
                yield document.source.problem(file.keys, "attached-twice", file=target)
            first.add(file.path)


def check_scaled_names(draft: Draft) -> Iterator[Problem]:
    """Files that have the name which the smaller form of a picture gets."""
    media = draft.content.media
    for path, file in media.items():
        if (narrow := narrow_path(path)) in media and posixpath.splitext(path)[1].lower() in FORMATS:
            yield Problem(draft.project.name(media[narrow]), 1, "same-name", {"page": narrow, "first": file.name})


def check_videos(draft: Draft) -> Iterator[Problem]:
    """Videos that browsers do not play, and captions that do not fit them."""
    unsound = {problem.path for problem in draft.problems}
    for document in draft.content.all_entries():
        video = document.meta_as(Entry).own_video
        movie = read_video(draft, document, video, unsound) if video else None
        if video is None or movie is None:
            continue  # what is missing or broken has its own problem
        if not movie.pictures or not set(movie.pictures) <= {*PLAYED}:
            values = {"file": video.file, "found": movie.pictures or ("?",)}
            yield document.source.problem(("video", "file"), "video-not-played", **values)
        if not movie.seconds:
            yield document.source.problem(("video", "file"), "video-without-length", file=video.file)
        for name in (video.captions.zh, video.captions.en):
            path = draft.content.media.get(path_beside(document, name)) if name else None
            if path and path.suffix.lower() == ".vtt":
                shown = draft.project.name(path)
                text, problems = read_text(path, shown)
                yield from problems if text is None else caption_problems(text, shown, movie.seconds)


def read_video(draft: Draft, document: Document, video: Video, unsound: set[str]) -> Movie | None:
    """What the file of a video says of itself; None where it is missing or broken."""
    path = draft.content.media.get(path_beside(document, video.file))
    if path is None or path.suffix.lower() != ".mp4" or draft.project.name(path) in unsound:
        return None
    with open_file(path) as file:
        return read_movie(file)
