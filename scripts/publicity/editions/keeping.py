"""What was made once is kept, by the hash of what it was made from."""

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from publicity.work.extras import GENERATOR


def kept(folder: Path, name: str, from_what: object, make: Callable[[], dict[str, bytes]]) -> dict[str, Path]:
    """The files of an edition, by their names, made where none are kept below `folder` that were made from the same data."""
    text = json.dumps([name, from_what], ensure_ascii=False, default=str)
    place = folder / f"{name}-{hashlib.sha256(f'{_makers()}{text}'.encode()).hexdigest()[:24]}"
    if not place.is_dir():
        half = place.with_name(f"{place.name}.{os.getpid()}")
        half.mkdir(parents=True, exist_ok=True)
        for file, content in make().items():
            (half / file).write_bytes(content)
        try:
            half.rename(place)
        except OSError:  # another process was quicker
            for left in half.iterdir():
                left.unlink()
            half.rmdir()
    return {file.name: file for file in sorted(place.iterdir())}


@cache
def _makers() -> str:
    """A hash of all that makes editions: this package with its templates, the house style of Word files, and the locked tools."""
    here = Path(__file__).parent
    found = (file for folder in (here, here.parent / "word") for file in sorted(folder.rglob("*")))
    files = [file for file in found if file.suffix in (".py", ".html", ".css", ".typ", ".xml")]
    locks = [GENERATOR / f"requirements-{extra}.txt" for extra in ("editions", "video")]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in (*files, *locks))).hexdigest()
