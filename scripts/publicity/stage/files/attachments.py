"""What a page shows of the files that its entry names: attachments, a video, a recording of the text."""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publicity.addresses import HTML_LANGUAGE
from publicity.labels import labels
from publicity.models import LANGUAGES, Attachment, Entry, Language, LocalText, Video
from publicity.read.attachments.movie import read_movie
from publicity.read.attachments.named import path_beside
from publicity.read.content import Column, Content, Document
from publicity.read.files.plain import open_file
from publicity.stage.film import transcript
from publicity.stage.films import film_of

MEGABYTE = 1_000_000


def files_shown(content: Content, document: Document, language: Language) -> dict[str, Any]:
    """Attachments, video and recording of an entry, as its page shows them; the recording is of the Chinese text."""
    meta = document.meta_as(Entry)
    return {
        "attachments": [_attachment(content, document, one, language) for one in meta.attachments],
        "video": _video(content, document, meta.own_video, language) if meta.own_video else None,
        "audio": _file(content, document, meta.audio) if meta.audio and language == "zh" else None,
    }


def size_text(size: int) -> str:
    """A number of bytes as people read it: `12 KB`, `3.4 MB`; a line does not end within it."""
    return f"{size / MEGABYTE:.1f}\u00a0MB" if size >= MEGABYTE else f"{max(1, round(size / 1000))}\u00a0KB"


def _file(content: Content, document: Document, name: str) -> dict[str, str]:
    """Where a file lies in the site, and how large it is."""
    path = path_beside(document, name)
    return {"url": path, "size": size_text(content.media[path].stat().st_size)}


def _attachment(content: Content, document: Document, one: Attachment, language: Language) -> dict[str, Any]:
    formats: dict[str, str] = labels(language)["attachments"]["formats"]
    ending = posixpath.splitext(one.file)[1].lower().removeprefix(".")
    name = {"text": one.file, "language": None} if one.name is None else _said(one.name, language)
    shown = {"name": name, "ending": ending, "format": formats[ending]}
    return shown | _file(content, document, one.file)


def _video(content: Content, document: Document, video: Video, language: Language) -> dict[str, Any]:
    default = "en" if language == "en" and video.captions.en else "zh"
    transcript = _said(video.transcript, language)
    return {
        "title": _said(video.title, language),
        "poster": path_beside(document, video.poster),
        "length": _length(content.media[path_beside(document, video.file)], language),
        "captions": [
            {"url": path_beside(document, file), "language": HTML_LANGUAGE[of], "default": of == default, "of": of}
            for of in LANGUAGES
            if (file := video.captions.zh if of == "zh" else video.captions.en)
        ],
        "transcript": transcript | {"paragraphs": re.split(r"\n\s*\n", str(transcript["text"]))},
        **_file(content, document, video.file),
    }


def made_video(
    column: Column, document: Document, takeaways: Mapping[str, Path], language: Language
) -> dict[str, Any] | None:
    """The video that is made of an entry, as its page shows it; None where none has been handed in."""
    folder = f"{document.path.removesuffix('.md')}/"
    file, film = takeaways.get(f"{folder}video.mp4"), film_of(column, document)
    if file is None or film is None:
        return None
    chinese = HTML_LANGUAGE["zh"] if language == "en" else None
    # Its captions stand in its pictures, too: the track is there for who wants it, and not shown at first.
    return {
        "title": {"text": labels(language)["video"]["made"][document.meta_as(Entry).collection], "language": None},
        "poster": f"{folder}poster.png",
        "length": _length(file, language),
        "captions": [{"url": f"{folder}captions.vtt", "language": HTML_LANGUAGE["zh"], "default": False, "of": "zh"}],
        "transcript": {"language": chinese, "paragraphs": list(transcript(film))},
        "url": f"{folder}video.mp4",
        "size": size_text(file.stat().st_size),
        "upright": True,
    }


def _length(path: Path, language: Language) -> str:
    """How long a video is, in words."""
    with open_file(path) as file:
        movie = read_movie(file)
    minutes, seconds = divmod(round(movie.seconds) if movie else 0, 60)
    words = labels(language)["video"]["lengths"]
    return str(words["minutes" if minutes else "seconds"].format(minutes=minutes, seconds=seconds))


def _said(text: LocalText, language: Language) -> dict[str, str | None]:
    """A text, and its language where that is not the page's: what stands only in Chinese is Chinese on English pages, too."""
    shown = text[language]
    is_chinese = language == "en" and text.zh == text.en and re.search("[\u4e00-\u9fff]", shown)
    return {"text": shown, "language": HTML_LANGUAGE["zh"] if is_chinese else None}
