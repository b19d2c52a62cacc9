"""Where a Chinese heading may break: between words, and never within one. Styles keep the rest together (`word-break: keep-all`)."""

import re
from functools import cache

import rjieba
from markupsafe import Markup, escape

from publicity.data_files import data_file

_HAN = re.compile(r"[一-鿿]")
_OPENS, _CLOSES = "（〔“‘《〈【(", "）〕”’》〉】)，。、；：？！…·,.;:?!%"
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_RANGE = re.compile(r"\d+(?:-\d+)+")
_HEADING = re.compile(r"(<h[1-4](?: [^>]*)?>(?:<a [^>]*>)?)([^<>&]+)(?=</)")


@cache
def with_breaks(text: str) -> Markup:
    """A text for a heading, with `<wbr>` between its Chinese words, and with ranges such as 2023-2026 that stay whole."""
    return Markup("<wbr>").join(_with_whole_ranges(part) for part in _parts(str(text)))


def with_breaks_in_headings(html: str) -> str:
    """The headings of a page, those that hold text or a link alone, likewise: whoever wrote them, an editor, a list of data or a template."""
    return _HEADING.sub(lambda heading: heading[1] + str(with_breaks(heading[2])), html)


def _with_whole_ranges(part: str) -> Markup:
    """A part as HTML; browsers would break numbers behind the hyphen that joins them."""
    return Markup(_RANGE.sub(r'<span class="whole">\g<0></span>', str(escape(part))))  # noqa: S704 - it is escaped


def _parts(text: str) -> tuple[str, ...]:
    if not _HAN.search(text):
        return (text,)
    parts: list[str] = []
    for piece in re.split(f"({'|'.join([_DAY, *map(re.escape, _terms())])})", text):
        for word in (piece,) if piece in _terms() or re.fullmatch(_DAY, piece) else rjieba.cut(piece):
            if parts and not _breaks(parts[-1], word):
                parts[-1] += word
            elif word:
                parts.append(word)
    return tuple(parts)


def _breaks(before: str, word: str) -> bool:
    """Whether a line may end between two words: not beside a bracket's inside, a number's unit, or what belongs to the word before."""
    if not word or before[-1] in _OPENS or word[0] in _CLOSES:
        return False
    if before[-1].isascii() and word[0].isascii():
        return False  # as browsers break them
    if before[-1].isdigit() or (before[-1] == "第" and word[0].isdigit()):
        return False
    if before[-1] in "不哪" or (word[0] == "不" and before[-1] == word[1:2]):  # 不受, 哪一种, 能不能
        return False
    return not (len(word) == 1 and _HAN.match(word) and word in _SUFFIXES and before[-1] not in _CLOSES)


_SUFFIXES = frozenset("的了吗呢吧着过们案法号年月日起条款项者家性化权")
"""What hangs on the word before it."""


@cache
def _terms() -> tuple[str, ...]:
    """Words of this field that the dictionary lacks, the longest first."""
    return tuple(sorted(data_file("publicity.render", "terms.yml"), key=len, reverse=True))
