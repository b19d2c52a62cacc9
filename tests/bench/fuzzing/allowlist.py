"""What the HTML of an accepted file may hold, told by another parser than the product's and by a list of its own."""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

from publicity.markup.converter import make_converter

_NAME = re.compile(r"\{.*\}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BODY = _words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
    " kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr section"
)
_PORTAL = _words("a abbr address b br dd div dl dt em hr i img li ol p small span strong sub sup time ul")
_DRAWING = _words(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc linearGradient radialGradient stop clipPath"
    " mask pattern"
)
_EVERYWHERE = _words("class id lang title")
_CELL = _words("align colspan rowspan scope data-label")
_OWN = {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "td": _CELL, "th": _CELL,
    "ol": {"start", "type", "reversed"}, "details": {"open"}, "div": {"role", "tabindex", "aria-label"}, "time": {"datetime"},
}  # fmt: skip
_OF_PORTALS = _words("alt height href rel src target width")


def body_faults(body: str) -> list[str]:
    """What in a body's HTML, as pages have it, is not on the list."""
    _converter.reset()
    html = _converter.convert(body)
    return sorted(set(_faults(html, _BODY, lambda name: _EVERYWHERE | _OWN.get(name, set()))))


def portal_faults(html: str) -> list[str]:
    """What in the HTML of a portal's header or footer is not on the list."""
    return sorted(set(_faults(html, _PORTAL, lambda _: _EVERYWHERE | _OF_PORTALS)))


def drawing_faults(data: bytes) -> list[str]:
    """What in an SVG is no drawing. One that is not well-formed shows nothing."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - expat bounds what entities grow to
    except (ElementTree.ParseError, ValueError, LookupError):
        return []
    found = set()
    for node in root.iter():
        if not isinstance(node.tag, str) or (name := _NAME.sub("", node.tag)) not in _DRAWING:
            found.add(f"element {node.tag}")
            continue
        for attribute, value in node.attrib.items():
            short = _NAME.sub("", attribute).lower()
            if (
                short.startswith("on")
                or (short == "href" and not value.startswith("#"))
                or re.search(r"url\((?!#)|image-set|javascript:", value, re.IGNORECASE)
            ):
                found.add(f"attribute {name} {short}")
    return sorted(found)


def _faults(html: str, elements: frozenset[str], attributes: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """What in a piece of HTML is not on the list, or reaches out of its place."""
    page = html5lib.parse(
        f"<!DOCTYPE html><main><div>{html}</div><footer>.</footer></main>", namespaceHTMLElements=False
    )
    head, body = page
    main = list(body)[:1]
    places = [node.tag for node in main[0]] if main else []
    footer = main[0][-1] if places else None
    if (
        len(head)
        or len(body) != 1
        or places != ["div", "footer"]
        or len(footer)
        or footer.text != "."
        or footer.tail
        or main[0].tail
    ):
        yield "reaches out"
        return
    for node in list(main[0][0].iter())[1:]:
        if not isinstance(node.tag, str):
            yield "comment"
        elif node.tag not in elements:
            yield f"element {node.tag}"
        else:
            yield from _attribute_faults(node, attributes(node.tag))


def _attribute_faults(node: Element, allowed: Iterable[str]) -> Iterator[str]:
    for name, value in node.attrib.items():
        if name not in allowed and not (name.startswith("aria-") and "rel" in allowed):
            yield f"attribute {name}"
        elif name in ("href", "src") and not _is_fit(value, outward=name == "href"):
            yield f"address {name}"


def _is_fit(address: str, *, outward: bool) -> bool:
    """Whether a page may have an address: read as browsers do, who leave out some characters and take backslashes for slashes."""
    read = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    scheme = _SCHEME.match(read)
    if scheme:
        return outward and scheme[1].lower() in ("http", "https", "mailto", "tel")
    return not read.startswith("//")


_converter = make_converter()
