"""Files that are no Word documents, or ones made to do harm: each is told in a sentence, and nothing is written."""

import io
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from conftest import ROOT
from helpers.word_files import W, add, element, picture, repacked, rows, xml
from publicity.cli import main


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tests/fixtures/base/content", project / "content")
    shutil.copy(ROOT / "mkdocs.yml", project)
    monkeypatch.chdir(project)
    return project


def import_file(file: Path, slug: str = "x", kind: str = "policy") -> Result:
    return CliRunner().invoke(main, ["--language", "en", "import", str(file), kind, slug, "--region", "mini"])


def listing(project: Path) -> list[Path]:
    return sorted((project / "content").rglob("*"))


def plain(folder: Path) -> Path:
    """A sound document, to be made worse."""
    document = Document()
    add(document, "关于示例工作的通知", centred=True, size=22)
    add(document, "　　正文一段。")
    document.add_paragraph().add_run().add_picture(picture())
    path = folder / "a.docx"
    document.save(str(path))
    return path


def _replace(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


def _put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: data})


_XML = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))
CHANGED: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "bomb": (_put("word/media/image9.png", b"\0" * 60_000_000), "would unpack to an abnormal size"),
    "bomb-in-text": (_put("word/comments.xml", b" " * 40_000_000), "would unpack to an abnormal size"),
    "large-part": (
        lambda parts: parts.update({"word/media/image1.png": os.urandom(20 * 1024**2 + 1)}),
        "a.docx” is too big; expected 20 MB at most; compress the pictures",
    ),
    "many-parts": (lambda parts: parts.update({f"word/{at}.xml": b"" for at in range(4000)}), "abnormal size"),
    "entity": (
        _replace("word/document.xml", _XML, _XML + b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "holds a DOCTYPE declaration",
    ),
    "laughs": (
        _replace("word/document.xml", _XML, _XML + b'<!DOCTYPE w [<!ENTITY l0 "ha">' + _LAUGHS + b"]>"),
        "holds a DOCTYPE declaration",
    ),
    "entity-in-styles": (
        _replace("word/styles.xml", _XML, _XML + b'<!DOCTYPE w SYSTEM "http://example.org/x.dtd">'),
        "holds a DOCTYPE declaration",
    ),
    "entity-in-relations": (
        _replace("_rels/.rels", _XML, _XML + b'<!DOCTYPE w [<!ENTITY x "y">]>'),
        "holds a DOCTYPE declaration",
    ),
    "outside-its-folder": (_put("../../evil.sh", b"x"), "a part with a suspicious name, “../../evil.sh”"),
    "from-the-root": (_put("/etc/evil", b"x"), "a part with a suspicious name"),
    "no-xml": (_put("word/document.xml", b"<w:document"), "is damaged; open it in Word or WPS, save it anew"),
    "other-root": (_put("word/document.xml", b"<a/>"), "is damaged"),
    "no-types": (lambda parts: parts.pop("[Content_Types].xml") and None, "is ZIP by its content"),
    "strict": (
        _replace("word/document.xml", W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        "is saved as a Strict Open XML Document",
    ),
    "deep": (
        _replace("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:sdt>" * 300 + b"</w:sdt>" * 300),
        "nested too deeply",
    ),
    "empty": (
        _put("word/document.xml", f'<w:document xmlns:w="{W}"><w:body/></w:document>'.encode()),
        "holds no text that could be imported",
    ),
    "scanned": (
        _put("word/document.xml", f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'.encode()),
        "holds no text that could be imported",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_document_made_to_do_harm_is_refused(name: str, project: Path, tmp_path: Path) -> None:
    change, sentence = CHANGED[name]
    before = listing(project)
    done = import_file(repacked(plain(tmp_path), change))
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "; " in done.stderr.splitlines()[-1]  # it says what to do
    assert listing(project) == before


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
OTHERS = {
    "a.doc": (OLE + "WordDocument".encode("utf-16-le"), "is of an old format (.doc or .wps); open it in Word or WPS"),
    "a.wps": (OLE + "WordDocument".encode("utf-16-le"), "is of an old format (.doc or .wps)"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked by a password"),
    "a.pdf": (b"%PDF-1.7\n", "is PDF by its content, and no Word document (.docx); import the Word document that it"),
    "renamed.docx": (b"%PDF-1.7\n", "is PDF by its content"),
    "a.rtf": (b"{\\rtf1\\ansi}", "is RTF by its content"),
    "page.docx": (b"<html><body>x</body></html>", "is HTML/XML by its content"),
    "a.txt": ("通知".encode("gbk"), "is no Word document (.docx), or a damaged one"),
    "none.docx": (b"", "is no Word document (.docx)"),
    "half.docx": (
        b"PK\x03\x04" + b"x" * 100,
        "half.docx” is damaged; open it in Word or WPS, save it anew, and import that",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_word_document_is_told_for_what_it_is(name: str, project: Path, tmp_path: Path) -> None:
    data, sentence = OTHERS[name]
    (tmp_path / name).write_bytes(data)
    done = import_file(tmp_path / name)
    assert (done.exit_code, sentence in done.stderr) == (2, True), done.stderr


def test_a_file_that_is_not_there_and_a_folder_are_told(project: Path, tmp_path: Path) -> None:
    assert "mind its path and name; a path with spaces" in import_file(tmp_path / "nowhere.docx").stderr
    told = import_file(tmp_path).stderr
    assert "there is no file" in told
    assert "delete" not in told
    (tmp_path / "link.docx").symlink_to(plain(tmp_path))
    assert "this is a link" in import_file(tmp_path / "link.docx").stderr


@pytest.mark.parametrize(("folder", "found"), [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint")])
def test_other_office_files_are_told_for_what_they_are(project: Path, tmp_path: Path, folder: str, found: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", folder.encode())
        parts[folder] = parts.pop("word/document.xml")

    assert f"is {found} by its content" in import_file(repacked(plain(tmp_path), change)).stderr


def test_a_part_that_says_it_is_small_unpacks_no_further(project: Path, tmp_path: Path) -> None:
    """The sizes in the archive's list are made up: what is unpacked is bounded by what is read."""
    path = repacked(plain(tmp_path), _put("word/media/image1.png", b"\0" * 40_000_000))
    raw = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := raw.find(signature, start)) >= 0:
            if struct.unpack_from("<I", raw, start + at)[0] == 40_000_000:
                struct.pack_into("<I", raw, start + at, 900_000)
            start += 4
    path.write_bytes(raw)
    done = import_file(path)
    assert (done.exit_code, "is damaged" in done.stderr) == (2, True), done.output


def test_macros_fonts_and_outside_pictures_are_left_out_and_told(project: Path, tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["word/vbaProject.bin"] = OLE
        parts["word/fonts/font1.odttf"] = b"x"
        relations = parts["word/_rels/document.xml.rels"].decode()
        target = relations[relations.index("media/image1") :].partition('"')[0]
        parts["word/_rels/document.xml.rels"] = relations.replace(
            f'Target="{target}"', 'Target="http://127.0.0.1:9/a.png" TargetMode="External"'
        ).encode()

    done = import_file(repacked(plain(tmp_path), change))
    assert done.exit_code == 0, done.stderr
    for sentence in (
        "holds macros, which were neither",
        "embeds 1 font, which is",
        "1 picture of the original lies elsewhere",
    ):
        assert sentence in done.stdout
    assert [path.name for path in (project / "content/mini/policies").iterdir() if path.name.startswith("x")] == [
        "x.md"
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "机密★1年", "秘密", "绝密★", "机 密★10年", "机　密★10年", "机 密 ★ 10年", "000001　　机密★10年　　特急", "机密★10年\t特急",
        "密级：机密", "【秘密】", "份号：000001 密级：秘密★长期", "密级:机密 保密期限:5年", "文件密级：机密", "机密●10年", "绝密·长期",
        "示例发〔2026〕1号　机密★10年", "定密：秘密★10年", "密级：★机密★", "机密件",
    ],
)  # fmt: skip
def test_a_state_secret_is_refused(project: Path, tmp_path: Path, mark: str) -> None:
    document = Document()
    for text in ("000001", mark, "示例区人民政府文件", "示例发〔2026〕1号", "关于某事的通知", "正文。"):
        add(document, text)
    document.save(str(tmp_path / "a.docx"))
    done = import_file(tmp_path / "a.docx")
    assert (done.exit_code, "is marked as a state secret" in done.stderr) == (2, True)


def _in_table(document: Any) -> None:
    rows(document, [["机密★10年", "特急"]])


def _in_two_cells(document: Any) -> None:
    rows(document, [["密级", "机密"]])


def _in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "机密★10年"


def _as_watermark(document: Any) -> None:
    drawn = '<w:r><w:pict><v:shape style="position:absolute"><v:textpath string="机密"/></v:shape></w:pict></w:r>'
    element(document.sections[0].header.paragraphs[0]).append(xml(drawn))


def _farther_down(document: Any) -> None:
    for number in range(20):
        add(document, f"第{number}段")
    add(document, "机密★10年")


@pytest.mark.parametrize("mark", [_in_table, _in_two_cells, _in_header, _as_watermark, _farther_down])
def test_a_state_secret_is_refused_wherever_its_mark_stands(
    project: Path, tmp_path: Path, mark: Callable[[Any], None]
) -> None:
    document = Document()
    mark(document)
    add(document, "关于某事的通知", centred=True)
    add(document, "正文。")
    document.save(str(tmp_path / "a.docx"))
    done = import_file(tmp_path / "a.docx")
    assert (done.exit_code, "is marked as a state secret" in done.stderr) == (2, True)


def test_words_on_secrecy_are_no_mark(project: Path, tmp_path: Path) -> None:
    document = Document()
    add(document, "商业秘密", centred=True)
    for text in (
        "商业秘密保护",
        "保密期限：10年",
        "核心商密★10年",
        "密级：",
        "机密信息的范围",
        "标有“机密★10年”的文件按国家规定管理。",
        "密级：绝密、机密、秘密",
        "商业秘密*指下列信息",
    ):
        add(document, text)
    rows(document, [["绝密", "机密", "秘密"], ["三人", "部门", "全员"]])
    for _ in range(12):
        add(document, "正文。")
    add(document, "秘密")
    document.save(str(tmp_path / "a.docx"))
    assert import_file(tmp_path / "a.docx").exit_code == 0


@pytest.mark.parametrize("mark", ["内部资料 注意保存", "内部文件，不得外传", "工作秘密", "公开方式：依申请公开"])
def test_the_mark_of_an_internal_paper_is_told(project: Path, tmp_path: Path, mark: str) -> None:
    document = Document()
    for text in (mark, "关于某事的通知", "正文，不得外传的信息不在此列。"):
        add(document, text)
    document.save(str(tmp_path / "a.docx"))
    done = import_file(tmp_path / "a.docx")
    assert (done.exit_code, done.stdout.count("may not be for the public")) == (0, 1), done.output


def test_nothing_that_is_there_is_changed(project: Path, tmp_path: Path) -> None:
    file = plain(tmp_path)
    beside = project / "content/mini/policies/x-1.png"
    beside.write_bytes(b"another one's")
    assert import_file(file).exit_code == 0
    assert beside.read_bytes() == b"another one's"
    assert (project / "content/mini/policies/x-2.png").is_file()
    entry = (project / "content/mini/policies/x.md").read_bytes()
    done = import_file(file)
    assert (done.exit_code, "content/mini/policies/x.md is already there" in done.stderr) == (2, True)
    assert (project / "content/mini/policies/x.md").read_bytes() == entry
    assert not [path for path in listing(project) if path.name.startswith(".")]


def test_a_large_table_and_tables_in_tables_come_in_whole(project: Path, tmp_path: Path) -> None:
    document = Document()
    add(document, "关于大表的通知", centred=True, size=22)
    rows(document, [[f"第{row}行第{column}列" for column in range(5)] for row in range(300)])
    cell = rows(document, [["外", "外"], ["外", "外"]]).cell(0, 0)
    for _ in range(5):
        cell = cell.add_table(1, 2).cell(0, 0)
        cell.text = "内"
    document.element.body.insert(-1, xml("<w:p><w:r><w:t>表后。</w:t></w:r></w:p>"))
    document.save(str(tmp_path / "a.docx"))
    done = import_file(tmp_path / "a.docx")
    assert "; 0 of" in done.stdout or ": 0 of" in done.stdout, done.output
    assert "a cell here holds another table" in done.stdout
    checked = CliRunner().invoke(main, ["check", "--format", "json", "content/mini/policies/x.md"])
    assert [told["code"] for told in json.loads(checked.stdout) if told["path"].endswith("/x.md")] == []


def test_random_damage_never_ends_in_a_traceback(project: Path, tmp_path: Path) -> None:
    sound = plain(tmp_path).read_bytes()
    for at in range(0, len(sound), max(1, len(sound) // 24)):
        damaged = bytearray(sound)
        damaged[at] ^= 0xFF
        (tmp_path / "b.docx").write_bytes(damaged)
        done = import_file(tmp_path / "b.docx", slug=f"b{at}")
        assert done.exit_code in (0, 1, 2)
        assert "the program failed" not in done.output, done.output


def test_a_document_within_a_zip_is_told(project: Path, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(plain(tmp_path), "a.docx")
    (tmp_path / "b.zip").write_bytes(packed.getvalue())
    assert "is ZIP by its content" in import_file(tmp_path / "b.zip").stderr
