"""Whose name a document to take away bears: office programs and PDF writers note it in the file's properties, unasked."""

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import olefile

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from scoring.words import quote

_PARTS = {
    "docProps/core.xml": ("dc:creator", "cp:lastModifiedBy"),
    "docProps/app.xml": ("Company", "Manager"),
    "OFD.xml": ("ofd:Author",),
}
_LONGEST_PART = 1_000_000
_PATIENCE = 20
"""Seconds for one PDF."""
_PROGRAMS = re.compile(
    r"word|wps|writer|office|excel|powerpoint|acrobat|adobe|chrom|firefox|mozilla|skia|tex\b|pandoc|indesign|pscript|quartz|pdf|"
    r"foxit|福昕|typst|scan|canon|xerox|ricoh|konica|hp |epson|reportlab|ghostscript|python-docx|openpyxl|apache|java|qt |cairo",
    re.IGNORECASE,
)
"""What a PDF names as its creator is mostly a program; python-docx signs as an author."""


def inspect_properties(inspection: Inspection) -> Iterator[Finding]:
    """Names of people and of companies in the properties of PDF, OFD and office files."""
    for path in inspection.content.media.values():
        if properties := _READERS.get(path.suffix.lower()):
            name = inspection.project.name(path)
            try:
                named = list(dict.fromkeys(properties(path)))
            except Exception:  # noqa: BLE001 - whatever a broken file does to its reader, nobody can open it
                yield Finding("unreadable-properties", name, 1)
                continue
            for key, value in named:
                yield Finding("named-properties", name, 1, {"property": key, "value": value})


def _of_office(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for part, keys in _PARTS.items():
            if part not in archive.namelist():
                continue
            with archive.open(part) as file:
                text = file.read(_LONGEST_PART).decode("utf-8", "replace")
            for key in keys:
                for match in re.finditer(rf"<(?:\w+:)?{key.rpartition(':')[2]}\b[^<>]*>([^<]*)<", text):
                    yield from _named(key, html.unescape(match[1]))


def _of_compound(path: Path) -> Iterator[tuple[str, str]]:
    """The older office files."""
    with olefile.OleFileIO(str(path)) as compound:
        known = compound.get_metadata()
        for key in ("author", "last_saved_by", "company", "manager"):
            value = getattr(known, key)
            if isinstance(value, bytes):
                yield from _named(key, value.decode(_encoding(known.codepage), "replace"))


def _encoding(codepage: int | None) -> str:
    """Python's name of a Windows code page; that of simplified Chinese where the file names none."""
    return "utf-8" if codepage == _UTF_8 else f"cp{codepage}" if codepage and codepage > 0 else "cp936"


_UTF_8 = 65001


def _of_pdf(path: Path) -> list[tuple[str, str]]:
    """Read in a process of its own: a PDF can be made so that no reader comes to its end."""
    command = [sys.executable, "-m", "publicity.inspect.pdf", os.fspath(path)]
    noted = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True).stdout
    return [pair for key, value in json.loads(noted) for pair in _named(key, value)]


def _named(key: str, value: str) -> Iterator[tuple[str, str]]:
    name = " ".join(value.split())
    if name and not _PROGRAMS.search(name):
        yield key, quote(name[:80])


_READERS = {
    ".pdf": _of_pdf,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".ofd"), _of_office),
    **dict.fromkeys((".doc", ".wps", ".xls", ".et", ".ppt", ".dps"), _of_compound),
}
