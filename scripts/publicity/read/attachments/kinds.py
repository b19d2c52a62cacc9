"""What kind of file an attachment is by its content, and why it cannot be published.

Neither `filetype` nor `puremagic` knows OFD, which they take for a zip or for Word. The parts of a file are counted and named, never unpacked.
"""

import re
import struct
import zipfile
from typing import BinaryIO

import olefile

from publicity.read.attachments.movie import read_movie

MOST_UNPACKED = 1_000_000_000
"""Bytes that an archive may become; and how many times its size, where that is much."""
_MOST_TIMES, _MUCH = 100, 100_000_000
_LONGEST_LIST = 5_000_000
"""Bytes of the list of an archive's parts: a list without end would fill the memory."""

Fault = tuple[str, dict[str, object]]
"""A code of the catalogue of problems, with its values."""

_HEADS = {
    rb"%PDF-": ".pdf",
    rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]": ".mp3",
    rb".{4}ftyp(?:qt  )": ".mov",
    rb".{4}ftyp(?:hei[cx]|mif1|avif)": ".heic",
    rb".{4}ftypM4A ": ".m4a",
    rb".{4}ftyp": ".mp4",
    rb"\{\\rtf": ".rtf",
    rb"Rar!": ".rar",
    rb"7z\xbc\xaf": ".7z",
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)": ".html",
    rb"\x1a\x45\xdf\xa3": ".mkv",
    rb"RIFF.{4}WAVE": ".wav",
    rb"RIFF.{4}AVI ": ".avi",
    rb"\x89PNG": ".png",
    rb"\xff\xd8\xff": ".jpg",
}
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_OFFICE = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_OF_STREAMS = {
    "worddocument": (".doc", ".wps"),
    "workbook": (".xls", ".et"),
    "book": (".xls", ".et"),
    "powerpoint document": (".ppt", ".dps"),
}


def attachment_fault(file: BinaryIO, named: str) -> Fault | None:
    """Why a file cannot be published under an ending such as `.pdf`."""
    head = file.read(1000)
    try:
        if head.startswith(_ZIP):
            kinds = _kinds_of_archive(file)
        elif head.startswith(_OLE):
            kinds = _kinds_of_compound(file)
        else:
            kinds = _kinds_of_head(head)
    except _RefusedError as refused:
        return refused.fault
    except Exception:  # noqa: BLE001 - whatever a broken file does to its reader, nobody can open it
        kinds = ()
    if not kinds or (kinds == (".mp4",) and read_movie(file) is None):
        return "damaged-file", {"named": named}
    return None if named in kinds else ("other-kind", {"found": kinds[0], "named": named})


class _RefusedError(Exception):
    """A file that is of no harmless kind."""

    def __init__(self, code: str, **values: object) -> None:
        self.fault: Fault = (code, values)
        super().__init__(code)


def _kinds_of_head(head: bytes) -> tuple[str, ...]:
    match = next((kind for begins, kind in _HEADS.items() if re.match(begins, head, re.DOTALL | re.IGNORECASE)), None)
    return (match,) if match else ()


def _kinds_of_archive(file: BinaryIO) -> tuple[str, ...]:
    """What a zip holds decides: OFD and the newer office files are zips of their own kind.

    Raises:
        _RefusedError: it is encrypted, grows beyond bounds, or brings macros along.
    """
    size = _bounded(file)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(_MUCH, _MOST_TIMES * size):
        raise _RefusedError("archive-bomb", unpacked=f"{unpacked / 1_000_000:.0f}")
    if any(part.flag_bits & 1 for part in parts):
        raise _RefusedError("encrypted-file")
    names = {part.filename.lower() for part in parts}
    if "ofd.xml" in names:
        return (".ofd",)
    if "[content_types].xml" not in names:
        return (".zip",)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _RefusedError("macros")
    return tuple(kind for folder, kind in _OF_OFFICE.items() if any(name.startswith(folder) for name in names))[:1]


def _bounded(file: BinaryIO) -> int:
    """The size of an archive whose list of parts is not too long to be read.

    Raises:
        _RefusedError: it is.
        BadZipFile: there is none.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - 70_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < _END.size:
        raise zipfile.BadZipFile
    # The longer form of the list is for files of more than 4 GB.
    if _END.unpack_from(tail, end)[5] > _LONGEST_LIST or b"PK\x06\x07" in tail[max(0, end - 20) : end]:
        raise _RefusedError("archive-bomb", unpacked=f"{MOST_UNPACKED / 1_000_000:.0f}+")
    return size


_END = struct.Struct("<4s4H2LH")


def _kinds_of_compound(file: BinaryIO) -> tuple[str, ...]:
    """The older office files, and encrypted ones of any kind, name their streams.

    Raises:
        _RefusedError: it is encrypted, or brings macros along.
    """
    with olefile.OleFileIO(file) as compound:
        parts = {"/".join(path).lower() for path in compound.listdir(streams=True, storages=True)}
        if "encryptedpackage" in parts or ("worddocument" in parts and _is_encrypted_word(compound)):
            raise _RefusedError("encrypted-file")
    if any(re.search(r"(^|/)(vba|macros|_vba_project_cur)$", part) for part in parts):
        raise _RefusedError("macros")
    return next((kinds for stream, kinds in _OF_STREAMS.items() if stream in parts), ())


def _is_encrypted_word(compound: olefile.OleFileIO) -> bool:
    """Whether the first block of a Word document says that it is encrypted."""
    with compound.openstream("WordDocument") as stream:
        flags = int.from_bytes(stream.read(12)[10:12], "little")
    return bool(flags & 0x0100)
