"""What the HTML of a body may hold: one list of elements, attributes with their values, and schemes of addresses.

The HTML is read as browsers read it (selectolax's Lexbor follows the HTML standard), after Markdown has made it; so it does not matter by
which of Markdown's ways something came into it.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publicity.models.fields.web import AddressError, read_target

_TEXT = re.compile(r"[^\x00-\x08\x0b-\x1f]{0,2000}")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_IDENTITY = re.compile(r"[^\s\x00-\x20\"'<>]{1,100}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ALIGNMENT = re.compile(r"left|center|right")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_LIST_TYPE = re.compile(r"[1aAiI]")
_CLASSES = re.compile(
    r"addressee|signature|document-title"  # of official documents
    r"|admonition|admonition-title|note|tip|info|warning|danger|example|question|quote|abstract|success|failure|bug"
    r"|footnote|footnote-ref|footnote-backref"
    r"|table-scroll|stacked|highlight|[a-z][a-z0-9]?|language-[a-z0-9+-]+"  # tables and code; of the latter the marked words
)
LABEL = "data-label"
"""What `tables` writes into a cell, for phones: the head of its column. A body may say there what we would, and nothing else."""
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_TAG = re.compile(r"</?(?!t(?:body|r)\b|colgroup\b)[a-zA-Z][^\s/>]*")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)

_EVERYWHERE = {"id": _IDENTITY, "lang": _LANGUAGE, "title": _TEXT}
_CELL = {
    "align": _ALIGNMENT,
    "colspan": _NUMBER,
    "rowspan": _NUMBER,
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
}
_PLAIN = [
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
]
ELEMENTS: dict[str, dict[str, re.Pattern[str]]] = {
    **{name: {} for name in _PLAIN},
    "a": {},
    "details": {"open": re.compile("|open")},
    "div": {"role": re.compile("region"), "tabindex": re.compile("0"), "aria-label": _TEXT},  # a table that scrolls
    "img": {"alt": _TEXT, "width": _NUMBER, "height": _NUMBER},
    "ol": {"start": re.compile(r"[0-9]{1,4}"), "type": _LIST_TYPE, "reversed": re.compile("|reversed")},
    "td": _CELL,
    "th": _CELL,
    "time": {"datetime": _DAY},
}
"""The elements of a body, each with the attributes that it may have beside `class`, `id`, `lang`, `title`, and with their values."""

_ADDRESSES = {("a", "href"): True, ("img", "src"): False}
"""Attributes that are addresses, and whether these may lead to other sites."""


@dataclass(frozen=True)
class Fault:
    """Something that a page may not hold: a code of the catalogue with its values."""

    code: str
    values: tuple[tuple[str, object], ...]


def faults(html: str, taken: Container[str] = ()) -> Iterator[Fault]:
    """What in the HTML of a body a page may not hold. `taken` are the ids that the page uses itself."""
    # Around it what a page has: if anything of the body reaches out, the foot is not where it was.
    tree = LexborHTMLParser(f"<main><div>{html}</div><footer>.</footer></main>")
    division = _whole_division(tree)
    if division is None:
        yield _unclosed(_tags(html), _tags(tree.html or ""))
    elif division.html != f"<div>{html}</div>" and _tags(html) != _tags(division.html or "")[1:-1]:
        yield _unclosed(_tags(html), _tags(division.html or ""))
    if "<!" in html and not any(_is_comment(node) for node in _nodes(division or tree.root)):
        yield Fault("html-comment", ())  # a declaration, which parsers drop
    identities: set[str] = set()
    for node in _nodes(division or tree.root):
        yield from _faults_of(node, taken, identities)


def _whole_division(tree: LexborHTMLParser) -> LexborNode | None:
    """The element around the body, where nothing of the body has left it."""
    main = tree.body.first_child if tree.body else None
    division = main.first_child if main else None
    foot = division.next if division else None
    whole = (
        main is not None
        and main.next is None
        and foot is not None
        and foot.html == "<footer>.</footer>"
        and foot.next is None
        and tree.head is not None
        and tree.head.first_child is None
    )
    return division if whole else None


def _tags(html: str) -> list[str]:
    """The beginnings and ends of elements as written, but for those that a browser adds to tables.

    In what a parser has written they all stand where they were read; so a text with the same ones, in the same order, is closed and
    nested as it says.
    """
    return [tag.lower() for tag in _TAG.findall(html)]


def _unclosed(written: list[str], read: list[str]) -> Fault:
    """The fault of an element that is not closed, or that an end or a parser closes elsewhere."""
    return Fault("html-unclosed", (("element", _badly_nested(written) or _moved(written, read)),))


def _badly_nested(tags: list[str]) -> str | None:
    """The first element that is left open by an end of another, or to the end, or that was never open."""
    opened: list[str] = []
    for tag in tags:
        name = tag.strip("</")
        if not tag.startswith("</"):
            opened += [name] if name not in _VOID else []
        elif opened[-1:] == [name]:
            opened.pop()
        else:
            return opened[-1] if name in opened else name
    return opened[-1] if opened else None


def _moved(written: list[str], read: list[str]) -> str:
    """The first element that is not read where it was written: it cannot stand there."""
    inside = read[read.index("<div") + 1 :] if "<div" in read else read
    return next((own.strip("</") for own, other in zip(written, inside, strict=False) if own != other), "")


def _nodes(root: LexborNode | None) -> Iterator[LexborNode]:
    """All elements and comments below a node."""
    if root is not None:
        nodes = root.traverse(include_text=False)
        next(nodes, None)
        yield from nodes


def _is_comment(node: LexborNode) -> bool:
    return not node.tag or node.tag.startswith(("-", "!", "#", "_"))


def _faults_of(node: LexborNode, taken: Container[str], identities: set[str]) -> Iterator[Fault]:
    if _is_comment(node):
        yield Fault("html-comment", ())
        return
    name = node.tag or ""
    allowed = ELEMENTS.get(name)
    if allowed is None:
        if name not in ("html", "head", "body", "main", "footer"):  # around a body that reaches out
            yield Fault("html-element", (("element", name),))
        return
    for attribute, value in node.attributes.items():
        if attribute != LABEL or _column_head(node) != _without_spaces(value or ""):
            yield from _faults_of_attribute(name, attribute, value or "", allowed)
    if identity := node.attributes.get("id"):
        if identity in taken or identity in identities:
            yield Fault("html-id", (("identity", identity),))
        identities.add(identity)


def _column_head(cell: LexborNode) -> str | None:
    """What stands above a cell, in the head of its table; None where nothing does."""
    body = cell.parent.parent if cell.parent else None
    table = body.parent if body else None
    head = next((part for part in _children(table) if part.tag == "thead"), None)
    row = next(_children(head), None)
    place = sum(1 for _ in takewhile(lambda other: other.mem_id != cell.mem_id, _children(cell.parent)))
    above = next(islice(_children(row), place, None), None)
    return _without_spaces(above.text()) if above else None


def _children(node: LexborNode | None) -> Iterator[LexborNode]:
    """The elements and comments right below a node."""
    return node.iter(include_text=False) if node else iter(())


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _faults_of_attribute(element: str, name: str, value: str, allowed: dict[str, re.Pattern[str]]) -> Iterator[Fault]:
    if (outward := _ADDRESSES.get((element, name))) is not None:
        if not is_allowed_address(value, outward=outward):
            yield Fault("html-address", (("element", element), ("address", value)))
    elif name == "class":
        for word in value.split():
            if not _CLASSES.fullmatch(word):
                yield Fault("html-class", (("element", element), ("class_name", word)))
    elif (pattern := allowed.get(name) or _EVERYWHERE.get(name)) is None:
        yield Fault("html-attribute", (("element", element), ("attribute", name)))
    elif not pattern.fullmatch(value):
        yield Fault("html-value", (("element", element), ("attribute", name), ("value", value)))


def is_allowed_address(address: str, *, outward: bool = True) -> bool:
    """Whether a page may link to an address as it stands: of another site by http(s), mail or telephone; or a relative one."""
    try:
        scheme = read_target(address).scheme
    except AddressError:
        return False
    return not scheme or (outward and scheme in _SCHEMES)
