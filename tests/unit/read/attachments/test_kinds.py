"""What kind of file an attachment is: office files old and new, archives, sound and film, and what of them may not be published."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from publicity.read.attachments.kinds import attachment_fault
from publicity.read.attachments.movie import read_movie

FILM = (Path(__file__).parents[3] / "fixtures/media/lecture.mp4").read_bytes()


def _fault(data: bytes, named: str) -> object:
    fault = attachment_fault(io.BytesIO(data), named)
    return fault and fault[0]


def _zip(*parts: str, content: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts:
            archive.writestr(name, content)
    return out.getvalue()


def compound(*names: str, flags: int = 0, content: bytes = b"") -> bytes:
    """A compound file of the older office programs with some streams, which share their sectors and begin like a Word document."""
    end, free, sector = 0xFFFFFFFE, 0xFFFFFFFF, 512
    streams = (content or bytes(10) + struct.pack("<H", flags)).ljust(8 * sector, b"\0")
    head = struct.pack("<8s16x6H", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0)
    head += struct.pack("<4x10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    rows = [("Root Entry", 5, free, 1, end, 0)]
    rows += [
        (name, 2, number + 1 if number < len(names) else free, free, 3, len(streams))
        for number, name in enumerate(names, 1)
    ]
    directory = b"".join(
        struct.pack("<64sHBB3I36xIQ", text, len(text) + 2, kind, 1, free, right, child, first, size)
        for name, kind, right, child, first, size in rows
        if (text := name.encode("utf-16-le"))
    )
    table = struct.pack("<11I", 0xFFFFFFFD, 2, end, *range(4, 11), end)
    return head.ljust(sector, b"\xff") + table.ljust(sector, b"\xff") + directory.ljust(2 * sector, b"\0") + streams


@pytest.mark.parametrize(
    ("data", "fitting"),
    [
        (b"%PDF-1.7\n", [".pdf"]),
        (_zip("OFD.xml", "Doc_0/Document.xml"), [".ofd"]),
        (_zip("[Content_Types].xml", "word/document.xml"), [".docx"]),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), [".xlsx"]),
        (_zip("[Content_Types].xml", "ppt/presentation.xml"), [".pptx"]),
        (_zip("a.txt"), [".zip"]),
        (compound("WordDocument"), [".doc", ".wps"]),
        (compound("Workbook"), [".xls", ".et"]),
        (compound("Book"), [".xls", ".et"]),
        (compound("PowerPoint Document"), [".ppt", ".dps"]),
        (b"ID3\x04\x00", [".mp3"]),
        (b"\xff\xfb\x90\x00", [".mp3"]),
        (FILM, [".mp4"]),
    ],
)
def test_the_content_decides(data: bytes, fitting: list[str]) -> None:
    kinds = [
        ".pdf",
        ".ofd",
        ".docx",
        ".xlsx",
        ".pptx",
        ".zip",
        ".doc",
        ".wps",
        ".xls",
        ".et",
        ".ppt",
        ".dps",
        ".mp3",
        ".mp4",
    ]
    assert [kind for kind in kinds if _fault(data, kind) is None] == [kind for kind in kinds if kind in fitting]
    assert {_fault(data, kind) for kind in kinds if kind not in fitting} == {"other-kind"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_zip("a.txt", content=bytes(150_000_000)), "archive-bomb"),
        (_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (_zip("[Content_Types].xml", "XL/VBAPROJECT.BIN", "xl/workbook.xml"), "macros"),
        (compound("WordDocument", "Macros"), "macros"),
        (compound("Workbook", "_VBA_PROJECT_CUR"), "macros"),
        (compound("EncryptedPackage", "EncryptionInfo"), "encrypted-file"),
        (compound("WordDocument", flags=0x0100), "encrypted-file"),
        (compound("Unknown"), "damaged-file"),
        (compound("WordDocument")[:600], "damaged-file"),
        (_zip("a.txt")[:-4], "damaged-file"),
        (b"PK\x03\x04", "damaged-file"),
        (FILM[:200], "damaged-file"),
        (b"plain words", "damaged-file"),
    ],
)
def test_what_cannot_be_published(data: bytes, code: str) -> None:
    assert {_fault(data, ".zip"), _fault(data, ".docx"), _fault(data, ".doc")} == {code}


def test_a_list_of_parts_without_end_is_not_read() -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 5_000_001, 0, 0)
    assert _fault(b"PK\x03\x04" + bytes(100) + end, ".zip") == "archive-bomb"
    locator = b"PK\x06\x07" + bytes(16)
    assert (
        _fault(b"PK\x03\x04" + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 50, 0, 0), ".zip")
        == "archive-bomb"
    )


@pytest.mark.parametrize("mark", [b"\xa9xyz", b"loci", b"com.apple.quicktime.location.ISO6709"])
def test_a_film_that_says_where_it_was_shot_is_known(mark: bytes) -> None:
    box = struct.pack(">I4s", 16 + len(mark), b"udta") + mark + bytes(8)
    start = FILM.index(b"moov") - 4
    length = int.from_bytes(FILM[start : start + 4], "big")
    film = (
        FILM[:start]
        + struct.pack(">I", length + len(box))
        + FILM[start + 4 : start + length]
        + box
        + FILM[start + length :]
    )
    marked, plain = read_movie(io.BytesIO(film)), read_movie(io.BytesIO(FILM))
    assert marked
    assert plain
    assert (marked.names_place, plain.names_place) == (True, False)


def test_a_broken_film_is_no_film_and_ends_nowhere() -> None:
    for end in range(len(FILM)):
        read_movie(io.BytesIO(FILM[:end]))
    for place in range(1500):
        for sign in (0, 0xFF):
            read_movie(io.BytesIO(FILM[:place] + bytes([sign]) + FILM[place + 1 :]))
