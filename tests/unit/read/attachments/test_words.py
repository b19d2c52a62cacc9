"""What is read of files to take away, in search of what nobody may publish."""

import struct
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from publicity.inspect.properties import _of_office
from publicity.read.attachments import words
from publicity.read.attachments.words import UNREAD, words_in
from publicity.read.secrecy import is_secret
from unit.read.attachments.test_kinds import compound


def _pdf(*pages: str) -> pypdf.PdfWriter:
    """Pages of a line each, in a font of every reader."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(f"/{value}")
            for key, value in {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}.items()
        }
    )
    for text in pages:
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001 - pypdf has no other way
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
        page.replace_contents(stream)
    return writer


@pytest.mark.parametrize("name", ["WordDocument", "PowerPoint Document", "Workbook"])
@pytest.mark.parametrize("before", [b"\x06\x00\x01", b"\x00\x00"])
def test_older_office_files_are_read_wherever_a_text_begins(tmp_path: Path, name: str, before: bytes) -> None:
    text = "机密★10年\r电话１３９1234 5678\r".encode("utf-16-le")
    file = tmp_path / "a.doc"
    file.write_bytes(compound(name, content=bytes(20) + before + text + b"\x07\x0011010519491231002X\x00"))
    lines = words_in(file).lines
    assert {"电话１３９1234 5678", "11010519491231002X"} <= {*lines}
    assert any(map(is_secret, lines))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("word/document.xml", "<w:t>139</w:t><w:t>12345678</w:t>"),
        ("word/document2.xml", "<w:t><![CDATA[13912345678]]></w:t>"),
        ("word/diagrams/data1.xml", "<a:t>13912345678</a:t>"),
        ("xl/drawings/drawing1.xml", "<a:t>13912345678</a:t>"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_is_read_however_its_program_writes_it(tmp_path: Path, part: str, text: str, encoding: str) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, f"<w:p>{text}</w:p>".encode(encoding))
    assert words_in(file).lines == ("13912345678",)


@pytest.mark.parametrize("sign", ["<", "<w:br ", "</w:", "<![CDATA["])
def test_a_part_of_signs_alone_is_looked_through_once(tmp_path: Path, sign: str) -> None:
    """Looked through again from each of them, it would take days."""
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", sign * (2_000_000 // len(sign)))
        archive.writestr("docProps/core.xml", "<dc:creator " * 80_000)
    assert words_in(file).is_read
    assert list(_of_office(file)) == []


def test_a_telephone_that_is_a_number_of_excel_is_read(tmp_path: Path) -> None:
    cell = struct.pack("<HHHHHd", 0x0203, 14, 0, 0, 15, 13912345678)
    file = tmp_path / "a.xls"
    file.write_bytes(compound("Workbook", content=struct.pack("<HHH", 0x0809, 2, 0x0600) + cell))
    assert "13912345678" in words_in(file).lines


def test_a_pdf_is_read_and_its_scanned_pages_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    _pdf("Tel 13912345678", "", "").write(file)
    assert words_in(file) == words.Words(("Tel 13912345678",), blank=2)


def test_what_cannot_be_read_is_known_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, packed, picture = tmp_path / "a.pdf", tmp_path / "a.zip", tmp_path / "a.png"
    broken.write_bytes(b"%PDF-1.7\n")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    picture.write_bytes(b"x")
    assert [words_in(file) for file in (broken, packed, picture)] == [UNREAD, UNREAD, words.Words()]
    _pdf("x").write(tmp_path / "b.pdf")

    def endless(*_: object, timeout: int, **__: object) -> None:
        raise subprocess.TimeoutExpired("pdf", timeout)

    monkeypatch.setattr(subprocess, "run", endless)
    assert words_in(tmp_path / "b.pdf") == UNREAD
