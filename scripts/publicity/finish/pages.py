"""Pages on their way to the site, one by one: outward links are led over the notice, foreign passages marked, texts indexed.

What a page comes to depends on nothing but its HTML and its path; what all pages of a language add up to, the notice and the search
index, is written when the last has been taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from publicity.addresses import url_of
from publicity.finish.foreign import mark_passages
from publicity.finish.outward import NOTICE, mark_links, trusted_sites, write_notice
from publicity.finish.rendered import RenderedSite
from publicity.finish.search import SearchIndex
from publicity.models import Language
from publicity.search.extract import PageText, page_text


@dataclass(frozen=True)
class FinishedPage:
    """A page as it stands in the site, the addresses that it leads to over the notice, and what a search finds in it."""

    html: str
    addresses: tuple[str, ...]
    searched: PageText | None


class LanguagePages:
    """The pages of one language."""

    def __init__(self, site: RenderedSite, language: Language, kept: Path) -> None:
        """`kept` is where the search index of an earlier build is."""
        self._language = language
        self._notice = site.folder / url_of(NOTICE, language) / "index.html"
        self._trusted = trusted_sites(site.region, site.url)
        self._addresses: set[str] = set()
        self._is_complete = False
        self.lacks: set[str] = set()
        """Addresses that pages lead to and the notice, which was written before, does not know."""
        self._index = SearchIndex(site, language, kept)

    def take_index(self, names: Mapping[str, str]) -> frozenset[str]:
        """As `SearchIndex.take`: the paths of the pages that are taken without what a search finds in them."""
        return self._index.take(names)

    def finish(self, path: str, html: str) -> FinishedPage:
        """Finish the page at a path such as `policies/x.md`."""
        if path == NOTICE:
            return FinishedPage(html, (), None)
        document = LexborHTMLParser(html)
        is_linked, addresses = mark_links(document, path, self._trusted, self._language)
        is_marked = mark_passages(document)
        searched = page_text(document) or PageText() if self._index.lists(path) else None
        return FinishedPage((document.html or "") if is_linked or is_marked else html, addresses, searched)

    def take(self, path: str, addresses: Iterable[str], searched: PageText | None) -> None:
        """Add a page to what is written for all. What is written already is only looked at: see `lacks`."""
        if self._is_complete:
            self.lacks |= set(addresses) - self._addresses
            return
        self._addresses.update(addresses)
        if searched:
            self._index.add(path, searched)

    def complete(self) -> None:
        """Write what the pages add up to; all of them stand in their places."""
        write_notice(self._notice, self._addresses)
        self._index.write()
        self._is_complete = True
