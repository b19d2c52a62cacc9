"""What MkDocs complains of while it builds. In its strict mode it only counts the warnings; an editor needs their words, and the file."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from publicity.read.content import Column


class Complaints(logging.Handler):
    """Remembers every warning of MkDocs and its plugins, once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember one."""
        if (message := record.getMessage()) not in self.said:
            self.said.append(message)


_heard = Complaints()


@contextmanager
def hearing() -> Iterator[Complaints]:
    """Listen to MkDocs; a process that is forked meanwhile goes on listening for itself."""
    _heard.said.clear()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(_heard)
    try:
        yield _heard
    finally:
        logger.removeHandler(_heard)


def with_complaints(error: Exception) -> str:
    """What an error says, and below it what MkDocs complained of before."""
    return "\n".join([str(error), *(message for message in _heard.said if message not in str(error))])


_STAGED = re.compile(r"\b(?P<language>zh|en)/(?P<path>[\w/-]+\.md)\b")


def in_content(message: str, column: Column) -> str:
    """A message in which the files of the content stand for the staged pages that are made of them."""
    documents = {document.path: document for document in column.content.documents()}

    def name(found: re.Match[str]) -> str:
        document = documents.get(found["path"])
        if document is None:
            return found[0]
        translated = found["language"] == "en" and document.translation
        return (document.translation if translated else document).source.name  # type: ignore[union-attr]

    return _STAGED.sub(name, message)
