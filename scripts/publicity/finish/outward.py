"""Links that lead out of the site: marked for screen readers, and led over the notice at `leaving/` unless their site is trusted."""

import hashlib
import html
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publicity.addresses import url_of
from publicity.labels import labels
from publicity.models import Language, Region
from publicity.models.fields.web import AddressError, is_public_suffix, lies_within, read_address, read_host
from publicity.problems import BuildError

NOTICE = "leaving.md"
"""The page of the notice."""
_GOVERNMENT = "gov.cn"
_LETTERS = re.compile(r"(%[89A-Fa-f][0-9A-Fa-f])+")
"""Bytes of letters that are not ASCII; those of ASCII have a meaning of their own in an address."""
_HAN = re.compile("[\u4e00-\u9fff]")


def trusted_sites(region: Region, site_url: str | None = None) -> frozenset[str]:
    """The sites to which links go directly, with all that lies below them: government, the region's own, those it names."""
    own = {read_address(url).host for url in (site_url, region.site.url, region.site.report_error) if url}
    others = {host for host in own if not lies_within(host, _GOVERNMENT) and not is_public_suffix(host)}
    return frozenset({_GOVERNMENT, *map(read_host, region.trusted_sites), *others})


def mark_links(
    document: LexborHTMLParser, path: str, trusted: frozenset[str], language: Language
) -> tuple[bool, tuple[str, ...]]:
    """Mark the outward links of the page at a path such as `policies/x.md`.

    Returns whether there are any, and the addresses that need a notice. A link over the notice keeps its address in `data-outward`, for the script that asks on the page itself, and for print.
    """
    links = document.css('a[href^="http:" i], a[href^="https:" i]')
    notice = posixpath.relpath(url_of(NOTICE, "zh"), url_of(path, "zh"))
    needed = set()
    for link in links:
        address = link.attributes["href"] or ""
        _describe(link, labels(language)["new_site"])
        if not _is_trusted(address, trusted):
            needed.add(address)
            link.attrs["data-outward"] = address
            link.attrs["href"] = f"{notice}/#{_identity(address)}"
    return bool(links), tuple(sorted(needed))


def _describe(link: LexborNode, note: str) -> None:
    """Say that the link leads away: to browsers, by a sign, and aloud where its template has not said so already."""
    classes = (link.attributes.get("class") or "").split()
    link.attrs["class"] = " ".join(dict.fromkeys([*classes, "outward"]))
    link.attrs["rel"] = "noopener external"
    if not link.css_first(".visually-hidden"):
        span = LexborHTMLParser(f'<span class="visually-hidden">{note}</span>').css_first("span")
        if span:
            link.insert_child(span)


@cache
def _is_trusted(address: str, trusted: frozenset[str]) -> bool:
    try:
        host = read_address(address).host
    except AddressError:
        return False
    return any(lies_within(host, site) for site in trusted)


def write_notice(notice: Path, addresses: Iterable[str]) -> None:
    """Put a row for each address in place of the one that the template has."""
    document = LexborHTMLParser(notice.read_text(encoding="utf-8"))
    pattern = document.css_first(".leaving li")
    if pattern is None or document.html is None or pattern.html is None:
        raise BuildError("no-leaving-row")
    row = Template(pattern.html)
    rows = [
        row.substitute(id=_identity(address), address=html.escape(address), shown=_readable(address))
        for address in sorted(addresses)
    ]
    notice.write_text(document.html.replace(pattern.html, "\n".join(rows)), encoding="utf-8")


def _readable(address: str) -> str:
    """An address as browsers show it, as HTML: letters, not the bytes that stand for them (as in `leaving.js`)."""
    try:
        shown = _LETTERS.sub(lambda letters: unquote(letters[0], errors="strict"), address)
    except UnicodeDecodeError:  # another encoding than UTF-8
        return html.escape(address)
    unseen = any(unicodedata.category(letter)[0] in "CZ" for letter in shown)
    if unseen:
        return html.escape(address)
    return f'<span lang="zh-CN">{html.escape(shown)}</span>' if _HAN.search(shown) else html.escape(shown)


def _identity(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:12]
