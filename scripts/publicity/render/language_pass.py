"""The pages of one language on their way through MkDocs: each is finished as soon as it is rendered.

All that a page shows stands in its staged file, and in what all pages show. So a page whose staged file is as it was need not be
rendered again: it is put in place as it was kept, and MkDocs never hears of it.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from publicity.finish.pages import LanguagePages
from publicity.finish.rendered import RenderedSite
from publicity.models import Language
from publicity.prepare import Prepared
from publicity.project import Project
from publicity.render.configured import project_of
from publicity.render.line_breaks import with_breaks_in_headings
from publicity.search.extract import PageText
from publicity.stage.files.assets import version
from publicity.work.former import Former
from publicity.work.names import code_version, name_of
from publicity.work.store import Store

_COLUMNS = ("html", "digest", "addresses", "searched")


class LanguagePass:
    """One language of a build."""

    def __init__(
        self, config: MkDocsConfig, prepared: Prepared, language: Language, kept: Path, former: Former
    ) -> None:
        """`kept` is the folder of what earlier builds have kept; pages that `former` has are moved."""
        self._version = _version(config, prepared)
        name = f"{prepared.column.region.slug}-{language}"
        self._store = Store(kept / f"{name}.sqlite", _COLUMNS)
        self._names: dict[str, str] = {}
        site = RenderedSite(prepared, Path(config.site_dir), config.site_url or None, former)
        self._former = former
        self._pages = LanguagePages(site, language, kept / f"{name}.json")

    def place_kept(self, files: Iterable[File]) -> int:
        """Put those pages in place that are known, and hide their files from MkDocs; returns their number."""
        of = {name_of(self._version, file.src_uri, file.content_string): file for file in files}
        self._names = {file.src_uri: name for name, file in of.items()}
        indexed = self._pages.take_index({_path(file): name for name, file in of.items()})
        known = {name: (digest, addresses) for name, digest, addresses in self._store.get(of, "digest", "addresses")}
        there = {
            name for name, (digest, _) in known.items() if self._former.moved(digest, Path(of[name].abs_dest_path))
        }
        for name, html in self._store.get(known.keys() - there, "html"):
            target = Path(of[name].abs_dest_path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(html.encode("utf-8"))
            there.add(name)
        placed = {name for name in there if _path(of[name]) in indexed}
        for name, searched in self._store.get(there - placed, "searched"):
            self._pages.take(_path(of[name]), (), PageText.loads(searched) if searched else None)
            placed.add(name)
        for name in placed:  # whatever could not be read of the others, they are rendered again
            self._pages.take(_path(of[name]), json.loads(known[name][1]), None)
            of[name].inclusion = InclusionLevel.EXCLUDED
        return len(placed)

    def finished(self, file: File, html: str) -> str:
        """A page that has just been rendered, as it stands in the site."""
        page = self._pages.finish(_path(file), with_breaks_in_headings(html))
        digest = hashlib.sha256(page.html.encode("utf-8")).hexdigest()
        searched = page.searched.dumps() if page.searched else None
        self._store.put(self._names[file.src_uri], page.html, digest, json.dumps(page.addresses), searched)
        self._pages.take(_path(file), page.addresses, page.searched)
        return page.html

    @property
    def lacks(self) -> bool:
        """Whether a page that was rendered since leads to an address that the notice does not know."""
        return bool(self._pages.lacks)

    def complete(self) -> None:
        """Write what all pages add up to."""
        self._pages.complete()
        self._store.close()


def templates_version(project: Project) -> str:
    """A hash over all that decides about pages besides content: the templates and MkDocs' configuration."""
    return version(project.root / "overrides") + project.config_file.read_text(encoding="utf-8")


def _version(config: MkDocsConfig, prepared: Prepared) -> str:
    """A hash of all that pages show besides what stands in their staged files."""
    project = project_of(config)
    shown = json.dumps(prepared.extra, ensure_ascii=False, default=str)
    trusted = sorted(prepared.column.region.trusted_sites), prepared.column.region.site
    return name_of(code_version(), templates_version(project), config.site_url, shown, trusted)


def _path(file: File) -> str:
    """The path of a page without its language: `policies/x.md`."""
    return file.src_uri.partition("/")[2]
