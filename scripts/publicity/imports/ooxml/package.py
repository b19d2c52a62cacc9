"""Word files as what they are, ZIP archives: what is opened, and what is refused before anything is unpacked."""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from publicity.imports.ooxml.xml import SPACES, STRICT, UnsafeXmlError, parse
from publicity.problems import UsageError
from publicity.read.files.plain import MEGABYTE, read_plain_file

MOST_PARTS = 3_000
MOST_UNPACKED = 300 * MEGABYTE
"""Of all parts together, by what the archive says of itself."""
MOST_XML = 30 * MEGABYTE
MOST_MEDIUM = 20 * MEGABYTE
MOST_RATIO = 400
"""How many times its packed size a part over a megabyte may have: real text does not reach 50."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = {b"%PDF-": "PDF", b"{\\rtf": "RTF", b"<": "HTML/XML", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True)
class Package:
    """The parts of a Word file that are read, by their names such as `word/document.xml`.

    Attributes:
        main: The name of the part that holds the text.
        names: All parts that there are, read or not.
    """

    archive: zipfile.ZipFile
    names: frozenset[str]
    main: str
    shown: str

    def xml(self, name: str) -> ET.Element | None:
        """A part as XML; None where it is not there.

        Raises:
            UsageError: it must not, or cannot, be parsed.
        """
        if name not in self.names:
            return None
        return _parsed(self.bytes(name, MOST_XML), self.shown)

    def bytes(self, name: str, most: int = MOST_MEDIUM) -> bytes:
        """A part as it is.

        Raises:
            UsageError: it is too big, or damaged.
        """
        try:
            with self.archive.open(name) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise _refused(self.shown, "damaged-docx") from error
        if len(data) > most:
            raise _refused(self.shown, "docx-too-large", part=name, most=most // MEGABYTE)
        return data

    def relations(self, name: str) -> dict[str, "Relation"]:
        """What a part refers to, by its ids."""
        folder, file = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for row in root if root is not None else ():
            target, outside = row.get("Target", ""), row.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[row.get("Id", "")] = Relation(row.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def related(self, kind: str) -> list[str]:
        """The parts of a kind that the text refers to, such as `header`."""
        parts = self.relations(self.main).values()
        return sorted({part.target for part in parts if part.kind == kind and not part.outside} & self.names)


@dataclass(frozen=True)
class Relation:
    """What a part refers to: a kind such as `image`, and a part's name, or an address outside."""

    kind: str
    target: str
    outside: bool


def open_package(file: Path) -> Package:
    """A Word file, opened.

    Raises:
        UsageError: there is none, it is of another kind, locked or damaged, or holds what no text needs.
    """
    shown = str(file)
    if not file.is_file():  # that a folder be deleted is nobody's advice
        raise UsageError("no-such-file", file=shown)
    data, problems = read_plain_file(file, shown)
    if data is None:
        raise UsageError.of(problems[0])
    if not data.startswith(b"PK\x03\x04"):
        raise _of_another_kind(data, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise _refused(shown, "damaged-docx") from error
    _check_parts(archive, shown)
    return _package(archive, shown)


def _of_another_kind(data: bytes, file: Path) -> UsageError:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _refused(str(file), "docx-locked")
        return _refused(str(file), "old-word-file")
    found = next((kind for begin, kind in _BEGINS.items() if data.lstrip().startswith(begin)), "")
    return _refused(str(file), "not-docx-but", found=found) if found else _refused(str(file), "not-docx")


def _check_parts(archive: zipfile.ZipFile, shown: str) -> None:
    """Refuse what unpacks to too much, lies outside, is locked, or stands twice, by the archive's own list."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(shown, "docx-bomb", count=len(parts), most=MOST_UNPACKED // MEGABYTE)
    for part in parts:
        if part.file_size > MEGABYTE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise _refused(shown, "docx-bomb", count=len(parts), most=MOST_UNPACKED // MEGABYTE)
        if re.search(r"^/|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)", part.filename):
            raise _refused(shown, "docx-odd-part", part=part.filename)
        if part.flag_bits & 1:
            raise _refused(shown, "docx-locked")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # Word writes no others
            raise _refused(shown, "damaged-docx")
    if len({part.filename for part in parts}) < len(parts):
        raise _refused(shown, "damaged-docx")


def _package(archive: zipfile.ZipFile, shown: str) -> Package:
    names = frozenset(archive.namelist())
    if "[Content_Types].xml" not in names:
        raise _refused(shown, "not-docx-but", found="ZIP")
    package = Package(archive, names, "", shown)
    main = next((part.target for part in package.relations("").values() if part.kind == "officeDocument"), "")
    if main not in names or not main.startswith("word/"):
        other = {"xl/": "Excel", "ppt/": "PowerPoint"}.get(main[: main.find("/") + 1], "ZIP")
        raise _refused(shown, "not-docx-but", found=other)
    package = Package(archive, names, main, shown)
    root = package.xml(main)
    if root is not None and root.tag.startswith(f"{{{STRICT}}}"):
        raise _refused(shown, "docx-strict")
    if root is None or root.tag != f"{{{SPACES['w']}}}document":
        raise _refused(shown, "damaged-docx")
    return package


def _parsed(data: bytes, shown: str) -> ET.Element:
    try:
        return parse(data)
    except UnsafeXmlError as error:
        raise _refused(shown, error.code) from error


def _refused(file: str, code: str, **values: object) -> UsageError:
    return UsageError(code, file=file, **values)
