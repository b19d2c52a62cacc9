"""HTML as Word and WPS put it into the clipboard, read like a Word file."""

import base64
import binascii
import re

from selectolax.lexbor import LexborHTMLParser

from publicity.imports.blocks import Run, paragraphs
from publicity.imports.pandoc import read_with_pandoc
from publicity.imports.reading import read_tree
from publicity.imports.word import Read
from publicity.problems import UsageError

MOST_CHARACTERS = 5_000_000
DEEPEST = 200
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,(.*)", re.DOTALL)
_NOT_SHOWN = "head, script, style, template, noscript, iframe, object"


def read_html(html: str) -> Read:
    """What was pasted. Pictures are there only where the HTML itself holds them; no address is ever asked for.

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
    original = tree.body.text(separator="") if tree.body else ""
    text = read_tree(read_with_pandoc("html", shown.encode("utf-8"), "HTML"))
    pictures = {}
    for paragraph in paragraphs(text.blocks):
        for run in paragraph.runs:
            if data := _data_of(run):
                pictures[run.picture] = data
    return Read(text, original, pictures)


def _depth(html: str) -> int:
    """About how deeply elements are nested, by what is opened and not closed again."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:div|table|t[dr]|ul|ol|li|span|blockquote|b|i|font)\b", html, re.IGNORECASE):
        depth = max(0, depth + (-1 if match[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def _data_of(run: Run) -> bytes:
    match = _DATA.fullmatch(run.picture)
    try:
        return base64.b64decode(match[1]) if match else b""
    except (binascii.Error, ValueError):
        return b""
