"""Live preview: MkDocs' own server, bound to this machine."""

import logging
import os
import re
from typing import Any

import jinja2
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import MkDocsException
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer

from publicity.problems import UsageError
from publicity.project import Project
from publicity.render.warnings import Speaker, failure_of


def serve_site(project: Project, region: str, address: str) -> None:
    """Serve until interrupted. Problems in the content are told in the terminal; the last good site stays up.

    Raises:
        ContentError, BuildError: already at the start there is nothing to show.
        UsageError: there is no such region, or the address is none.
    """
    if not re.fullmatch(r"[^\s:/]+:\d{1,5}", address):
        raise UsageError("bad-address", found=address)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(Speaker())
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PUBLICITY_REGION": region}
    try:
        mkdocs_serve(str(project.config_file), livereload=True, dev_addr=address)
    except (MkDocsException, jinja2.TemplateError) as error:
        raise failure_of(error, project) from None


class Changes(Observer):  # type: ignore[misc, valid-type]
    """The system's own word of every change, in place of MkDocs' look at all files every half second."""

    def schedule(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        """As in watchdog, but files that are only read have not changed."""
        kinds = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        return super().schedule(*arguments, **options, event_filter=kinds)
