"""A preview that goes on whatever is wrong: the last good pages stay, and what is wrong is told on them and in the terminal."""

import logging
import time
from collections.abc import Callable
from typing import Any

import mkdocs.commands.serve
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from publicity.labels.sentences import lines_of, outcome
from publicity.problems import BuildError, ContentError, Problem, UsageError
from publicity.project import Project
from publicity.render.configured import project_of
from publicity.render.preview.good_pages import GoodPages
from publicity.render.preview.server import PreviewServer
from publicity.render.warnings import LOGGER, collect_warnings, failure_of

log = logging.getLogger(LOGGER)

Failure = ContentError | UsageError | BuildError


class Preview:
    """The builds of `serve`, in place of MkDocs' own: the first, which may fail, and one after each edit."""

    def __init__(self, plugin: Any) -> None:  # noqa: ANN401 - PublicityPlugin, which knows this module
        self._plugin = plugin
        self._pages: GoodPages
        self._project: Project
        self._problems: tuple[Problem, ...] = ()

    def first_build(self, config: MkDocsConfig, **options: Any) -> None:  # noqa: ANN401 - as in MkDocs
        """Build before there is a server. Where that fails, the last good pages are served with what is wrong.

        Raises:
            MkDocsException: the command was used wrongly; its cause is a UsageError.
        """
        self._project = project_of(config)
        self._pages = GoodPages(self._project, self._plugin.region, *config.dev_addr)
        try:
            with collect_warnings():
                self.whole_build(config, **options)
        except Exception as error:
            failure = self._failure_of(error)
            if isinstance(failure, UsageError):
                raise
            self._problems = _problems(failure)
            self._tell(failure)

    def whole_build(self, config: MkDocsConfig, **options: Any) -> None:  # noqa: ANN401 - as in MkDocs
        """Build into a fresh folder; the plugin counts warnings as failures, as in a build that is published.

        Raises:
            Exception: it could not be built; what is shown stays as it is.
        """
        with self._pages.fresh() as folder:
            config.site_dir = str(folder)
            build(config, **options)

    def attend(self, server: PreviewServer) -> None:
        """Show what there is, and build again when the server hears of an edit."""
        mkdocs.commands.serve.build = self.whole_build  # type: ignore[attr-defined]
        whole = server.builder
        server.builder = lambda: self._rebuild(server, whole)
        server.error_handler = server.error_page
        server.show(self._pages.shown, self._problems)

    def _rebuild(self, server: PreviewServer, whole: Callable[[], None]) -> None:
        """After an edit: render the pages that show it, or build the whole site where that is not enough."""
        start = time.monotonic()
        with server.answering():
            failure = pages = None
            try:
                with collect_warnings():
                    pages = self._plugin.update(self._project)
                    if pages is None:
                        whole()
            except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on
                failure = self._failure_of(error)
            server.show(self._pages.shown, _problems(failure) if failure else ())
        seconds = f"{time.monotonic() - start:.2f}"
        if failure:
            self._tell(failure)
        elif pages is None:
            log.info(outcome("site-rebuilt", seconds=seconds))
        else:
            log.info(outcome("page-edited", pages=pages, seconds=seconds))

    def _failure_of(self, error: Exception) -> Failure:
        prepared = self._plugin.prepared
        return failure_of(error, self._project, prepared.column if prepared else None)

    def _tell(self, failure: Failure) -> None:
        """In the terminal; what can be seen meanwhile, too."""
        seen = outcome("preview-mend" if self._pages.shown else "preview-empty")
        log.error("\n".join([*lines_of(failure), seen]))


def _problems(failure: Failure) -> tuple[Problem, ...]:
    return failure.problems if isinstance(failure, ContentError) else (failure.problem,)
