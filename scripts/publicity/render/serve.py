"""Live preview: MkDocs' own server, bound to this machine."""

import logging
import os
from typing import Any

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import Abort
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer

from publicity.problems import ContentError, UsageError
from publicity.project import Project


def serve_site(project: Project, region: str, address: str) -> None:
    """Serve until interrupted. Problems in the content are told in the terminal; the last good site stays up.

    Raises:
        ContentError, UsageError: already at the start there is nothing to show.
    """
    logging.basicConfig(format="%(message)s")  # or nothing would be said of address, changes and times
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PUBLICITY_REGION": region}
    try:
        mkdocs_serve(str(project.config_file), livereload=True, dev_addr=address)
    except Abort as error:
        if isinstance(error.__cause__, ContentError | UsageError):
            raise error.__cause__ from None
        raise


class Changes(Observer):  # type: ignore[misc, valid-type]
    """The system's own word of every change, in place of MkDocs' look at all files every half second."""

    def schedule(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        """As in watchdog, but files that are only read have not changed."""
        kinds = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        return super().schedule(*arguments, **options, event_filter=kinds)
