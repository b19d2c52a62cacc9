"""HTML as Word and WPS put it into the clipboard, read like a Word file."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publicity.imports.blocks import Text
from publicity.imports.pandoc import read_with_pandoc
from publicity.imports.reading import read_tree
from publicity.imports.remarks import Remark, listed, shortened
from publicity.problems import UsageError

MOST_CHARACTERS = 5_000_000
DEEPEST = 200
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)", re.IGNORECASE)
_SIGN_FONTS = re.compile(r"wingdings|webdings|symbol|courier", re.IGNORECASE)
"""Fonts whose letters Word shows as signs; Courier New has an `o` for a circle."""
_NOT_SHOWN = "head, script, style, template, noscript, iframe, object, colgroup, col"
"""What no reader sees. Of columns, pandoc counts elements and not what they span: Excel and WPS write one for several."""
_WIDTHS = 'tr[height="0"]'
"""A row that only tells the widths of columns."""
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
_STYLED = (
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE), "b"),
    (re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE), "s"),
)
_COMMENT = re.compile(r"mso-element:\s*comment(?!-list)", re.IGNORECASE)
_COMMENT_MARK = re.compile(r"mso-special-character:\s*comment|mso-element:\s*comment-list", re.IGNORECASE)
_NOTE = re.compile(r"mso-(?:foot|end)note-id:", re.IGNORECASE)
_CHANGE = frozenset({"cite", "datetime"})
"""The attributes that Word gives what was changed; without them, words are struck through or underlined on purpose."""


def read_html(html: str) -> tuple[Text, list[Remark]]:
    """What was pasted, and what Word holds beside its text: comments, hidden words, changes, readings. No address is ever asked for.

    Raises:
        UsageError: it is too much.
        BuildError: pandoc could not read it.
    """
    if len(html) > MOST_CHARACTERS or _depth(html) > DEEPEST:
        raise UsageError("docx-too-complex", file="HTML")
    tree = LexborHTMLParser(html)
    played = len(tree.css("iframe, video, audio, embed, object, mpvoice, mp-common-videosnap"))
    for node in (*tree.css(_NOT_SHOWN), *(row for row in tree.css(_WIDTHS) if not row.text().strip())):
        node.decompose()
    remarks = [Remark("import-media-not-pasted", {"count": played})] if played else []
    remarks += _settle(tree)
    _mark_pictures(tree)
    _mark_styled(tree)
    _make_bullets(tree)
    _trim_numbers(tree)
    _make_notes(tree)
    shown = tree.body.html if tree.body and tree.body.html else ""
    return read_tree(read_with_pandoc("html+epub_html_exts", shown.encode("utf-8"), "HTML")), remarks


def _settle(tree: LexborHTMLParser) -> Iterator[Remark]:
    """Take out what is not part of the text, as of a Word file, and accept its changes."""
    styled = "[style]"
    for words in _taken_out(tree, styled, lambda node: _COMMENT.search(_style(node))):
        yield Remark("import-comment", {"words": shortened(words)})
    _taken_out(tree, ".MsoCommentReference, .msocomanchor")
    _taken_out(tree, styled, lambda node: _COMMENT_MARK.search(_style(node)))
    if hidden := listed(_taken_out(tree, styled, lambda node: _HIDDEN.search(_style(node)))):
        yield Remark("import-hidden", {"words": hidden})
    gone = _taken_out(tree, "del", _is_change)
    come = [node for node in tree.css("ins") if _is_change(node)]
    for node in come:
        node.unwrap()
    if come or gone:
        yield Remark("import-changes", {"added": len(come), "removed": len(gone), "words": listed(gone) or ("—",)})
    _taken_out(tree, "rp")
    if readings := _taken_out(tree, "rt"):
        yield Remark("import-readings", {"count": len(readings)})


def _taken_out(
    tree: LexborHTMLParser, selector: str, is_gone: Callable[[LexborNode], object] = lambda _: True
) -> list[str]:
    """Take some elements out, with what they hold; returns the words of each."""
    gone = [node for node in tree.css(selector) if is_gone(node)]
    for node in gone:
        node.attrs["data-gone"] = ""
    outermost = [node for node in gone if not _is_inside(node)]
    words = [node.text().strip() for node in outermost]
    for node in outermost:
        node.decompose()
    return words


def _is_inside(node: LexborNode) -> bool:
    """Whether it goes with one above it."""
    above = node.parent
    while above is not None and "data-gone" not in above.attributes:
        above = above.parent
    return above is not None


def _style(node: LexborNode) -> str:
    return node.attributes.get("style") or ""


def _is_change(node: LexborNode) -> bool:
    return not _CHANGE.isdisjoint(node.attributes)


def _mark_pictures(tree: LexborHTMLParser) -> None:
    """Keep the pictures that a page fetches only when they come into view, so that each is told at its place."""
    for picture in tree.css("img"):
        if not picture.attributes.get("src"):
            picture.attrs["src"] = picture.attributes.get("data-src") or "picture"


def _mark_styled(tree: LexborHTMLParser) -> None:
    """Say with elements what only a style says: bold words, and words that are struck through and hold no more."""
    for node in tree.css("span[style]"):
        for pattern, tag in _STYLED:
            if pattern.search(_style(node)) and node.text().strip():
                node.inner_html = f"<{tag}>{node.inner_html}</{tag}>"


def _trim_numbers(tree: LexborHTMLParser) -> None:
    """Leave no row of spaces behind a number, by which Word sets its text apart; behind a Latin one there is one."""
    for number in tree.css("span[style]"):
        if _IGNORED.search(_style(number)) and (text := number.text().strip()):
            number.replace_with(f"{text} " if text.isascii() else text)


def _make_notes(tree: LexborHTMLParser) -> None:
    """Mark Word's footnotes and endnotes as such in the way of e-books, which pandoc reads; a number beside a note's text goes."""
    for mark in tree.css("a[href]"):
        if not _NOTE.search(_style(mark)):
            continue
        target = (mark.attributes["href"] or "").replace("#_", "", 1)
        note = tree.css_first(f'div[id="{target}"]') if target.isalnum() else None
        if note is not None:
            mark.attrs["epub:type"], mark.attrs["href"] = "noteref", f"#{target}"
            note.attrs["epub:type"] = "footnote"
        elif "ref" in target:
            mark.decompose()


def _make_bullets(tree: LexborHTMLParser) -> None:
    """Make lists of paragraphs before which Word shows a sign, in the clipboard a letter of Wingdings; numbers are text and stay."""
    groups: list[list[LexborNode]] = []
    for paragraph in tree.css("p"):
        if not _bullets(paragraph):
            continue
        if not groups or _element_after(groups[-1][-1]) != paragraph:
            groups.append([])
        groups[-1].append(paragraph)
    for group in groups:
        rows = [(_level(paragraph), _without_bullet(paragraph)) for paragraph in group]
        made = LexborHTMLParser(_listed(rows)).css_first("ul")
        if made is not None:
            group[0].replace_with(made)
            for paragraph in group[1:]:
                paragraph.decompose()


def _bullets(paragraph: LexborNode) -> list[LexborNode]:
    """The outermost elements that hold nothing but the sign of a point, in Word's way of writing them."""
    found = []
    for sign in paragraph.css("span"):
        if not _IGNORED.search(sign.attributes.get("style") or ""):
            continue
        text, looks = sign.text().strip(), sign.html or ""
        while (above := sign.parent) is not None and above != paragraph and above.text().strip() == text:
            sign = above
            looks += sign.attributes.get("style") or ""
        if len(text) == 1 and not text.isnumeric() and (not text.isalpha() or _SIGN_FONTS.search(looks)):
            found.append(sign)
    return found


