"""Links that lead out of the site: marked for screen readers, and led over the notice at `leaving/` unless their site is trusted."""

import hashlib
import html
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from string import Template

from selectolax.lexbor import LexborHTMLParser, LexborNode

from publicity.addresses import url_of
from publicity.finish.parallel import in_each_language
from publicity.finish.rendered import RenderedSite
from publicity.labels import labels
from publicity.models import Language, Region
from publicity.models.web import AddressError, is_public_suffix, lies_within, read_address, read_host
from publicity.problems import BuildError

_NOTICE = "leaving.md"
_GOVERNMENT = "gov.cn"


def mark_outward_links(site: RenderedSite) -> None:
    """Mark every outward link of the finished pages, and write the notices for those that need one.

    A link over the notice keeps its address in `data-outward`, for the script that asks on the page itself, and for print.
    """
    trusted = trusted_sites(site.region, site.url)
    in_each_language(site.prepared, partial(_mark_language, site.folder, trusted))


def _mark_language(folder: Path, trusted: frozenset[str], language: Language) -> None:
    notice = folder / url_of(_NOTICE, language) / "index.html"
    addresses: set[str] = set()
    for page in _pages(folder, language):
        if page != notice:
            addresses |= _mark(page, notice, trusted, language)
    _write_notice(notice, addresses)


def mark_edited_pages(site: RenderedSite, pages: Iterable[Path]) -> bool:
    """Mark single pages rendered anew in a site whose notices stand; False where those lack an address, or are the pages."""
    trusted = trusted_sites(site.region, site.url)
    for page in pages:
        language: Language = "en" if page.is_relative_to(site.folder / "en") else "zh"
        notice = site.folder / url_of(_NOTICE, language) / "index.html"
        known = notice.read_text(encoding="utf-8")
        if page == notice or any(_identity(address) not in known for address in _mark(page, notice, trusted, language)):
            return False
    return True


def trusted_sites(region: Region, site_url: str | None = None) -> frozenset[str]:
    """The sites to which links go directly, with all that lies below them: government, the region's own, those it names."""
    own = {read_address(url).host for url in (site_url, region.site.url, region.site.report_error) if url}
    others = {host for host in own if not lies_within(host, _GOVERNMENT) and not is_public_suffix(host)}
    return frozenset({_GOVERNMENT, *map(read_host, region.trusted_sites), *others})


def _pages(site: Path, language: Language) -> list[Path]:
    """The pages of a language; the others lie in folders of their own below the Chinese ones."""
    folder = site if language == "zh" else site / language
    others = {site / "en"} if language == "zh" else set()
    return [page for page in sorted(folder.rglob("*.html")) if not others & set(page.parents)]


def _mark(page: Path, notice: Path, trusted: frozenset[str], language: Language) -> set[str]:
    """Mark the links of a page; returns the addresses that need a notice."""
    document = LexborHTMLParser(page.read_text(encoding="utf-8"))
    links = document.css('a[href^="http:" i], a[href^="https:" i]')
    up = "../" * (len(page.relative_to(notice.parents[1]).parts) - 1)
    needed = set()
    for link in links:
        address = link.attributes["href"] or ""
        _describe(link, labels(language)["new_site"])
        if not _is_trusted(address, trusted):
            needed.add(address)
            link.attrs["data-outward"] = address
            link.attrs["href"] = f"{up}{notice.parent.name}/#{_identity(address)}"
    if links:
        page.write_text(document.html or "", encoding="utf-8")
    return needed


def _describe(link: LexborNode, note: str) -> None:
    """Say that the link leads away: to browsers, by a sign, and aloud where its template has not said so already."""
    classes = (link.attributes.get("class") or "").split()
    link.attrs["class"] = " ".join(dict.fromkeys([*classes, "outward"]))
    link.attrs["rel"] = "noopener external"
    if not link.css_first(".visually-hidden"):
        span = LexborHTMLParser(f'<span class="visually-hidden">{note}</span>').css_first("span")
        if span:
            link.insert_child(span)


def _is_trusted(address: str, trusted: frozenset[str]) -> bool:
    try:
        host = read_address(address).host
    except AddressError:
        return False
    return any(lies_within(host, site) for site in trusted)


def _write_notice(notice: Path, addresses: set[str]) -> None:
    """Put a row for each address in place of the one that the template has."""
    document = LexborHTMLParser(notice.read_text(encoding="utf-8"))
    pattern = document.css_first(".leaving li")
    if pattern is None or document.html is None or pattern.html is None:
        raise BuildError("no-leaving-row")
    row = Template(pattern.html)
    rows = [row.substitute(id=_identity(address), address=html.escape(address)) for address in sorted(addresses)]
    notice.write_text(document.html.replace(pattern.html, "\n".join(rows)), encoding="utf-8")


def _identity(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:12]
