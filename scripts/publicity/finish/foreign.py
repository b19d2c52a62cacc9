"""Passages in scripts of their own, such as Korean names in a Chinese text: marked with their language, or a voice would garble them."""

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SCRIPTS = {"ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3", "ru": "\u0400-\u04ff"}
"""Ranges of letters, by the language that the column quotes in them."""
_PASSAGES = {
    # Blanks, digits and marks between two words belong to the passage.
    language: re.compile(rf"[{letters}]+(?:[\s\d·.,()-]*[{letters}]+)*")
    for language, letters in _SCRIPTS.items()
}
_ANY = re.compile("|".join(f"[{letters}]" for letters in _SCRIPTS.values()))
_NO_TEXT = "head, script, style, textarea, option, svg, template"


def marked(text: str) -> str:
    """A page with its passages marked; those that say their language already stay as they are."""
    if not _ANY.search(text):
        return text
    document = LexborHTMLParser(text)
    passed_over = {node.mem_id for part in document.css(_NO_TEXT) for node in part.traverse(include_text=True)}
    for language, passage in _PASSAGES.items():
        own = {
            node.mem_id for part in document.css(f'[lang|="{language}"]') for node in part.traverse(include_text=True)
        }
        nodes = [
            node
            for node in (document.body.traverse(include_text=True) if document.body else ())
            if node.tag == "-text" and node.mem_id not in passed_over | own and passage.search(node.text_content or "")
        ]
        for node in nodes:
            _wrap(node, passage, language)
    return document.html or text


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
