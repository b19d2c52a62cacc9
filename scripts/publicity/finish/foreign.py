"""Passages in scripts of their own: marked with their language, or a voice would garble them.

Such are Korean names in a Chinese text, and Chinese ones in an English text.
"""

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SCRIPTS = {
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "ru": "\u0400-\u04ff",
    "zh-CN": "\u3007\u3400-\u4dbf\u4e00-\u9fff",
}
"""Ranges of letters, by the language that the column quotes in them."""
_BRACKETS = "《》〈〉（）「」“”〔〕、，；："
"""Marks that belong to a Chinese passage on either side of a word."""
_PASSAGES = {
    # Blanks, digits and marks between two words belong to the passage.
    language: re.compile(rf"[{letters}]+(?:[\s\d·.,()-]*[{letters}]+)*")
    for language, letters in _SCRIPTS.items()
}
_HAN = _SCRIPTS["zh-CN"]
_PASSAGES["zh-CN"] = re.compile(rf"[《〈（「]?[{_HAN}](?:[\s\dA-Z·.,()/-]*[{_HAN}{_BRACKETS}]+)*")
_ANY = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_ANY_BUT_CHINESE = re.compile(f"[{''.join(letters for language, letters in _SCRIPTS.items() if language != 'zh-CN')}]")
_SAYS = {language: frozenset({language.partition("-")[0]}) for language in _SCRIPTS}
_SAYS["zh-CN"] |= {"ja"}
"""What says the language of a script well enough: the first part of `lang`."""
_NO_TEXT = frozenset({"head", "script", "style", "textarea", "option", "svg", "template"})


def mark_passages(document: LexborHTMLParser) -> bool:
    """Mark the passages of a page; those that say their language already stay as they are. Returns whether there were any."""
    root, body = document.root, document.body
    if root is None or body is None:
        return False
    is_chinese = (root.attributes.get("lang") or "").startswith("zh")
    letters = _ANY_BUT_CHINESE if is_chinese else _ANY
    found = [
        node
        for node in body.traverse(include_text=True)
        if node.is_text_node and letters.search(node.text_content or "")
    ]
    around = _Surroundings()
    marks = [_mark(node, around.of(node.parent)) for node in found]
    return any(marks)


class _Surroundings:
    """What surrounds a text: the languages that are said there, or None where no voice reads it."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[str] | None] = {}

    def of(self, element: LexborNode | None) -> frozenset[str] | None:
        """Those of all elements from the root to this one."""
        if element is None:
            return frozenset()
        if element.mem_id not in self._known:
            above = self.of(element.parent)
            said = (element.attributes.get("lang") or "").partition("-")[0].lower()
            self._known[element.mem_id] = None if above is None or element.tag in _NO_TEXT else above | {said}
        return self._known[element.mem_id]


def _mark(node: LexborNode, said: frozenset[str] | None) -> bool:
    """Mark the passages of one text, script by script."""
    languages = [language for language in _PASSAGES if said is not None and not said & _SAYS[language]]
    pieces: list[str | LexborNode] = [node.text_content or ""]
    for language in languages:
        pieces = [
            part for piece in pieces for part in ([piece] if isinstance(piece, LexborNode) else _parts(piece, language))
        ]
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return False
    for piece in pieces:
        node.insert_before(piece)
    node.decompose()
    return True


def _parts(text: str, language: str) -> Iterator[str | LexborNode]:
    """A text in pieces: what is no passage of a language, and its passages as elements."""
    end = 0
    for found in _PASSAGES[language].finditer(text):
        if before := text[end : found.start()]:
            yield before
        span = LexborHTMLParser(f'<span lang="{language}">{html.escape(found[0])}</span>').css_first("span")
        if span:
            yield span
        end = found.end()
    if rest := text[end:]:
        yield rest
