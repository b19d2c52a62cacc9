"""Characters that no text may hold: those that cannot be seen, or that make a text look other than it is."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publicity.problems import Problem

_RANGES = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f",  # controls, but for tab and line feed
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\uffa0",  # letters and signs that show nothing
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f",  # the order of reading
    "\u200b-\u200d\u2060-\u2065\ufeff",  # of no width; joiners belong to scripts that are not written here
    "\u2028\u2029\ufff0-\ufffc",  # line breaks and notes of other programs
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff",  # no characters, and tags
)
# U+FFFD stands where a character was lost, and a lone surrogate is half of one.
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
"""Signs of fonts like Wingdings, which Word writes so: elsewhere they are empty boxes."""
_BAD = re.compile(f"[{''.join(_RANGES)}{_PRIVATE}\ufffd\ud800-\udfff]")
_SIMPLIFIED = str.maketrans(
    "⺁⺎⺒⺟⺠⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂兀巳母民肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals of the supplement that look like a whole character; Unicode has no compatibility mapping for them."""
_RADICAL = re.compile(
    f"[\u2f00-\u2fd5\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufad9{''.join(map(chr, _SIMPLIFIED))}]"
)
"""Signs that stand for characters: radicals, and the doubles of the compatibility block, as some PDFs give them back."""
_UNSEEN = re.compile(f"[{''.join(_RANGES)}]")
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_IS_PRIVATE = re.compile(f"[{_PRIVATE}]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,30});?")


def is_clean(text: str) -> bool:
    """Whether a text holds none of them."""
    return _BAD.search(text) is None


def without_unseen(text: str) -> str:
    """A text without those that show nothing, which nobody can see to mend; where one breaks a line, with a space."""
    return _UNSEEN.sub(lambda found: " " if found[0] in _BREAKS else "", text)


def unseen(texts: Iterable[str]) -> set[str]:
    """Those in some texts that show nothing."""
    return {sign for text in texts for sign in _UNSEEN.findall(text)}


def bad_characters(text: str, path: str, line: int = 1) -> Iterator[Problem]:
    """Each of them as a problem; the text begins on a `line` of the file."""
    for match in _BAD.finditer(text):
        here = Problem(path, line + text.count("\n", 0, match.start()), "lost-character")
        if match[0] == "\ufffd":
            yield here
        elif "\ud800" <= match[0] <= "\udfff":
            yield replace(here, code="broken-character")
        else:
            code = "private-character" if _IS_PRIVATE.match(match[0]) else "invisible-character"
            yield replace(here, code=code, values={"character": f"U+{ord(match[0]):04X}"})


def with_characters(text: str) -> str:
    """A text with the characters that such signs look like."""
    return _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0].translate(_SIMPLIFIED)), text)


def radicals(text: str, path: str) -> Iterator[Problem]:
    """Radicals that stand for characters, as text copied from a PDF has them: they look alike, and no search finds them."""
    for match in _RADICAL.finditer(text):
        values = {"found": match[0], "code": f"U+{ord(match[0]):04X}", "meant": with_characters(match[0])}
        yield Problem(path, 1 + text.count("\n", 0, match.start()), "radical-for-character", values)


def bad_entities(text: str, path: str) -> Iterator[Problem]:
    """Each of them that a file of Markdown or HTML writes as `&#8203;`, `&zwj;` or the like."""
    for match in _ENTITY.finditer(text):
        if not is_clean(html.unescape(match[0])):
            line = 1 + text.count("\n", 0, match.start())
            yield Problem(path, line, "invisible-entity", {"entity": match[0]})
