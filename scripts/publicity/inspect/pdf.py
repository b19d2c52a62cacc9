"""What the properties of a PDF say of its author, as JSON; run with the file as its argument."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pypdf


def noted_names(path: str) -> Iterator[tuple[str, str]]:
    """Pairs of a property and its text.

    Raises:
        Exception: whatever a broken file makes pypdf raise.
    """
    with pypdf.PdfReader(path) as reader:
        if reader.is_encrypted and not reader.decrypt(""):
            return  # its properties are as closed as its text
        noted: dict[str, Any] = dict(reader.metadata or {})
        for key in ("/Author", "/Company", "/Manager", "/Creator"):
            yield key, str(noted.get(key) or "")
        xmp = reader.xmp_metadata
        for author in (xmp.dc_creator if xmp else None) or ():
            yield "dc:creator", str(author)


if __name__ == "__main__":
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it talks of every slip in a file
    json.dump(list(noted_names(sys.argv[1])), sys.stdout)
