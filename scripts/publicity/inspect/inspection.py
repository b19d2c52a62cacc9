"""What every check may look at."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from publicity.addresses import url_of
from publicity.inspect.built_site import BuiltSite
from publicity.inspect.findings import Finding
from publicity.models import LANGUAGES, Entry, Region
from publicity.project import Project
from publicity.read.content import Content, Document
from publicity.read.markdown.body import Body, read_body
from publicity.read.passages import Passage, read_passages


@dataclass(frozen=True)
class Inspection:
    """A region's content, and its built site where there is one. `bad_links` maps outward addresses to what is wrong."""

    project: Project
    region: Region
    content: Content
    site: BuiltSite | None
    bad_links: Mapping[str, str]

    @property
    def today(self) -> datetime.date:
        """The day that the inspection is made for."""
        return self.content.today

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text with its place, read once for all checks."""
        return tuple(read_passages(self.project, self.region.slug, self.content))

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """What every Markdown body links to and shows, by the name of its file."""
        return {
            source.name: read_body(source.body) for document in self.content.documents() for source in document.sources
        }

    def origin(self, page: str) -> str | None:
        """The file of the content that a built page is made of, where it is made of one."""
        return self._origins.get(page)

    @cached_property
    def _origins(self) -> dict[str, str]:
        return {
            f"{url_of(document.path, language)}index.html": document.source.name
            for document in self.content.documents()
            for language in LANGUAGES
        }

    @property
    def entries(self) -> Iterator[tuple[Document, Entry]]:
        """Every entry with its particulars."""
        for collection in self.content.entries.values():
            for document in collection.values():
                yield document, document.meta_as(Entry)


Inspector = Callable[[Inspection], Iterator[Finding]]
