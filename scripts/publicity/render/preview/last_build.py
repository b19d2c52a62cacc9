"""What an edit costs under `serve`: the pages that show it are rendered into the site of the last whole build.

Staging tells which pages those are: all that a page shows of the content stands in its staged file. What else it shows (the
site's names, labels, standards, templates, configuration, and which pages there are) must be as it was; if not, all is built.
The search index and the manifest of the preview are those of the last whole build.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from publicity.finish import finish_edited
from publicity.finish.rendered import RenderedSite
from publicity.models import Language
from publicity.prepare import Prepared
from publicity.project import Project
from publicity.render.language_pass import LanguagePass, templates_version
from publicity.render.staged_page import StagedPage
from publicity.render.warnings import heed_warnings


@dataclass(frozen=True)
class RenderedLanguage:
    """What MkDocs had in hands when it rendered one language."""

    files: Files
    nav: Navigation
    templates: jinja2.Environment
    made: LanguagePass | None = None


@dataclass
class LastBuild:
    """A whole build, for single pages to be rendered again as it rendered them."""

    config: MkDocsConfig
    prepared: Prepared
    templates: str
    passes: dict[Language, RenderedLanguage] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    """Staged files that have changed and could not be rendered."""

    def update(self, project: Project, fresh: Prepared) -> int | None:
        """Render what a fresh staging has changed; returns the number of pages, or None where all must be built.

        Raises:
            Exception: something cannot be rendered; the pages are as they were.
        """
        self.pending |= fresh.changed
        fresh = replace(fresh, changed=self.pending)
        if fresh.extra != self.prepared.extra or templates_version(project) != self.templates:
            return None
        changed = list(self._changed(fresh))
        known = {file.src_uri for _, file in changed}
        # A page that is not where it was rendered has been moved by a finisher, which would miss it.
        if known != fresh.changed or not all(Path(file.abs_dest_path).exists() for _, file in changed):
            return None
        with _restored_on_failure(file.abs_dest_path for _, file in changed):
            for language, file in changed:
                self._render(self.passes[language], language, file)
            heed_warnings()
        self.prepared, self.pending = fresh, frozenset()
        if any(rendered.made and rendered.made.lacks for rendered in self.passes.values()):
            return None
        finish_edited(RenderedSite(fresh, Path(self.config.site_dir), self.config.site_url or None))
        return sum(file.is_documentation_page() for _, file in changed)

    def _changed(self, fresh: Prepared) -> Iterator[tuple[Language, File]]:
        for language, rendered in self.passes.items():
            for path in sorted(fresh.changed):
                file = rendered.files.src_uris.get(path)
                if file and path.startswith(f"{language}/"):
                    yield language, file

    def _render(self, rendered: RenderedLanguage, language: Language, file: File) -> None:
        if not file.is_documentation_page():
            file.copy_file()
            return
        plugin: Any = self.config.plugins["i18n"]
        plugin.current_language = language  # links lead to pages of this language
        page = StagedPage(None, file, self.config)
        _populate_page(page, self.config, rendered.files)
        _build_page(page, self.config, (), rendered.nav, rendered.templates)


@contextmanager
def _restored_on_failure(paths: Iterable[str]) -> Iterator[None]:
    """Put files back as they were where something fails."""
    before = {path: Path(path).read_bytes() for path in paths}
    try:
        yield
    except Exception:
        for path, content in before.items():
            Path(path).write_bytes(content)
        raise
