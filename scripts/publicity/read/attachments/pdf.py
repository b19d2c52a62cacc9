"""The lines of a PDF, and how many of its pages have none, as JSON; run with the file as its argument."""

import json
import logging
import sys

import pypdf


def lines_of_pdf(path: str) -> tuple[list[str], int]:
    """What its pages say, and how many say nothing: scanned ones hold a picture alone.

    Raises:
        Exception: whatever a broken file makes pypdf raise.
    """
    with pypdf.PdfReader(path) as reader:
        pages = [page.extract_text() for page in reader.pages]
    lines = [line.strip() for page in pages for line in page.split("\n")]
    return [line for line in lines if line], sum(not page.strip() for page in pages)


if __name__ == "__main__":
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it talks of every slip in a file
    json.dump(lines_of_pdf(sys.argv[1]), sys.stdout)
