"""The addresses that a region has published, in `content/<region>/published-urls.txt`: none may be lost without a word.

One address a line, the same in both languages. `# gone` after one says that it was withdrawn on purpose; any words may follow.
"""

import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from publicity.addresses import url_of
from publicity.models import Entry
from publicity.problems import Problem
from publicity.read.content import Column
from publicity.read.draft import Draft
from publicity.read.relations import redirects
from publicity.read.source import read_text

FILE = "published-urls.txt"
_HEAD = """\
# Addresses that this column has published, in Chinese and below /en/ alike. Each must lead somewhere for good: when an entry is renamed,
# its `aliases` keep the old address alive; what is withdrawn gets `# gone` here. `publicity urls --write` adds what is new.
"""
_LINE = re.compile(r"(?P<address>/(?:[a-z0-9-]+/){0,2})(?:\s+#\s*gone\b.*)?")


def check_published(draft: Draft) -> Iterator[Problem]:
    """Published addresses that would be lost."""
    file, name = draft.folder / FILE, f"{draft.folder_name}/{FILE}"
    text, problems = read_text(file, name) if file.exists() else ("", [])
    yield from problems
    content = draft.content
    # What cannot be read has problems of its own, and what is under embargo comes back.
    addresses = {
        _address(path) for path in [*content.listed_paths(), *redirects(content), *content.broken, *content.embargoed]
    }
    for number, row in enumerate((text or "").split("\n"), 1):
        line = row.strip()
        match = _LINE.fullmatch(line)
        if not line or line.startswith("#"):
            continue
        if match is None:
            yield Problem(name, number, "not-published-address", {"line": line})
        elif "#" not in line and match["address"] not in addresses:
            values = {"address": line, "alias": match["address"].strip("/")}
            yield Problem(name, number, "published-and-gone", values)


def without_address(text: str, path: str, reason: str) -> str:
    """The text of a file of addresses that says why the one of a page (`cases/x.md`) was withdrawn; as it was where it is not held."""
    address = _address(path)
    lines = text.split("\n")
    return "\n".join(f"{address} # gone: {reason}" if line.strip() == address else line for line in lines)


def with_address(text: str, path: str) -> str:
    """The text of a file of addresses that holds the one of a page, in its place by the alphabet."""
    return _with(text, _address(path))


def _with(text: str, address: str) -> str:
    rows = [
        row
        for row in text.rstrip("\n").splitlines()
        if row.partition("#")[0].strip() != address or row.strip() == address
    ]
    if address not in (row.strip() for row in rows):
        place = next((number for number, row in enumerate(rows) if row.startswith("/") and row > address), len(rows))
        rows.insert(place, address)
    return "\n".join(rows) + "\n"


def joined(before: str, ours: str, theirs: str) -> str:
    """A file of addresses that was changed in two places: as it is there, with what was added or withdrawn here since both were alike."""
    known, text = {row.strip() for row in before.splitlines()}, theirs
    for row in (row.strip() for row in ours.splitlines()):
        if row.startswith("/") and row not in known:
            address = row.partition("#")[0].strip()
            text = "\n".join(row if line == address else line for line in _with(text, address).split("\n"))
    return text


def holds(text: str, path: str) -> bool:
    """Whether a file of addresses holds the one of a page."""
    return _address(path) in (row.strip() for row in text.split("\n"))


def new_addresses(column: Column, file: Path) -> list[str]:
    """The column's addresses that its file does not hold yet. Samples are left out: they are there to be replaced."""
    known = {line.split("#")[0].strip() for line in _lines(file)}
    samples = {
        document.path
        for document in column.content.documents()
        if isinstance(document.meta, Entry) and document.meta.sample
    }
    return sorted({_address(path) for path in column.content.listed_paths() if path not in samples} - known)


def write_published(file: Path, new: list[str]) -> None:
    """Add addresses to a region's file; what stands there is kept."""
    text = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    file.write_text(reduce(_with, new, text), encoding="utf-8")


def _address(path: str) -> str:
    return f"/{url_of(path, 'zh').removeprefix('./')}"


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
