"""What the check says of the fonts is what typst makes of them."""

import datetime

import pytest

from publicity.data_files import data_file
from publicity.editions.typeset import set_text
from publicity.problems import BuildError
from publicity.read.glyphs import without_glyph


def _set(characters: str) -> None:
    paragraphs = "\n\n".join(f"#str.from-unicode({ord(character)})" for character in characters)
    fonts = '#set document(title: "x")\n#set text(font: ("Noto Sans SC", "Noto Sans KR"))\n'
    set_text(f"{fonts}{paragraphs}", {}, datetime.date(2026, 1, 1), "x")


def test_the_ends_of_every_range_are_set() -> None:
    ranges = data_file("publicity.read", "glyphs.yml")["ranges"].split()
    ends = "".join(sorted({chr(int(end, 16)) for one in ranges for end in one.split("-")}))
    assert list(without_glyph(ends)) == []
    _set(ends)


@pytest.mark.parametrize("character", "😀𠮷𪛖ข")
def test_what_is_told_cannot_be_set(character: str) -> None:
    assert list(without_glyph(f"字\n字{character}☑")) == [(2, character)]
    with pytest.raises(BuildError):
        _set(character)
