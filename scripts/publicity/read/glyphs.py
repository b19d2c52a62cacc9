"""Which characters the files that are set in type can show: they are set in fonts of ours, which lack many rare ones."""

import re
from collections.abc import Iterator
from functools import cache

from publicity.data_files import data_file


def without_glyph(text: str) -> Iterator[tuple[int, str]]:
    """The characters of a text that no font of ours has, each with its line, counted from 1; once a line."""
    if text.isascii():
        return
    found = ((text.count("\n", 0, one.start()) + 1, one[0]) for one in _missing().finditer(text))
    yield from dict.fromkeys(found)


@cache
def _missing() -> re.Pattern[str]:
    ranges = data_file("publicity.read", "glyphs.yml")["ranges"].split()
    there = "".join("-".join(rf"\U{int(end, 16):08x}" for end in one.split("-")) for one in ranges)
    return re.compile(
        rf"[^\s\ufe00-\ufe0f{there}]"
    )  # what chooses a form of the character before it shows nothing itself
