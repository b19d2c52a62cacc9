"""Files as they are published: those that a page refers to, and pictures in a form made for pages.

A picture is made once, and kept in `build/media` by the hash of what it was made from.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from publicity.models import LANGUAGES
from publicity.read.attachments.named import files_in_bodies, named_files
from publicity.read.content import Content
from publicity.read.files.pictures import FORMATS, RECIPE, narrow_path, published_picture, scaled_picture


@dataclass(frozen=True)
class Published:
    """Files to publish by their paths in the staging folder, and the paths in the site of pictures that have a smaller form."""

    files: dict[str, Path]
    scaled: frozenset[str]


def published_media(content: Content, cache_folder: Path) -> Published:
    """The files that pages refer to: what texts show or link to, once a language; what front matter names, once.

    Nothing else of the content is published, such as what an entry under embargo names. The pictures are sound: `check` has opened them.
    """
    in_bodies = {path for document in content.documents() for path in files_in_bodies(document)}
    named = {file.path for document in content.documents() for file in named_files(document)}
    files: dict[str, Path] = {}
    scaled: set[str] = set()
    for path in sorted(content.media.keys() & (in_bodies | named)):
        forms = published_form(content.media[path], cache_folder)
        scaled |= {path} if len(forms) > 1 else set()
        for name, form in zip((path, narrow_path(path)), forms, strict=False):
            files |= {f"{language}/{name}": form for language in (LANGUAGES if path in in_bodies else LANGUAGES[:1])}
    return Published(files, frozenset(scaled))


def published_form(path: Path, cache_folder: Path) -> tuple[Path, ...]:
    """A file to publish in place of one, and a picture's smaller form where it is wide.

    A picture is turned as its camera says, and says no more than it shows; other files stay as they are.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        return (path,)
    data = path.read_bytes()
    made = cache_folder / f"{hashlib.sha256(RECIPE.encode() + data).hexdigest()[:20]}{suffix}"
    narrow, as_it_is = Path(narrow_path(str(made))), made.with_suffix(".same")
    if not made.exists() and not as_it_is.exists():
        cache_folder.mkdir(parents=True, exist_ok=True)
        if scaled := scaled_picture(data, suffix):
            _write(narrow, scaled[1])  # first: where the other stands, this one does, too
            _write(made, scaled[0])
        elif picture := published_picture(data, suffix):
            _write(made, picture)
        else:
            as_it_is.touch()
    return (path,) if as_it_is.exists() else (made, narrow) if narrow.exists() else (made,)


def _write(file: Path, data: bytes) -> None:
    temporary = file.with_name(f"{file.name}.{os.getpid()}.part")
    temporary.write_bytes(data)
    temporary.replace(file)
