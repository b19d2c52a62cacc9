"""The thin seam to MkDocs: plain functions called at the right moments. Nothing else here but `render` knows MkDocs.

static-i18n runs a whole build inside `on_post_build` for each further language, with the same plugin objects. What must happen
once a site, and not once a language, is therefore guarded by `_depth`.
"""

import os
from pathlib import Path
from typing import Any, Literal

import jinja2
import mkdocs.utils
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files

from publicity.finish import finish
from publicity.prepare import Prepared, prepare
from publicity.problems import BuildError, ContentError
from publicity.project import Project, UsageError
from publicity.qr import qr_svg

_clean_directory = mkdocs.utils.clean_directory


class PluginConfig(Config):
    """Options under `plugins: publicity:` in mkdocs.yml."""

    region = config_options.Type(str, default="jiangbei")
    """The region that a plain `mkdocs build` makes; the environment variable PUBLICITY_REGION wins over it."""


class PublicityPlugin(BasePlugin[PluginConfig]):
    """Stages the content before MkDocs reads it, and finishes the site after MkDocs has written it."""

    def __init__(self) -> None:
        self._depth = 0
        self.prepared: Prepared | None = None
        self._serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Under `mkdocs serve` the reload script is put into the pages, which their content security policy would block."""
        self._serving = command == "serve"

    # Before every other plugin, so that all of them see the staging folder as docs_dir.
    @event_priority(100)
    def _prepare(self, config: MkDocsConfig) -> MkDocsConfig:
        self._depth += 1
        if self._depth > 1:
            return config
        project = Project(Path(config.config_file_path or "mkdocs.yml").resolve().parent)
        try:
            self.prepared = prepare(project, os.environ.get("PUBLICITY_REGION") or self.config.region)
        except ContentError as error:
            raise Abort(f"{error}\n{error.summary}") from error
        except (UsageError, BuildError) as error:
            raise Abort(str(error)) from error
        config.docs_dir = str(self.prepared.staging)
        config.extra.update(self.prepared.extra, serving=self._serving)
        # We write sitemap and error pages ourselves: here the last language would overwrite them all.
        config.theme.static_templates.clear()
        return config

    # After static-i18n (-100), which sets the language of this pass.
    @event_priority(-110)
    def _name(self, config: MkDocsConfig) -> MkDocsConfig:
        language = "en" if str(config.theme["language"]).startswith("en") else "zh"
        config.site_name = config.extra["site"][language]["title"]
        return config

    on_config = CombinedEvent(_prepare, _name)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Leave out the theme's own scripts, styles and source maps: no page of ours loads them."""
        for file in [file for file in files if file.src_dir != config.docs_dir]:
            files.remove(file)
        return files

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Titles and summaries are text: what looks like HTML in them is shown, not run."""
        env.autoescape = True
        env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
        env.filters["qr"] = qr_svg
        return env

    # After static-i18n (-100) has built the other languages from within its own on_post_build.
    @event_priority(-110)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Finish the site once all languages stand."""
        self._depth -= 1
        if self._depth == 0 and self.prepared:
            finish(self.prepared, Path(config.site_dir), config.site_url or None)

    def on_build_error(self, error: Exception) -> None:  # noqa: ARG002
        """A failed pass must not spoil the next one under `mkdocs serve` (static-i18n leaves its patch in place)."""
        self._depth = 0
        mkdocs.utils.clean_directory = _clean_directory

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ANN401, ARG002
        """Rebuild when the sources change, not when the staging folder does."""
        if self.prepared:
            server.unwatch(str(self.prepared.staging))
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
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
