"""What MkDocs says while it builds, in sentences of ours. In its strict mode it only counts warnings; an editor needs their words, and the file."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
from mkdocs.exceptions import Abort, MkDocsException

from publicity.labels.sentences import line_of, outcome
from publicity.problems import BuildError, ContentError, Problem, UsageError, system_problem, unexpected_problem
from publicity.project import Project
from publicity.read.content import Column

LOGGER = "mkdocs.plugins.publicity"
"""The logger of our plugin. What it says is in our words already."""


_SERVER = "mkdocs.livereload"


class WarningLog(logging.Handler):
    """Remembers every warning of MkDocs and its plugins, once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a warning; what the server of a preview says meanwhile belongs to no build."""
        if record.name != _SERVER:
            self.remember([record.getMessage()])

    def remember(self, messages: Iterable[str]) -> None:
        """Remember what was said elsewhere, too."""
        self.said += [message for message in messages if message not in self.said]


WARNINGS = WarningLog()


@contextmanager
def collect_warnings() -> Iterator[None]:
    """Listen to MkDocs; a process that is forked meanwhile goes on listening for itself."""
    WARNINGS.said.clear()
    logger = logging.getLogger("mkdocs")
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    logger.addHandler(WARNINGS)
    try:
        yield
    finally:
        logger.removeHandler(WARNINGS)


def heed_warnings() -> None:
    """End a build that MkDocs has warned of, as its strict mode does.

    Raises:
        Abort: there were warnings.
    """
    if WARNINGS.said:
        raise Abort("\n".join(WARNINGS.said))


_TIME = re.compile(r"^\[\d\d:\d\d:\d\d\] ")
"""Before each message of the server."""


class Speaker(logging.Handler):
    """Says on the terminal what a preview has to say: our plugin's lines, where it is served, warnings that nobody collects."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say a warning, or nothing."""
        message = _TIME.sub("", record.getMessage())
        sentence = _said(record.name, record.levelno, message)
        if sentence:
            print(sentence, file=sys.stderr, flush=True)


def _said(logger: str, level: int, message: str) -> str | None:
    if logger == LOGGER:
        return message
    if message.startswith("Serving on "):
        return outcome("serving", address=message.split()[2])
    # The server warns of every page that a browser asks for in vain; the browser shows that itself.
    heard = level >= (logging.ERROR if logger == _SERVER else logging.WARNING)
    if WARNINGS in logging.getLogger("mkdocs").handlers and logger != _SERVER:
        return None  # told with its place when the build is over
    return line_of(Problem("", 0, "mkdocs-says", {"said": message})) if heard else None


def failure_of(
    error: Exception, project: Project, column: Column | None = None
) -> ContentError | UsageError | BuildError:
    """What ended a build: an error of ours that MkDocs has passed on, a fault in a template, what MkDocs complained of, or any other."""
    if isinstance(error.__cause__, ContentError | UsageError | BuildError):
        return error.__cause__
    if isinstance(error, jinja2.TemplateError) or any(path.endswith(".html") for path, _ in _places(error)):
        return template_failure(error, project)
    if not isinstance(error, MkDocsException):
        return BuildError.of(system_problem(error) if isinstance(error, OSError) else unexpected_problem(error))
    # An abortion only counts what was said before.
    messages = WARNINGS.said if WARNINGS.said and isinstance(error, Abort) else [*WARNINGS.said, str(error)]
    problems = [problem for message in messages if column and (problem := _in_content(message, column))]
    if len(problems) == len(messages):
        return ContentError(problems)
    return BuildError("not-built", said=tuple(messages))


def _places(error: Exception) -> list[tuple[str, int]]:
    """The files and lines that an error has come through."""
    return [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]


def template_failure(error: Exception, project: Project) -> BuildError:
    """A fault in a template, with its place."""
    places = _places(error)
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    path, line = next((place for place in reversed(places) if place[0].endswith(".html")), ("", 0))
    said = {"said": str(error) or type(error).__name__}
    return BuildError.of(Problem(project.name(Path(path)) if path else "", line, "broken-template", said))


_STAGED = re.compile(r"\b(?P<language>zh|en)/(?P<path>[\w/-]+\.md)\b")


def _in_content(message: str, column: Column) -> Problem | None:
    """A warning about a staged page as a problem of the file that it is made of, if it is about one."""
    documents = {document.path: document for document in column.content.documents()}
    names = []

    def name(match: re.Match[str]) -> str:
        document = documents.get(match["path"])
        if document is None:
            return match[0]
        source = document.translation if match["language"] == "en" and document.translation else document
        names.append(source.source.name)
        return names[-1]

    said = _STAGED.sub(name, message)
    return Problem(names[0], 0, "mkdocs-says", {"said": said}) if names else None
