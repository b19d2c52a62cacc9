"""The thin seam to MkDocs: plain functions called at the right moments. Nothing else here but `render` knows MkDocs.

static-i18n runs a whole build inside `on_post_build` for each further language, with the same plugin objects. What must happen
once a site, and not once a language, is therefore guarded by `_depth`.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import jinja2
import mkdocs.commands.serve
import mkdocs.utils
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from publicity.finish import finish
from publicity.finish.rendered import RenderedSite
from publicity.labels.sentences import lines_of
from publicity.models import LANGUAGES, Language
from publicity.prepare import HandIn, Prepared, prepare
from publicity.problems import BuildError, ContentError, UsageError
from publicity.project import Project
from publicity.render.configured import project_of
from publicity.render.language_pass import LanguagePass, templates_version
from publicity.render.parallel_builds import ParallelBuilds
from publicity.render.preview.going_on import Preview
from publicity.render.preview.good_pages import preview_name
from publicity.render.preview.last_build import LastBuild, RenderedLanguage
from publicity.render.preview.serve import Changes
from publicity.render.preview.server import PreviewServer
from publicity.render.staged_page import StagedPage, environment
from publicity.render.warnings import heed_warnings
from publicity.stage.edited import Staged
from publicity.work.former import NOTHING
from publicity.work.names import KEPT
from publicity.work.progress import Progress

_clean_directory = mkdocs.utils.clean_directory


class PluginConfig(Config):
    """Options under `plugins: publicity:` in mkdocs.yml."""

    region = config_options.Type(str)
    """The region that a plain `mkdocs build` makes; the environment variable PUBLICITY_REGION wins over it."""


class PublicityPlugin(BasePlugin[PluginConfig]):
    """Stages the content before MkDocs reads it, and finishes the site after MkDocs has written it."""

    def __init__(self) -> None:
        self._depth = 0
        self.prepared: Prepared | None = None
        self.address: str | None = None
        """Where the site will lie, as far as that is known."""
        self._serving = False
        self._place: str | None = None
        self._staging: Staged | None = None
        self._built: LastBuild | None = None
        self._navigation = Navigation([], [])
        self._passes: dict[Language, LanguagePass] = {}
        self.only_renders = False
        """Whether pages are wanted as templates make them, and no site of them."""
        self._others: ParallelBuilds | None = None
        self._preview: Preview | None = None
        self.handed: HandIn | None = None
        self.former = NOTHING
        """What may be moved from a site that was replaced."""
        self.progress = Progress(quiet=True)
        """Told of every step and page; of the pages of one language, where others are made beside it."""
        self._pages = self._most_pages = 0

    @property
    def region(self) -> str:
        """The region that is made."""
        return os.environ.get("PUBLICITY_REGION") or self.config.region

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Under `mkdocs serve` the server is ours, and a build that fails ends nothing."""
        self._serving, self.only_renders = command == "serve", False
        if self._serving:
            self._preview = Preview(self)
            mkdocs.commands.serve.LiveReloadServer = PreviewServer  # type: ignore[attr-defined]
            mkdocs.commands.serve.build = self._preview.first_build  # type: ignore[attr-defined]

    # Before every other plugin, so that all of them see the staging folder as docs_dir.
    @event_priority(100)
    def _prepare(self, config: MkDocsConfig) -> MkDocsConfig:
        self._depth += 1
        if self._depth > 1:
            return config
        self.progress.step("progress-check")
        # A build, or another preview, would change the pages of a preview behind its back.
        self._place = preview_name(self.region, *config.dev_addr) if self._serving else None
        self.prepared = self._staged(project_of(config))
        self._built = LastBuild(config, self.prepared, templates_version(project_of(config))) if self._serving else None
        config.docs_dir = str(self.prepared.staging)
        own = self.prepared.column.region.site.column_url
        if self._serving:  # MkDocs takes the server's address for the site's: pages need none to be looked at
            config.site_url = None
        elif own and not config.site_url:
            config.site_url = own.rstrip("/") + "/"  # in MkDocs' own form
        self.address = config.site_url or None
        config.extra.update(self.prepared.extra)
        # We write sitemap and error pages ourselves: here the last language would overwrite them all.
        config.theme.static_templates.clear()
        templates = environment(config.theme, project_of(config).build / "templates")
        config.theme.get_env = lambda: templates  # type: ignore[method-assign]
        return config

    # After static-i18n (-100), which sets the language of this pass.
    @event_priority(-110)
    def _name(self, config: MkDocsConfig) -> MkDocsConfig:
        config.site_name = config.extra["site"][_language(config)]["title"]
        return config

    on_config = CombinedEvent(_prepare, _name)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave out the theme's own scripts, styles and source maps, which no page of ours loads, and the pages of other languages.

        static-i18n would make each of those anew, twice, to look for a page's other languages. Staging has said them.
        """
        others = tuple(f"{language}/" for language in LANGUAGES if language != _language(config))
        for file in list(files):
            if file.src_dir != config.docs_dir or (file.is_documentation_page() and file.src_uri.startswith(others)):
                files.remove(file)
        if self._depth == 1 and not self._serving:  # a preview renders single pages later, and needs all languages here
            self._others = ParallelBuilds(config)
        return files

    # After static-i18n (-100), which puts its own in place.
    @event_priority(-110)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation for `on_env`, which is not given it; and the files that links lead to, which static-i18n looks up slowly."""
        files.get_file_from_path = cache(files.get_file_from_path)  # type: ignore[method-assign]
        self._navigation = nav
        pages = files.documentation_pages()
        self._pages, self._most_pages = 0, len(pages)
        if self.prepared and not self.only_renders:
            kept = project_of(config).build / KEPT / "pages"
            made = self._passes[_language(config)] = LanguagePass(
                config, self.prepared, _language(config), kept, self.former
            )
            self._pages = made.place_kept(pages)
        return nav

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Remember for a preview what the pages of this language are rendered with."""
        if self._built:
            self._built.passes[_language(config)] = RenderedLanguage(
                files, self._navigation, env, self._passes.get(_language(config))
            )
        return env

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002
        """Put our own kind of page in its place."""
        return page if isinstance(page, StagedPage) else StagedPage(None, page.file, config)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Finish a page; its text is written now."""
        self._pages += 1
        self.progress.at("progress-pages", done=self._pages, total=self._most_pages)
        if isinstance(page, StagedPage):
            page.forget()
        made = self._passes.get(_language(config))
        return made.finished(page.file, output) if made else output

    # Before static-i18n (-100) would build the other languages from within its own on_post_build.
    @event_priority(-90)
    def _complete(self, config: MkDocsConfig) -> None:
        """Write what the pages of this language add up to, and wait for the others."""
        if made := self._passes.get(_language(config)):
            made.complete()
        if self._others:
            others, self._others = self._others, None
            others.wait()

    # After it.
    @event_priority(-110)
    def _finish(self, config: MkDocsConfig) -> None:
        """Finish the site once all languages stand."""
        self._depth -= 1
        if self._depth == 0 and self.prepared:
            self.progress.step("progress-finish")
            finish(RenderedSite(self.prepared, Path(config.site_dir), config.site_url or None))
            if self._serving:
                heed_warnings()

    on_post_build = CombinedEvent(_complete, _finish)

    def on_build_error(self, error: Exception) -> None:  # noqa: ARG002
        """A failed pass must not spoil the next one under `mkdocs serve` (static-i18n leaves its patch in place)."""
        self._depth = 0
        self._built = None
        self._passes.clear()
        if self._others:
            self._others.stop()
        mkdocs.utils.clean_directory = _clean_directory

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ANN401, ARG002
        """Rebuild when the sources change, not when the staging folder does; and no more than the change asks for."""
        if self._preview:
            self._preview.attend(cast(PreviewServer, server))
        root = project_of(config).root
        server.unwatch(config.docs_dir)
        server.unwatch(str(config.config_file_path))
        server.observer = Changes()
        server.watch(str(config.config_file_path))
        for folder in (
            "content",
            "docs",
            "overrides",
            "scoring_wasm/standards",
            "scoring_wasm/scoring",
            "scoring_wasm/browser",
        ):
            server.watch(str(root / folder))
        return server

    def _staged(self, project: Project, before: Staged | None = None) -> Prepared:
        """The region's staging folder, brought up to date; `before` is how it was made as it is now.

        Raises:
            Abort: the content has problems.
        """
        self._staging = None  # of a staging that breaks off nothing is known
        try:
            prepared = prepare(project, self.region, self.handed, self._place, before)
        except (ContentError, UsageError, BuildError) as error:
            if isinstance(error, ContentError):  # raised before anything is written
                self._staging = before
            raise Abort("\n".join(lines_of(error))) from error
        self._staging = prepared.staged
        return prepared

    def update(self, project: Project) -> int | None:
        """Render the pages that show an edit; returns their number, or None where all must be built.

        Raises:
            Exception: it cannot be rendered; the pages are as they were.
        """
        if self._built is None:
            return None
        fresh = self._staged(project, self._staging)
        pages = self._built.update(project, fresh)
        if pages is not None:
            self.prepared = fresh
        return pages


def _language(config: MkDocsConfig) -> Language:
    """The language of this pass."""
    plugin: Any = config.plugins["i18n"]
    return cast(Language, plugin.current_language)
