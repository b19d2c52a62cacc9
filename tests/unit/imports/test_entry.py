"""What else holds of imports: pasted HTML, what is found in heads, and writing all or nothing."""

import datetime
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from PIL import Image

from conftest import ROOT
from helpers.word_files import add, add_numbering, element, number, picture, repacked, rows, xml
from publicity.imports import pandoc
from publicity.imports.entry import Import, html_as_body, import_document, write_import
from publicity.problems import BuildError, UsageError
from publicity.project import Project
from publicity.read.source import parse_markdown

DAY = datetime.date(2026, 11, 26)


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "tests/fixtures/base/content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Project(root)


def body_of(made: Import) -> str:
    return made.files[made.path].decode().split("---\n", 2)[2].strip()


def codes(made: Import) -> list[str]:
    return [remark.code for remark in made.remarks]


PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal align=center><b><span lang=ZH-CN>商业秘密自查指引</span></b><o:p></o:p></p>
<h1>一、自查内容</h1>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]><span>查制度:是否齐全。</span></p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp;</span></span><span>查人员。</span></p>
<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>
<p><img src="file:///C:/Users/a/clip_image001.png"><a href="javascript:alert(1)">链接</a></p><script>alert(1)</script>
<!--EndFragment--></body></html>"""


def _point(sign: str, font: str, level: int, text: str, condition: str = "<![if !supportLists]>{}<![endif]>") -> str:
    """A point as Word and WPS write it into the clipboard."""
    ignored = f"<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>"
    before = condition.format(f"<span lang=EN-US style='font-family:{font}'>{ignored}</span>")
    return f"<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level{level} lfo1'>{before}<span>{text}</span></p>\n"


@pytest.mark.parametrize("kind", ["guide", "policy"])
def test_points_of_word_become_lists(kind: str) -> None:
    html = (
        "<p>前文。</p>"
        + _point("l", "Wingdings", 1, "甲")
        + _point("Ø", "Wingdings", 2, "乙")
        + _point("o", '"Courier New"', 2, "丙<b>重</b>", "<!--[if !supportLists]-->{}<!--[endif]-->")
        + _point("·", "Symbol", 1, "丁")
        + "<p>中间。</p>"
        + _point("§", "Wingdings", 1, "戊", "{}")
        + _point("一、", "宋体", 1, "己")
        + _point("1", "宋体", 1, "庚")
    )
    body, _ = html_as_body(f"<html><body>{html}</body></html>", official=kind == "policy")
    assert body.startswith("前文。\n\n- 甲\n\n    - 乙\n    - 丙**重**\n\n- 丁\n\n中间。\n\n- 戊\n\n")
    assert "一、" in body.partition("戊")[2]
    assert "1" in body.partition("己")[2]


def test_html_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        html_as_body("<div>" * 5000 + "x", official=False)
    assert error.value.problem.code == "docx-too-complex"


def read(project: Project, tmp_path: Path, *texts: str, kind: str = "policy") -> dict[str, object]:
    """What the fields are filled with; the first texts, which end with ^, are centred."""
    document = Document()
    for text in texts:
        add(document, text.rstrip("^"), centred=text.endswith("^"))
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", kind, "x", DAY)
    source, problems = parse_markdown(made.files[made.path].decode(), "x.md")
    assert source is not None
    assert (problems, made.different) == ([], 0)
    data = source.data
    assert isinstance(data, dict)
    return data | {"body": source.body.strip()}


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (
            [
                "特急",
                "示例省甲局文件^",
                "甲发[2026]第3号　　签发人：某某",
                "关于乙的通知^",
                "正文。",
                "甲局、乙局",
                "2026年1月2日",
            ],
            {"document_number": "甲发[2026]第3号", "issuer": "示例省甲局", "title": "关于乙的通知"},
        ),
        (
            ["关于乙的决定^", "（示例府发〔2026〕4号）^", "正文。", "示例省人民政府", "2026年11月30日"],
            {"document_number": "示例府发〔2026〕4号", "issuer": "示例省人民政府", "written": "2026-11-30"},
        ),
        (
            ["示例市市场监督管理局^", "示例市公安局文件^", "示市监发〔2026〕5号^", "关于丙的意见^", "正文。"],
            {"issuer": "示例市市场监督管理局、示例市公安局", "title": "关于丙的意见"},
        ),
        (
            ["关于“研发”a: b 保护的通知^", "正文。", "示例局（代章）", "二〇二六年十二月三十一日"],
            {"title": "关于“研发”a: b保护的通知", "written": "2026-12-31", "issuer": "示例局"},
        ),
        (
            [
                "示例局文件^",
                "示例局发〔２０２６〕１２号^",
                "关于丁的通知^",
                "正文。",
                "示例局",
                "２０２６年１１月２７日",
            ],
            {"document_number": "示例局发〔2026〕12号", "title": "关于丁的通知", "written": "2026-11-27"},
        ),
        *(
            (["关于丁的通知^", "正文。", unit, day], {"issuer": "示例市甲局", "written": "2026-03-11"})
            for unit, day in (
                ("示例市甲局", "二O二六年三月十一日"),
                ("示例市甲局", "二0二六年三月十一日"),
                ("示例市甲局", "二ο二六年三月十一日"),
                ("示 例 市 甲 局", "二 〇 二 六 年 三 月 十 一 日"),
                ("示例市甲局", "2026.3.11"),
                ("示例市甲局", "2026－03－11"),
            )
        ),
        (["关于丁的通知^", "2026.3.11", "正文。"], {"written": "2026-11-26"}),
        (["“秘密”保护办法^", "正文。"], {"title": "“秘密”保护办法"}),
        (["000012", "特急", "关于戊的通知^", "正文。"], {"title": "关于戊的通知", "body": "正文。"}),
        (["000012", "示例局文件^", "关于戊的通知^", "正文。"], {"title": "关于戊的通知", "issuer": "示例局"}),
        (
            ["正文第一句，很长的一段话。没有标题。"],
            {"title": "关于某某事项的通知", "body": "正文第一句，很长的一段话。没有标题。"},
        ),
        (
            ["关于甲发〔2026〕1号文件的说明^", "甲发〔2026〕1号文件印发以来，成效明显。"],
            {"document_number": "示例〔2026〕1号"},
        ),
    ],
)
def test_heads_and_signatures_are_read(
    project: Project, tmp_path: Path, texts: list[str], fields: dict[str, str]
) -> None:
    found = read(project, tmp_path, *texts)
    assert {name: found[name] for name in fields} == fields


@pytest.mark.parametrize("number", ["示市监发〔2026〕5号　　签发人：某某", ""])
def test_a_red_head_of_several_is_read_from_a_table(project: Project, tmp_path: Path, number: str) -> None:
    document = Document()
    add(document, "特急")
    head = rows(document, [["示例市市场监督管理局", "文件"], ["示例市司法局", ""]])
    head.cell(0, 1).merge(head.cell(1, 1))
    for text in filter(None, (number, "关于己的通知", "正文。")):
        add(document, text, centred=True)
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    source, _ = parse_markdown(made.files[made.path].decode(), "x.md")
    assert source is not None
    assert isinstance(source.data, dict)
    assert (source.data["issuer"], source.data["title"]) == ("示例市市场监督管理局、示例市司法局", "关于己的通知")
    assert (source.body.strip(), made.different) == ("正文。", 0)


def test_an_interpretation_names_the_policy_that_it_speaks_of(project: Project, tmp_path: Path) -> None:
    assert read(project, tmp_path, "政策解读^", "示例〔2026〕1号文件……", kind="interpretation")["interprets"] == "plan"


def test_what_is_lost_on_the_way_is_told_with_its_place(project: Project, tmp_path: Path) -> None:
    """pandoc drops what it does not know; the comparison reads on its own."""
    document = Document()
    add(document, "关于某事的通知", centred=True)
    add(document, "第一段。")
    document.element.body.insert(
        -1,
        xml(
            "<w:p><w:r><w:t>前</w:t></w:r><w:tag2030><w:r><w:t>丢失</w:t></w:r></w:tag2030><w:r><w:t>后。</w:t></w:r></w:p>"
        ),
    )
    document.save(str(tmp_path / "a.docx"))
    for kind in ("policy", "guide"):
        made = import_document(project, "mini", tmp_path / "a.docx", kind, "x", DAY)
        lost = [remark for remark in made.remarks if remark.code == "import-differs"]
        told = {"original": "的通知第一段。前丢失后。", "found": "的通知第一段。前后。", "count": 2}
        assert [remark.values for remark in lost] == [told]
        lines = made.files[made.path].decode().split("\n")
        assert lines[lost[0].line - 1] == "前后。"
        assert made.different == 2


def test_numbers_of_pages_in_the_text_are_told_and_make_no_title(project: Project, tmp_path: Path) -> None:
    document = Document()
    for text in (
        "关于某事的通知",
        "正文。",
        "示例局",
        "2026年1月2日",
        "- 2 -",
        "—３—",
        "附件",
        "名单表",
        "第 4 页 共 5 页",
    ):
        add(document, text, centred=True)
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    told = {remark.values["words"] for remark in made.remarks if remark.code == "import-page-number"}
    assert told == {"- 2 -", "—３—", "第 4 页 共 5 页"}
    assert [line for line in body_of(made).splitlines() if line.startswith("#")] == ["## 名单表 {: .document-title }"]


def test_styles_below_a_typed_heading_are_below_its_level(project: Project, tmp_path: Path) -> None:
    document = Document()
    add(document, "保护指引", centred=True, size=22)
    for text, style in (("第一章 总则", 1), ("1.1 目的", 2), ("1.1.1 细目", 3), ("第二章 管理", 1), ("2.1 定密", 2)):
        document.add_paragraph(text, style=f"Heading {style}")
        add(document, "正文。")
    document.save(str(tmp_path / "a.docx"))
    body = body_of(import_document(project, "mini", tmp_path / "a.docx", "guide", "x", DAY))
    assert [line.partition(" ")[0] for line in body.splitlines() if line.startswith("#")] == [
        "##",
        "###",
        "####",
        "##",
        "###",
    ]


def _field(*codes: str) -> list[object]:
    return [
        xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
        *(xml(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>') for code in codes),
        xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


@pytest.mark.parametrize(
    ("written", "shown", "formulas"),
    [
        ((r" eq \o\ac(", "○", ",1)"), "①", 0),
        ((r"EQ \o\ac(○,21) ",), "㉑", 0),
        ((r"eq \o\ac(○,密)",), "密", 0),
        ((r" eq \f(1,2)",), "1,2", 1),
        ((r" EQ \o(\s\up 6(A),\s\do 2(B))",), "A,B", 1),
        ((r' EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(lìn),吝)',), "吝", 1),
        ((" PAGE ",), "", 0),
    ],
)
@pytest.mark.parametrize("kind", ["policy", "guide"])
def test_signs_that_word_draws_are_written_out(
    project: Project, tmp_path: Path, kind: str, written: tuple[str, ...], shown: str, formulas: int
) -> None:
    document = Document()
    add(document, "关于某事的通知", centred=True)
    paragraph = add(document, "前")
    for part in _field(*written):
        element(paragraph).append(part)
    paragraph.add_run("后。")
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", kind, "x", DAY)
    assert (body_of(made).strip(), codes(made).count("import-formulas"), made.different) == (
        f"前{shown}后。",
        formulas,
        0,
    )


def test_each_picture_and_link_is_that_of_its_own_place(project: Project, tmp_path: Path) -> None:
    document = Document()
    for colour in ("red", "navy", "red"):
        add(document, "见图。").add_run().add_picture(picture(colour=colour))
    document.save(str(tmp_path / "a.docx"))

    def change(parts: dict[str, bytes]) -> None:
        relations = parts["word/_rels/document.xml.rels"].decode()
        row = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
        outside = ' TargetMode="External"'
        more = row.format("h1", "hyperlink", "https://www.samr.gov.cn/", outside)
        more += row.format("p1", "image", "https://example.com/a.png", outside)
        more += row.format("p2", "image", "media/none.png", "")
        parts["word/_rels/document.xml.rels"] = relations.replace(
            "</Relationships>", f"{more}</Relationships>"
        ).encode()
        text = parts["word/document.xml"].decode()
        link = '<w:p><w:hyperlink r:id="h1"><w:r><w:t>总局</w:t></w:r></w:hyperlink></w:p>'
        parts["word/document.xml"] = text.replace("</w:body>", f"{link}</w:body>").encode()

    made = import_document(project, "mini", repacked(tmp_path / "a.docx", change), "guide", "x", DAY)
    pictures = re.findall(r"x-\d\.png", body_of(made))
    assert pictures == ["x-1.png", "x-2.png", "x-1.png"]
    assert made.files[made.path.with_name("x-1.png")] == picture(colour="red").getvalue()
    assert made.files[made.path.with_name("x-2.png")] == picture(colour="navy").getvalue()
    assert len(made.files) == 3
    assert "[总局](https://www.samr.gov.cn/)" in body_of(made)
    outside = [remark.values for remark in made.remarks if remark.code == "import-outside-pictures"]
    assert outside == [{"count": 1, "words": ("https://example.com/a.png",)}]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_of_a_cropped_picture_only_what_word_shows_is_taken(project: Project, tmp_path: Path, form: str) -> None:
    document = Document()
    add(document, "裁剪前后。").add_run().add_picture(picture(form))
    add(document, "裁剪以后。").add_run().add_picture(picture(form))
    fills = list(document.element.body.iter(qn("pic:blipFill")))
    fills[1].find(qn("a:blip")).addnext(xml('<a:srcRect l="50000" b="25000"/>'))
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "guide", "x", DAY)
    shown = [made.files[made.path.with_name(name)] for name in re.findall(r"x-\d\.\w+", body_of(made))]
    with Image.open(BytesIO(shown[0])) as whole, Image.open(BytesIO(shown[1])) as part:
        assert (whole.size, part.size, part.format) == ((60, 40), (30, 30), form)


def test_a_picture_that_no_page_can_show_is_told(project: Project, tmp_path: Path) -> None:
    document = Document()
    add(document, "见图。").add_run().add_picture(picture())
    document.save(str(tmp_path / "a.docx"))
    file = repacked(tmp_path / "a.docx", lambda parts: parts.update({"word/media/image1.png": b"\x01\0\0\0 EMF"}))
    made = import_document(project, "mini", file, "guide", "x", DAY)
    assert ("import-picture-lost" in codes(made), body_of(made).strip()) == (True, "见图。")


def test_charts_objects_and_included_documents_are_told(project: Project, tmp_path: Path) -> None:
    document = Document()
    add(document, "正文。")
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    for text in (
        f'<w:p><w:r><w:drawing><c:chart xmlns:c="{chart}"/></w:drawing></w:r></w:p>',
        "<w:p><w:r><w:object/></w:r></w:p>",
        '<w:altChunk r:id="rId99"/>',
    ):
        document.element.body.insert(-1, xml(text))
    document.save(str(tmp_path / "a.docx"))
    words = '<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>图形中的字</a:t></x>'
    file = repacked(tmp_path / "a.docx", lambda parts: parts.update({"word/diagrams/data1.xml": words.encode()}))
    made = import_document(project, "mini", file, "policy", "x", DAY)
    assert {"import-charts", "import-objects", "import-other-files", "import-drawn-words"} <= set(codes(made))


def test_all_files_are_written_or_none(project: Project, tmp_path: Path) -> None:
    document = Document()
    add(document, "正文。")
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    beside = made.path.with_name("a.png")
    made = replace(made, files={beside: b"x", **made.files})
    made.path.write_text("another one's", encoding="utf-8")
    before = sorted(made.path.parent.iterdir())
    with pytest.raises(UsageError):
        write_import(made)
    assert sorted(made.path.parent.iterdir()) == before
    made.path.unlink()
    write_import(made)
    assert beside.read_bytes() == b"x"


def test_what_pandoc_cannot_read_is_told() -> None:
    with pytest.raises(BuildError) as error:
        pandoc.read_with_pandoc("docx", b"no archive", "a.docx")
    assert error.value.problem.code == "import-unread"


def test_what_stands_outside_the_text_is_told(project: Project, tmp_path: Path) -> None:
    document = Document()
    for text in ("示例区局文件", "示例发〔2026〕1号　　签发人：某某", "关于某事的通知", "正文。"):
        add(document, text, centred=text != "正文。")
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "示例页眉", "示例页脚"
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert {"import-headers", "import-footers", "import-head-rest"} <= set(codes(made))


def test_pandoc_is_stopped_in_time(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document()
    add(document, "正文。")
    document.save(str(tmp_path / "a.docx"))
    monkeypatch.setattr(pandoc, "LONGEST", 0)
    with pytest.raises(BuildError) as error:
        import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert error.value.problem.code == "import-too-slow"


def test_what_is_pasted_into_a_text_keeps_its_title_and_its_lines() -> None:
    body, remarks = html_as_body(PASTED, official=False)
    assert "商业秘密自查指引" in body.splitlines()[0]
    assert body.endswith(
        "## 一、自查内容\n\n1. 查制度：是否齐全。\n2. 查人员。\n\n"
        '<table markdown="1">\n<tbody>\n<tr><td rowspan="2">甲</td><td>乙</td></tr>\n<tr><td>丙</td></tr>\n</tbody>\n</table>\n\n链接'
    )
    assert {remark.code for remark in remarks} == {"import-mended", "import-picture-not-pasted", "import-link"}
    lost = next(remark for remark in remarks if remark.code == "import-picture-not-pasted")
    assert body.splitlines()[lost.line - 1] == "链接"


@pytest.mark.parametrize("columns", ["<col width=72 span=3>", '<colgroup><col width="72"><col span="2"></colgroup>'])
def test_a_table_of_excel_or_wps_keeps_all_its_columns(columns: str) -> None:
    html = f"<table>{columns}<tr><td>单位</td><td>电话</td><td>备注</td></tr><tr><td>甲</td><td>1</td><td>乙</td></tr>{{}}</table>"
    # Word writes the widths of columns that do not lie below each other as a row at the end.
    widths = "<![if !supportMisalignedColumns]><tr height=0><td width=9></td><td></td><td></td></tr><![endif]>"
    for more in ("", widths):
        shown = "| 单位 | 电话 | 备注 |\n|---|---|---|\n| 甲 | 1 | 乙 |"
        assert html_as_body(html.format(more), official=True)[0] == shown


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>前</p><ol start=4><li>丁</li><li><p>戊</p><p>续</p></li></ol>", "前\n\n4\\. 丁\n\n5\\. 戊\n\n续"),
        ('<ol type="a"><li>甲</li><li>乙</li></ol>', "a. 甲\n\nb. 乙"),
        ("<ol><li>甲</li><li>乙</li></ol>", "1. 甲\n2. 乙"),
    ],
)
def test_a_pasted_list_keeps_its_numbers(html: str, body: str) -> None:
    assert html_as_body(html, official=True)[0] == body


def test_no_row_of_spaces_stands_behind_a_number_of_word() -> None:
    html = _point("一、", "宋体", 1, "目标") + _point("1.", "宋体", 1, "甲。") + _point("(2)", "宋体", 1, "乙。")
    assert html_as_body(html, official=True)[0] == "## 一、目标\n\n1\\. 甲。\n\n(2) 乙。"


def test_footnotes_of_word_are_pasted_as_footnotes() -> None:
    number = "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span>"
    html = (
        f'<p>第一段<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1" title="">{number}</a>完。</p><p>第二段。</p>'
        "<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width=\"33%\">"
        "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        f'<a style=\'mso-footnote-id:ftn1\' href="#_ftnref1" name="_ftn1" title="">{number}</a>见该法。</p></div></div>'
    )
    assert html_as_body(html, official=True)[0] == "第一段[^1]完。\n\n第二段。\n\n[^1]: 见该法。"


def test_an_empty_line_within_a_paragraph_ends_it() -> None:
    assert html_as_body("<p>甲方，<br>  <br>乙方，<br>丙方，</p>", official=False)[0] == "甲方，\n\n乙方，  \n丙方，"


def test_of_a_pasted_official_text_only_the_layout_changes() -> None:
    pasted = "<p>各单位:</p><p>一、目标</p><p>　　正文,一段。</p>"
    assert html_as_body(pasted, official=True)[0] == "各单位:\n\n## 一、目标\n\n正文,一段。"


@pytest.mark.parametrize(
    ("html", "body", "told"),
    [
        (
            '<p>见<a style="mso-comment-reference:A_1">此处</a><span class=MsoCommentReference><span'
            ' style="mso-special-character:comment"><a class=msocomanchor href="#_msocom_1">[A1]</a></span></span>。</p>'
            '<div style="mso-element:comment-list"><hr class=msocomoff><div style="mso-element:comment"><div id="_com_1">'
            "<p class=MsoCommentText>先问法规科</p></div></div></div>",
            "见此处。",
            {"import-comment": {"words": "先问法规科"}},
        ),
        (
            '<p>甲<span style="mso-hide:all;display:none">内部掌握</span>乙</p><p style="Display: None">藏的</p>',
            "甲乙",
            {"import-hidden": {"words": ("内部掌握", "藏的")}},
        ),
        (
            '<p>由<del cite="mailto:a" datetime="2026">旧的<ins cite="mailto:a">稿</ins></del>'
            '<ins cite="mailto:a">新的</ins>成员</p>',
            "由新的成员",
            {"import-changes": {"added": 1, "removed": 1, "words": ("旧的稿",)}},
        ),
        ("<p>原价<del>8</del>元<ins>整</ins></p>", "原价<s>8</s>元<u>整</u>", {}),
        ("<p><ruby>商<rp>(</rp><rt>shāng</rt><rp>)</rp></ruby>业</p>", "商业", {"import-readings": {"count": 1}}),
        ('<p>图<img src="https://mmbiz.qpic.cn/x.png"></p>', "图", {"import-picture-not-pasted": {}}),
        ('<p>图<img data-src="https://mmbiz.qpic.cn/x.png"></p>', "图", {"import-picture-not-pasted": {}}),
        ('<p>看<iframe data-src="https://v.qq.com/x"></iframe></p>', "看", {"import-media-not-pasted": {"count": 1}}),
        (
            '<p><span style="font-weight: 700">重</span>要，<span style="text-decoration:line-through">作废</span></p>',
            "**重**要，<s>作废</s>",
            {},
        ),
        (
            f"<p>{'甲' * 30}</p><p>乙。</p><p>{'丙' * 30}</p><p>丁。</p><p>{'戊' * 30}</p><p>（一）己。</p>",
            f"{'甲' * 30}\n\n乙。\n\n{'丙' * 30}\n\n丁。\n\n{'戊' * 30}\n\n（一）己。",
            {"import-cut-lines": {"count": 2, "words": "甲" * 12}},
        ),
    ],
)
def test_what_word_holds_beside_its_text_is_not_pasted(html: str, body: str, told: dict[str, object]) -> None:
    pasted, remarks = html_as_body(html, official=True)
    assert (pasted, {remark.code: remark.values for remark in remarks}) == (body, told)


def test_bold_lines_of_a_text_of_ours_are_its_headings() -> None:
    pasted = "<p><b>准备材料</b></p><p>带齐。</p><p><b>怎样办理</b></p><p>到窗口。</p><p><b>提示：带章。</b></p>"
    body, remarks = html_as_body(pasted, official=False)
    assert body == "## 准备材料\n\n带齐。\n\n## 怎样办理\n\n到窗口。\n\n**提示：带章。**"
    assert [remark.code for remark in remarks] == ["import-bold-headings"]
    assert "##" not in html_as_body(pasted, official=True)[0]
    assert html_as_body(f"<h2>总述</h2>{pasted}", official=False)[0].count("##") == 1


def _chosen(result: str) -> str:
    """A list of an old form to choose from."""
    entries = '<w:listEntry w:val="市级"/><w:listEntry w:val="区级"/>'
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{result}{entries}</w:ddList></w:ffData></w:fldChar>'
    return (
        f"<w:r>{begin}</w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_what_a_form_leaves_open_is_kept(project: Project, tmp_path: Path) -> None:
    document = Document()
    add(document, "参会回执", centred=True)
    lined = "<w:rPr><w:u w:val='double'/></w:rPr>"
    box = '<w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
    ticks = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin">{box.format(state)}</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>{words}</w:t></w:r>'
        for state, words in ((1, "参加"), (0, "不参加"))
    )
    second = '<w:result w:val="1"/>'
    for inner in (
        f'<w:r><w:t>姓名：</w:t></w:r><w:r>{lined}<w:t xml:space="preserve">      </w:t></w:r><w:r>{lined}<w:tab/></w:r><w:r><w:t>。</w:t></w:r>',
        f"{ticks}",
        f"<w:r><w:t>级别：</w:t></w:r>{_chosen(second)}{_chosen('')}",
        "<w:r><w:t>现行，</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>作废</w:t></w:r>",
        "<w:r><w:t>甲</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>一</w:t></w:r>",
        "<w:r><w:t>乙</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>二</w:t></w:r>",
    ):
        document.element.body.insert(-1, xml(f"<w:p>{inner}</w:p>"))
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    blank = "姓名：<u>＿＿＿＿＿＿＿＿</u>。"
    assert body_of(made) == f"{blank}\n\n☑参加☐不参加\n\n级别：区级市级\n\n现行，<s>作废</s>\n\n甲 一\n\n乙 二"
    assert made.different == 0
    assert "import-tabs" in codes(made)


_BY = 'w:id="1" w:author="某" w:date="2026-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("mark", "run", "told"),
    [
        (f"<w:del {_BY}/>", f"<w:del {_BY}><w:r><w:delText>去掉的标题</w:delText></w:r></w:del>", "import-changes"),
        (f"<w:moveFrom {_BY}/>", f"<w:moveFrom {_BY}><w:r><w:t>去掉的标题</w:t></w:r></w:moveFrom>", "import-changes"),
        ("<w:vanish/>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>去掉的标题</w:t></w:r>", "import-hidden"),
        ('<w:rStyle w:val="Unseen"/>', '<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>去掉的标题</w:t></w:r>', "import-hidden"),
    ],
)  # fmt: skip
def test_a_paragraph_that_is_gone_takes_its_number_with_it(
    project: Project, tmp_path: Path, mark: str, run: str, told: str
) -> None:
    document = Document()
    document.styles.add_style("Unseen", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    add_numbering(document, [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")])
    add(document, "关于某事的通知", centred=True)
    number(add(document, "总体要求"), 0)
    for after in (None, 1):
        gone = document.add_paragraph()
        number(gone, 0)
        element(gone).get_or_add_pPr().append(xml(f"<w:rPr>{mark}</w:rPr>"))
        element(gone).append(xml(run))
        following = add(document, "其后的正文。" if after is None else "其后的小标题")
        if after is not None:
            number(following, after)
    number(add(document, "保障措施"), 0)
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert body_of(made) == "## 一、总体要求\n\n其后的正文。\n\n### （一）其后的小标题\n\n## 二、保障措施"
    assert (made.different, told in codes(made)) == (0, True)


def test_what_a_style_hides_is_left_out_and_told(project: Project, tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("批语", WD_STYLE_TYPE.CHARACTER).font.hidden = True
    document.styles.add_style("内部段落", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    document.styles.add_style("内部段落二", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["内部段落"]
    add(document, "关于某事的通知", centred=True)
    add(document, "公开的话。").add_run("批语，不公开", style="批语")
    document.add_paragraph("内部掌握的一段。", style="内部段落")
    document.add_paragraph("内部掌握的又一段。", style="内部段落二")
    document.add_paragraph(style="内部段落").add_run("其中公开的。").font.hidden = False
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert (body_of(made), made.different) == ("公开的话。\n\n其中公开的。", 0)
    hidden = [remark.values["words"] for remark in made.remarks if remark.code == "import-hidden"]
    assert hidden == [("批语，不公开", "内部掌握的一段。", "内部掌握的又一段。")]


def _without(table: Any, row: int, cell: int, left_out: str = "") -> None:
    """Take a cell out of a row, which may say that it leaves out a column there."""
    made = element(table.rows[row])
    made.remove(made.tc_lst[cell])
    if left_out:
        made.get_or_add_trPr().append(xml(f'<w:{left_out} w:val="1"/>'))


@pytest.mark.parametrize(
    ("cut", "last"),
    [
        (lambda table: _without(table, 1, 2, "gridAfter"), "| 甲 | 1 |  |\n| 乙 | 2 | 2% |"),
        (lambda table: _without(table, 1, 2), "| 甲 | 1 |  |\n| 乙 | 2 | 2% |"),
        (lambda table: _without(table, 2, 0, "gridBefore"), "| 甲 | 1 | 1% |\n|  | 2 | 2% |"),
        (lambda table: table._tbl.tblGrid.remove(table._tbl.tblGrid[0]), "| 甲 | 1 | 1% |\n| 乙 | 2 | 2% |"),  # noqa: SLF001 - as `element`
    ],
)  # fmt: skip
def test_rows_that_leave_columns_out_keep_all_in_its_place(
    project: Project, tmp_path: Path, cut: Callable[[Any], None], last: str
) -> None:
    document = Document()
    add(document, "关于某事的通知", centred=True)
    cut(rows(document, [["单位", "一季度", "二季度"], ["甲", "1", "1%"], ["乙", "2", "2%"]]))
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert (body_of(made), made.different) == (f"| 单位 | 一季度 | 二季度 |\n|---|---|---|\n{last}", 0)


def test_a_sliver_that_a_row_leaves_out_is_no_column(project: Project, tmp_path: Path) -> None:
    """Where somebody has moved a border by a hair, Word counts a column more."""
    document = Document()
    add(document, "关于某事的通知", centred=True)
    table = rows(document, [["", "单位", "数", ""], ["甲", "", "1", ""]])
    for column, width in zip(table._tbl.tblGrid, (60, 4000, 4000, 90), strict=True):  # noqa: SLF001 - as `element`
        column.set(qn("w:w"), str(width))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 0).merge(table.cell(1, 1))
    _without(table, 0, 0, "gridBefore")
    _without(table, 1, 2, "gridAfter")
    document.save(str(tmp_path / "a.docx"))
    made = import_document(project, "mini", tmp_path / "a.docx", "policy", "x", DAY)
    assert (body_of(made), made.different) == ("| 单位 | 数 |\n|---|---|\n| 甲 | 1 |", 0)


def test_nothing_to_paste_is_told() -> None:
    with pytest.raises(UsageError) as error:
        html_as_body("<p> </p>", official=False)
    assert error.value.problem.code == "import-no-text"
