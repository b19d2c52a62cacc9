"""Passages in scripts of their own: marked with their language, or a voice would garble them.

Such are Korean names in a Chinese text, and Chinese ones in an English text.
"""

import html
import re

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
_ANY = re.compile("|".join(f"[{letters}]" for letters in _SCRIPTS.values()))
_ANY_BUT_CHINESE = re.compile("|".join(f"[{letters}]" for language, letters in _SCRIPTS.items() if language != "zh-CN"))
_CHINESE = re.compile('<html[^>]* lang="?zh')
_SAID = re.compile(r"<[^>]* lang=\"?zh[^>]*>[^<]*|<[^>]*>")
"""Tags, and texts right behind those that say Chinese: so most pages need not be parsed."""
_ALSO = {"zh-CN": ', [lang|="zh"], [lang|="ja"]'}
"""What else says the language of a script well enough."""
_NO_TEXT = "head, script, style, textarea, option, svg, template"


def marked(text: str) -> str:
    """A page with its passages marked; those that say their language already stay as they are."""
    letters = _ANY_BUT_CHINESE if _CHINESE.search(text[:500]) else _ANY
    if not letters.search(_SAID.sub("", text)):
        return text
    document = LexborHTMLParser(text)
    passed_over = {node.mem_id for part in document.css(_NO_TEXT) for node in part.traverse(include_text=True)}
    is_changed = False
    for language, passage in _PASSAGES.items():
        if not passage.search(text):
            continue
        said = f'[lang|="{language}"]{_ALSO.get(language, "")}'
        own = {node.mem_id for part in document.css(said) for node in part.traverse(include_text=True)}
        nodes = [
            node
            for node in (document.body.traverse(include_text=True) if document.body else ())
            if node.tag == "-text" and node.mem_id not in passed_over | own and passage.search(node.text_content or "")
        ]
        is_changed = is_changed or bool(nodes)
        for node in nodes:
            _wrap(node, passage, language)
    return (document.html or text) if is_changed else text


def _wrap(node: LexborNode, passage: re.Pattern[str], language: str) -> None:
    text = node.text_content or ""
    end = 0
    for found in passage.finditer(text):
        if before := text[end : found.start()]:
            node.insert_before(before)
        span = LexborHTMLParser(f'<span lang="{language}">{html.escape(found[0])}</span>').css_first("span")
        if span:
            node.insert_before(span)
        end = found.end()
    if rest := text[end:]:
        node.insert_before(rest)
    node.decompose()