def _without_bullet(paragraph: LexborNode) -> str:
    """What a point says, as HTML."""
    for sign in _bullets(paragraph):
        sign.decompose()
    return re.sub(r"^<p\b[^>]*>|</p>$", "", paragraph.html or "")


def _level(paragraph: LexborNode) -> int:
    match = _LEVEL.search(paragraph.attributes.get("style") or "")
    return int(match[1]) if match else 1


def _element_after(node: LexborNode) -> LexborNode | None:
    """The next element, if only space lies between."""
    after = node.next
    while after is not None and (after.tag or "").startswith("-") and not after.text().strip():
        after = after.next
    return after


def _listed(rows: list[tuple[int, str]]) -> str:
    """Points with their levels as lists in lists."""
    html, depth = "", 0
    for level, inner in rows:
        level = min(level, depth + 1)
        html += "<ul>" if level > depth else "</li>" + "</ul></li>" * (depth - level)
        html += f"<li>{inner}"
        depth = level
    return html + "</li></ul>" * depth


def _depth(html: str) -> int:
    """About how deeply elements are nested, by what is opened and not closed again."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)(?:div|table|t[dr]|ul|ol|li|span|blockquote|b|i|font)\b", html, re.IGNORECASE):
        depth = max(0, depth + (-1 if match[1] else 1))
        deepest = max(deepest, depth)
    return deepest
