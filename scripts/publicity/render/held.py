"""The HTML of a body on its way into a page, held once more to the list of what a page may hold.

`check` has not converted the bodies that a build renders, or would do so a second time; and names and links to terms are filled in since.
"""

from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from publicity.check import check
from publicity.check.bodies.html import taken_on
from publicity.labels.sentences import lines_of
from publicity.markup.allowed import Fault
from publicity.markup.placed import UNREADABLE, html_faults, line_of_fault
from publicity.problems import ContentError, Problem
from publicity.read.content import Column, Content, Document
from publicity.read.load import load
from publicity.read.source import Source
from publicity.render.configured import project_of


def held(converter: Markdown, body: str, path: str, config: MkDocsConfig) -> str:
    """The HTML of a staged page's body.

    Raises:
        Abort: a page may not hold it, or Markdown fails at it; its cause is a ContentError with every problem of the content.
    """
    if not body.strip():
        return ""
    project = project_of(config)
    plugin: Any = config.plugins["publicity"]
    column: Column = plugin.prepared.column
    language, _, name = path.partition("/")
    document = _document(column.content, name)
    try:
        html = str(converter.reset().convert(body))
        faults = html_faults(html, taken_on(project, document.meta if document else None, name))
    except Exception:  # noqa: BLE001 - whatever a text does to Markdown is a fault of that text
        html, faults = "", [UNREADABLE]
    if not faults:
        return html
    problems = check(load(project, column.region.slug, column.today))
    if not problems and document:  # it came in with a name or a term
        translated = document.translation.source if language == "en" and document.translation else None
        problems = [_problem(translated or document.source, fault) for fault in faults]
    failure = ContentError(problems)
    raise Abort("\n".join(lines_of(failure))) from failure


def _document(content: Content, path: str) -> Document | None:
    """The document of a page; None where there is none, as of an index."""
    collection, _, file = path.rpartition("/")
    documents = content.entries[collection] if collection else content.pages
    return documents.get(file.removesuffix(".md"))


def _problem(source: Source, fault: Fault) -> Problem:
    lines = source.body.split("\n")
    return Problem(
        source.name,
        source.body_line - 1 + line_of_fault(fault, lines, len(lines), certain=False),
        fault.code,
        dict(fault.values),
    )
