"""What no mend may change: the words of a text, the characters of an official document, and what a page shows."""

import re
import unicodedata
from collections import Counter
from functools import cache
from urllib.parse import unquote

from publicity.markup.bounds import excesses
from publicity.markup.converter import make_converter
from publicity.read.characters import with_characters

_NO_WORD = re.compile(r"[\W_]")
# Dashes belong to the lines below the heads of tables: nothing else of a mend touches them.
_NO_CHARACTER = re.compile(r"[\s!-/:-@\[-`{-~—–─━]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_converter = cache(make_converter)


def keeps_text(before: str, after: str, *, official: bool) -> bool:
    """Whether a body has the same words in the same order, on the page as well; an official one the same characters but for marks."""
    left_out = _NO_CHARACTER if official else _NO_WORD
    old, new = (left_out.sub("", unicodedata.normalize("NFKC", with_characters(body))) for body in (before, after))
    return old == new and not (before != after and _shown(before) - _shown(after))


@cache
def _shown(body: str) -> Counter[str]:
    """The Chinese characters of a body's page, those of addresses and text alternatives included."""
    if any(excesses(body)):
        return Counter()
    try:
        html = str(_converter().reset().convert(body))
    except Exception:  # noqa: BLE001 - `check` tells of it
        return Counter()
    return Counter(_CHINESE.findall(unquote(html)))
