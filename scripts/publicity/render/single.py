"""Single pages of a column, rendered when they are asked for: what an editor sees beside a draft, without a build of the site."""

import os
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from publicity.models import Language
from publicity.problems import BuildError
from publicity.project import Project
from publicity.render.plugin import PublicityPlugin
from publicity.render.preview.last_build import RenderedLanguage
from publicity.render.staged_page import StagedPage
from publicity.render.warnings import failure_of


class SinglePages:
    """The pages of a region's site in one language; each is rendered once, when it is first asked for."""

    def __init__(self, project: Project, region: str, language: Language, out: Path) -> None:
        """Read, check and stage the content.

        Raises:
            BuildError: the content has problems, or a template or the configuration is at fault.
        """
        self._project = project
        self._out = out
        try:
            self._config, plugin = _configured(project, region, language, out)
        except (MkDocsException, jinja2.TemplateError) as error:
            raise failure_of(error, project) from None
        try:
            self._config = self._config.plugins.on_config(self._config)
            self._rendered = _pages(self._config)
        except (MkDocsException, jinja2.TemplateError) as error:
            raise failure_of(error, project) from None
        finally:
            # MkDocs keeps one plugin for all builds of a process: to it, this one ends before its pages are written.
            plugin.on_build_error(error=RuntimeError())
        self._files = {file.dest_uri: file for file in self._rendered.files if file.inclusion.is_included()}
        self._done: set[str] = set()

    def file(self, path: str) -> Path | None:
        """Where a file of the site lies, by its path there; None where the site has none.

        Raises:
            BuildError: the page cannot be rendered.
        """
        file = self._files.get(path)
        if file is None:
            return None
        if not file.is_documentation_page():
            return Path(file.abs_src_path or "")
        if path not in self._done:
            self._render(file)
            self._done.add(path)
        return self._out / path

    def _render(self, file: File) -> None:
        page = StagedPage(None, file, self._config)
        rendered = self._rendered
        try:
            _populate_page(page, self._config, rendered.files)
            _build_page(page, self._config, (), rendered.nav, rendered.templates)
        except (MkDocsException, jinja2.TemplateError) as error:
            raise failure_of(error, self._project) from None


def _configured(project: Project, region: str, language: Language, out: Path) -> tuple[MkDocsConfig, PublicityPlugin]:
    """MkDocs set up for one language, as under `serve`: no other language is built beside it."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ.pop("PUBLICITY_REGION", None)
    config = load_config(str(project.config_file), site_dir=str(out))
    plugin: Any = config.plugins.get("publicity")
    if not isinstance(plugin, PublicityPlugin):
        raise BuildError("no-plugin")
    plugin.config.region = region
    config.plugins.on_startup(command="serve", dirty=False)
    plugin.only_renders = True
    languages: Any = config.plugins["i18n"]
    languages.current_language = language
    return config, plugin


def _pages(config: MkDocsConfig) -> RenderedLanguage:
    """What MkDocs has in hands when it renders pages; no page is rendered yet."""
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    nav = config.plugins.on_nav(nav, config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files)
    return RenderedLanguage(files, nav, env)
