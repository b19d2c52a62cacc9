"""HTML as Word and WPS put it into the clipboard, read like a Word file."""

import re

from selectolax.lexbor import LexborHTMLParser

from publicity.imports.blocks import Text
from publicity.imports.pandoc import read_with_pandoc
from publicity.imports.reading import read_tree
from publicity.problems import UsageError

MOST_CHARACTERS = 5_000_000
DEEPEST = 200
_NOT_SHOWN = "head, script, style, template, noscript, iframe, object"


def read_html(html: str) -> Text:
    """What was pasted; no address is ever asked for.

    Raises:
        UsageError: it is too much.
        BuildError: pandoc could not read it.
    """
    if len(html) > MOST_CHARACTERS or _depth(html) > DEEPEST:
        raise UsageError("docx-too-complex", file="HTML")
    tree = LexborHTMLParser(html)
    for node in tree.css(_NOT_SHOWN):
        node.decompose()
    shown = tree.body.html if tree.body and tree.body.html else ""
    return read_tree(read_with_pandoc("html", shown.encode("utf-8"), "HTML"))


def _depth(html: str) -> int:
    """About how deeply elements are nested, by what is opened and not closed again."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:div|table|t[dr]|ul|ol|li|span|blockquote|b|i|font)\b", html, re.IGNORECASE):
        depth = max(0, depth + (-1 if match[1] else 1))
        deepest = max(deepest, depth)
    return deepest
