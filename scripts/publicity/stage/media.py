"""Pictures as they are published: each is made once, and kept in `build/media` by the hash of what it was made from."""

import hashlib
import os
from pathlib import Path

from publicity.read.pictures import FORMATS, RECIPE, published_picture


def published_media(media: dict[str, Path], cache_folder: Path) -> dict[str, Path]:
    """Files to publish by their paths in the site; in place of a picture that says more than it shows, one that does not.

    The pictures are sound: `check` has opened them.
    """
    return {
        page: _published(path, cache_folder) if path.suffix.lower() in FORMATS else path for page, path in media.items()
    }


def _published(path: Path, cache_folder: Path) -> Path:
    data, suffix = path.read_bytes(), path.suffix.lower()
    made = cache_folder / f"{hashlib.sha256(RECIPE.encode() + data).hexdigest()[:20]}{suffix}"
    as_it_is = made.with_suffix(".same")
    if as_it_is.exists():
        return path
    if not made.exists():
        cache_folder.mkdir(parents=True, exist_ok=True)
        picture = published_picture(data, suffix)
        if picture is None:
            as_it_is.touch()
            return path
        temporary = made.with_suffix(f".{os.getpid()}.part")
        temporary.write_bytes(picture)
        temporary.replace(made)
    return made
