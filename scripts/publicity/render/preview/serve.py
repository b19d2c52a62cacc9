"""Live preview: the site of one region, which follows every edit."""

import contextlib
import ipaddress
import logging
import os
import re
from typing import Any

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import MkDocsException
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer

from publicity.problems import UsageError
from publicity.project import Project
from publicity.render.preview.server import More, PreviewServer
from publicity.render.warnings import Speaker, failure_of


def serve_site(project: Project, region: str, address: str, more: More | None = None) -> None:
    """Serve until interrupted. Problems are told in the terminal and on the pages; the last good ones stay up.

    `more` answers beside the pages of the site.

    Raises:
        BuildError: MkDocs cannot read its configuration.
        UsageError: there is no such region; the address is not host and port, is taken, or belongs to another machine.
    """
    if not _is_address(address):
        raise UsageError("bad-address", found=address)
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(Speaker())
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PUBLICITY_REGION": region}
    PreviewServer.more = more
    try:
        mkdocs_serve(str(project.config_file), livereload=True, dev_addr=address)
    except MkDocsException as error:
        raise failure_of(error, project) from None


def _is_address(text: str) -> bool:
    """Whether a text is host and port as MkDocs reads them: `localhost`, an IPv4 address, or an IPv6 one in brackets."""
    parts = re.fullmatch(r"(localhost|[0-9.]+|\[[0-9a-fA-F:.]+\]):([0-9]{1,5})", text)
    if not parts or not 0 < int(parts[2]) < 2**16:
        return False
    with contextlib.suppress(ValueError):
        return parts[1] == "localhost" or bool(ipaddress.ip_address(parts[1].strip("[]")))
    return False


class Changes(Observer):  # type: ignore[misc, valid-type]
    """The system's own word of every change, in place of MkDocs' look at all files every half second."""

    def schedule(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        """As in watchdog, but files that are only read have not changed."""
        kinds = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        return super().schedule(*arguments, **options, event_filter=kinds)
