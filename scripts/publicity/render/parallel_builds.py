"""Languages side by side. static-i18n builds one after another; where the system can fork, each further one gets a process.

A process begins as a copy of this one, in the middle of the first language, and does what static-i18n would do there afterwards.
"""

import contextlib
import gc
import multiprocessing
import os
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import jinja2
import mkdocs.utils
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from publicity.labels.sentences import line_of
from publicity.problems import BuildError
from publicity.render.configured import project_of
from publicity.render.warnings import WARNINGS, template_failure
from publicity.work.processes import end_with_parent


class ParallelBuilds:
    """The builds of all languages but the first, each in its process."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Start them. The site's folder must have been cleaned: they do not clean it."""
        plugin: Any = config.plugins["i18n"]
        self._plugin = plugin
        self._running: list[tuple[BaseProcess, Connection]] = []
        if not hasattr(os, "fork"):
            return
        gc.freeze()  # or the first search for garbage would touch, and so copy, all memory that the processes share
        context = multiprocessing.get_context("fork")
        for language in plugin.build_languages:
            if language != plugin.current_language:
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_build, args=(config, plugin, language, theirs), daemon=True)
                process.start()
                theirs.close()
                self._running.append((process, ours))

    def wait(self) -> None:
        """Until they stand; static-i18n will not build them again.

        Raises:
            Abort: one failed; what it said is the message.
        """
        for process, results in self._running:
            with contextlib.suppress(EOFError):  # it had nothing to say
                warnings, failure, message = results.recv()
                WARNINGS.remember(warnings)
                raise Abort(message) from failure
            process.join()
            if process.exitcode:
                failure = BuildError("build-ended", status=process.exitcode)
                raise Abort(line_of(failure.problem)) from failure
        for language in self._plugin.config.languages if self._running else ():
            language.build = language.locale == self._plugin.current_language

    def stop(self) -> None:
        """Give them up."""
        for process, _ in self._running:
            process.terminate()


def _build(config: MkDocsConfig, plugin: Any, language: str, tell: Connection) -> None:  # noqa: ANN401
    end_with_parent()
    mkdocs.utils.clean_directory = lambda directory: None  # noqa: ARG005 - other languages are being written there
    plugin.building, plugin.current_language = True, language
    try:
        build(config)
    except jinja2.TemplateError as error:
        failure = template_failure(error, project_of(config))
        tell.send((WARNINGS.said, failure, line_of(failure.problem)))
    except Exception as error:  # noqa: BLE001 - told to the process that waits
        tell.send((WARNINGS.said, None, str(error)))
