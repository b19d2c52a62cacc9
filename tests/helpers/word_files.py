"""Word files in the manner of official documents, made for the tests; what python-docx cannot make is written as XML."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
CASES: dict[str, tuple[str, Callable[[Any], None]]] = {}
"""The documents by their names: the kind of entry that each becomes, and what makes it."""


def case(kind: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Enter a document into `CASES` under the name of the function that makes it."""

    def enter(make: Callable[[Any], None]) -> Callable[[Any], None]:
        CASES[make.__name__] = (kind, make)
        return make

    return enter


def write_case(name: str, folder: Path) -> Path:
    """Write one of `CASES` into a folder."""
    document = Document()
    CASES[name][1](document)
    path = folder / f"{name}.docx"
    document.save(path)
    return path


def xml(text: str) -> Any:
    """An element, with the prefixes of Word."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_SPACES}", text.strip(), count=1))


def element(thing: Any) -> Any:
    """What python-docx has made a paragraph or a row of."""
    return thing._element  # noqa: SLF001 - python-docx has no other way to what it cannot make


def add(document: Any, text: str, *, centred: bool = False, size: float = 16, bold: bool = False) -> Paragraph:
    """A paragraph; official documents are set in 三号 (16 points), their titles in 二号 (22)."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold or None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def red_head(document: Any, issuer: str, number: str) -> None:
    """The head of an official document."""
    add(document, f"{issuer}文件", centred=True, size=36)
    document.add_paragraph()
    add(document, number, centred=True)


def sign(document: Any, unit: str, day: str) -> None:
    """Who signed, and when, at the right."""
    for text in (unit, day):
        add(document, text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def rows(document: Any, lines: list[list[str]]) -> Any:
    """A table of texts."""
    table = document.add_table(len(lines), len(lines[0]))
    table.style = "Table Grid"
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    return table


def picture(form: str = "PNG", colour: str = "navy") -> io.BytesIO:
    """A small picture."""
    packed = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(packed, form)
    packed.seek(0)
    return packed


def number(paragraph: Paragraph, level: int, *, list_id: int = 77) -> None:
    """Let Word count a paragraph."""
    element(paragraph).get_or_add_pPr().append(
        xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def add_numbering(document: Any, levels: list[tuple[str, str]], *, list_id: int = 77) -> None:
    """A list that Word counts: the form and the shape of each level."""
    rows_ = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/></w:lvl>'
        for at, (form, shape) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    first_num = next(child for child in numbering if child.tag.endswith("}num"))
    first_num.addprevious(xml(f'<w:abstractNum w:abstractNumId="{list_id}">{rows_}</w:abstractNum>'))
    numbering.append(xml(f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'))


def add_part(document: Any, name: str, kind: str, text: str) -> None:
    """A part of XML beside the text, such as its footnotes."""
    part = Part(
        PackURI(f"/word/{name}.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml",
        text.encode("utf-8"),
        document.part.package,
    )
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def add_notes(document: Any, notes: list[str]) -> None:
    """The footnotes, numbered from 1."""
    rows_ = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for at, note in enumerate(notes, 1)
    )
    line = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    add_part(document, "footnotes", "footnotes", f'<w:footnotes xmlns:w="{W}">{line}{rows_}</w:footnotes>')


def note_mark(paragraph: Paragraph, identity: int) -> None:
    """Where a footnote belongs."""
    element(paragraph).append(xml(f'<w:r><w:footnoteReference w:id="{identity}"/></w:r>'))


def drawn_box(lines: list[str]) -> Any:
    """A text box as today's Word writes it, with its older form beside it."""
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return xml(f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0"
      distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
      <wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
      <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
      <wp:extent cx="3000000" cy="600000"/><wp:wrapTopAndBottom/><wp:docPr id="9" name="文本框 9"/>
      <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
      <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="600000"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>
      <wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
      <v:shape style="width:200pt;height:40pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>
      </mc:Fallback></mc:AlternateContent></w:r>""")


def old_box(lines: list[str]) -> Any:
    """A text box as old Word and WPS write it."""
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return xml(
        '<w:r><w:pict><v:shape style="position:absolute;width:200pt;height:40pt"><v:textbox><w:txbxContent>'
        f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A Word file with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@case("policy")
def notice(document: Any) -> None:
    """A notice with its red head, typed numbers, annexes named, a signature, and the colophon."""
    red_head(document, "重庆市江北区市场监督管理局", "江北市监〔2026〕12号")
    add(document, "重庆市江北区市场监督管理局", centred=True, size=22)
    add(document, "关于开展商业秘密保护宣传周活动的通知", centred=True, size=22)
    document.add_paragraph()
    add(document, "各科室、市场监管所，各有关单位:")
    add(document, '　　为增强企业保护商业秘密的意识，经研究，决定开展"商业秘密保护宣传周"活动。现将有关事项通知如下:')
    add(document, "　　一、活动时间")
    add(document, "　　2026年12月1日至7日。")
    add(document, "　　二、活动内容")
    add(document, "　　（一）专题培训")
    add(document, "　　1.举办培训班，邀请专家授课，参加企业不少于100家。")
    add(document, "　　2.发放《商业秘密保护指引》1000份。")
    add(document, "　　（二）上门指导。各市场监管所选择重点企业，开展一对一指导；建立台账，做到“一企一档”。")
    add(document, "　　三、工作要求")
    add(document, "　　请各单位于12月10日前报送总结（联系电话：12315）。")
    add(document, "　　附件：1.活动安排表")
    add(document, "　　　　　2.参会回执")
    sign(document, "重庆市江北区市场监督管理局", "2026年11月20日")
    add(document, "　　（此件公开发布）")
    add(document, "重庆市江北区市场监督管理局办公室　　　　2026年11月20日印发", size=14)


@case("policy")
def issued(document: Any) -> None:
    """A notice that issues a plan, whose own title and four levels of numbers follow; an annex at the end."""
    red_head(document, "江北区人民政府办公室", "江北府办发〔2026〕8号")
    add(document, "关于印发《江北区商业秘密保护\n三年行动方案》的通知", centred=True, size=22)
    add(document, "各镇人民政府、街道办事处，区政府各部门：")
    add(document, "　　《江北区商业秘密保护三年行动方案》已经区政府同意，现印发给你们，请认真贯彻执行。")
    sign(document, "江北区人民政府办公室", "二〇二六年十一月二十日")
    add(document, "　　（此件公开发布）")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    add(document, "江北区商业秘密保护三年行动方案", centred=True, size=22)
    add(document, "　　为加强商业秘密保护，制定本方案。")
    add(document, "　　一、总体要求", bold=True)
    add(document, "　　坚持政府引导、企业主体。到2028年，建成示范基地3个。")
    add(document, "　　二、重点任务", bold=True)
    add(document, "　　（一）健全制度", bold=True)
    paragraph = add(document, "　　1.完善规则。", bold=True)
    paragraph.add_run("制定工作指引*，明确“密点”_管理_要求[见附件]。").font.size = Pt(16)
    add(document, "　　（1）征求意见；")
    add(document, "　　（2）印发实施。")
    add(document, "　　（二）强化执法")
    add(document, "　　依法查处侵权行为，联系邮箱 a_b@example.cn。")
    add(document, "附件")
    add(document, "任务分工表", centred=True, size=22)
    rows(
        document,
        [["序号", "任务", "责任单位"], ["1", "制定指引", "区市场监管局|区司法局"], ["2", "开展培训", "各镇街"]],
    )


@case("policy")
def counted(document: Any) -> None:
    """Numbers that Word counts: in three levels, anew for a second list, and by a style."""
    add_numbering(
        document,
        [
            ("chineseCountingThousand", "%1、"),
            ("chineseCounting", "（%2）"),
            ("decimal", "%3."),
            ("decimalEnclosedCircle", "%4"),
        ],
    )
    add_numbering(document, [("decimal", "第%1条"), ("lowerLetter", "%2)")], list_id=78)
    add(document, "关于商业秘密保护工作的意见", centred=True, size=22)
    for level, text in [
        (0, "总体要求"), (1, "指导思想"), (2, "坚持依法保护。"), (2, "坚持企业主体。"), (3, "落实责任；"), (3, "完善台账。"),
        (1, "工作目标"), (2, "到2028年，基本建成保护体系。"), (0, "保障措施"), (1, "加强领导"), (1, "强化督导"),
    ]:  # fmt: skip
        number(add(document, text), level)
    for at in range(9):
        number(add(document, f"第二个列表的条文{at}，内容从略。"), 0, list_id=78)
    number(add(document, "款项，内容从略。"), 1, list_id=78)
    number(add(document, "最后一条，内容从略。"), 0, list_id=78)
    document.add_paragraph("由样式编号的一段。", style="List Number")
    document.add_paragraph("由样式编号的又一段。", style="List Number")
    document.add_paragraph("着重号一段", style="List Bullet")
    sign(document, "江北区市场监督管理局", "2026年1月5日")


@case("policy")
def merged(document: Any) -> None:
    """Tables with merged cells, a head of two rows, several paragraphs and a picture in a cell."""
    add(document, "商业秘密保护示范单位评价标准", centred=True, size=22)
    add(document, "　　一、评分表")
    table = rows(
        document,
        [
            ["一级指标", "评分标准", "", "分值"],
            ["", "内容", "方法", ""],
            ["组织机构", "成立领导小组\n明确职责", "查阅资料", "5"],
            ["", "配备人员<2名", "现场查看 & 询问", "10"],
            ["合计", "", "", "15"],
        ],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 0).merge(table.cell(4, 2))
    table.cell(2, 1).add_paragraph("设立联络员")
    add(document, "　　二、说明")
    rows(document, [["框内说明：满分100分。"]])
    add(document, "　　三、示意")
    inner = rows(document, [["图示", "说明"], ["", "见左图"]])
    inner.cell(1, 0).paragraphs[0].add_run().add_picture(picture(), width=Cm(2))


@case("policy")
def annexes(document: Any) -> None:
    """A letter with annexes in a section across the page, and a table broken over it."""
    add(document, "关于报送商业秘密保护联络点名单的函", centred=True, size=22)
    add(document, "区经济信息委：")
    add(document, "　　现将名单报送你单位，请予支持。")
    add(document, "　　附件：联络点名单")
    add(document, "江北区市场监督管理局 2026年3月8日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    add(document, "附件1")
    add(document, "商业秘密保护联络点名单", centred=True, size=22)
    rows(
        document,
        [
            ["序号", "单位", "地址", "联系电话", "备注"],
            *[[str(at), f"示例企业{at}", "示例路1号", "023-00000000", ""] for at in range(1, 4)],
        ],
    )
    document.add_section(WD_SECTION.NEW_PAGE)
    add(document, "附件2")
    add(document, "联络点工作制度", centred=True, size=22)
    add(document, "　　一、工作职责")
    add(document, "　　收集企业诉求，及时报告。")


@case("interpretation")
def questions(document: Any) -> None:
    """An interpretation by questions and answers."""
    add(document, "《示例区加强商业秘密保护工作实施意见》问答", centred=True, size=22)
    add(document, "　　问：什么是商业秘密？")
    add(
        document,
        "　　答：商业秘密是指不为公众所知悉、具有商业价值并经权利人采取相应保密措施的技术信息、经营信息等商业信息。",
    )
    add(document, "　　问：企业如何申请示范单位?")
    add(document, "　　答：向区市场监管局提出申请,提交下列材料：")
    add(document, "　　1. 申请表；")
    add(document, "　　2. 制度汇编。")


@case("interpretation")
def explained(document: Any) -> None:
    """An interpretation in parts, with questions in the last of them."""
    document.add_paragraph("《示例方案》政策解读", style="Title")
    document.add_paragraph("一、出台背景", style="Heading 1")
    add(document, "　　为贯彻落实示例〔2026〕1号文件，制定本方案。")
    document.add_paragraph("二、主要内容", style="Heading 1")
    document.add_paragraph("（一）工作目标", style="Heading 2")
    add(document, "　　建成示范基地3个。H₂O与CO")
    document.paragraphs[-1].add_run("2").font.subscript = True
    document.paragraphs[-1].add_run("，面积1000m")
    document.paragraphs[-1].add_run("2").font.superscript = True
    document.paragraphs[-1].add_run("。")
    document.add_paragraph("三、核心问答", style="Heading 1")
    add(document, "　　1.什么是密点？")
    add(document, "　　密点是商业秘密的具体内容。")
    add(document, "　　2.谁来定密？")
    add(document, "　　由权利人确定。")


@case("guide")
def pictures(document: Any) -> None:
    """Pictures with and without words, of kinds that pages show, and of others."""
    add(document, "商业秘密标识张贴指引", centred=True, size=22)
    add(document, "按下图张贴标识。")
    document.add_paragraph().add_run().add_picture(picture(), width=Cm(3))
    add(document, "标识样式：")
    paragraph = document.add_paragraph()
    paragraph.add_run("左为样式一").add_picture(picture(colour="red"), width=Cm(1))
    paragraph.add_run("，右为样式二").add_picture(picture("BMP", "green"), width=Cm(1))
    for at, drawing in enumerate(
        document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    ):
        drawing.set("descr", ["图片1.png", "红色圆形标识，上写“内部资料”", ""][at])


@case("policy")
def footnotes(document: Any) -> None:
    """Footnotes in a text, a heading, and a table."""
    add_notes(document, ["见《反不正当竞争法》第十条。", "第二条脚注，说明“示范单位”。", "表中的注。"])
    add(document, "关于商业秘密定义的说明", centred=True, size=22)
    note_mark(add(document, "　　一、定义"), 2)
    paragraph = add(document, "　　本说明所称商业秘密")
    note_mark(paragraph, 1)
    paragraph.add_run("，依法律规定。").font.size = Pt(16)
    table = rows(document, [["项目", "说明"], ["甲", "乙"]])
    note_mark(table.cell(1, 1).paragraphs[0], 3)


@case("policy")
def changes(document: Any) -> None:
    """Changes that are tracked, paragraphs joined by them, a row deleted, comments, hidden words."""
    add(document, "关于调整商业秘密保护工作领导小组的通知", centred=True, size=22)
    paragraph = add(document, "　　领导小组由")
    element(paragraph).append(
        xml(
            '<w:del w:id="1" w:author="某" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>旧的</w:delText></w:r></w:del>'
        )
    )
    element(paragraph).append(
        xml('<w:ins w:id="2" w:author="某" w:date="2026-01-01T00:00:00Z"><w:r><w:t>新的</w:t></w:r></w:ins>')
    )
    paragraph.add_run("成员组成。")
    joined = add(document, "　　前半段，")
    element(joined).get_or_add_pPr().append(
        xml('<w:rPr><w:del w:id="3" w:author="某" w:date="2026-01-01T00:00:00Z"/></w:rPr>')
    )
    add(document, "后半段。")
    hidden = add(document, "　　公开的文字。")
    hidden.add_run("内部掌握").font.hidden = True
    table = rows(document, [["姓名", "职务"], ["组长", "局长"], ["删去", "此行"]])
    element(table.rows[2]).get_or_add_trPr().append(
        xml('<w:del w:id="4" w:author="某" w:date="2026-01-01T00:00:00Z"/>')
    )
    commented = add(document, "　　联系人另行通知。")
    document.add_comment(runs=commented.runs[0], text="请核对联系人", author="某", initials="某")
    sign(document, "江北区市场监督管理局（盖章）", "2026年2月30日")


@case("policy")
def boxes(document: Any) -> None:
    """A red head in text boxes of both forms, and one in the middle of the text."""
    head = document.add_paragraph()
    element(head).append(drawn_box(["江北区市场监督管理局文件"]))
    element(document.add_paragraph()).append(old_box(["江北市监发〔2026〕3号"]))
    add(document, "关于发布商业秘密保护十条措施的公告", centred=True, size=22)
    paragraph = add(document, "　　现公布十条措施。")
    element(paragraph).append(drawn_box(["框中第一行", "框中第二行"]))
    add(document, "　　特此公告。")
    sign(document, "江北区市场监督管理局", "2026年3月1日")


@case("policy")
def returns(document: Any) -> None:
    """Soft returns that end paragraphs and that break lines, spaces of every kind, characters that nobody sees, signs of Markdown."""
    add(document, "关于规范商业秘密鉴定工作的指导意见", centred=True, size=22)
    add(document, "　　一、适用范围\n　　本意见适用于鉴定机构。\n　　二、基本原则\n　　客观、公正。")
    add(document, "　　收款单位：示例局\n开户行：示例银行\n账号：0000")
    add(document, "　　有\u00a0不间断空格、\t制表符、零\u200b宽字符，以及 # 号。")
    add(document, "# 不是标题")
    add(document, "- 不是列表")
    add(document, "1. 不是列表")
    add(document, "+86 是电话")
    add(
        document,
        "> 不是引用 <b>不是标签</b> &nbsp; &copy 2026 `不是代码` **不是粗体** __也不是__ [不是](链接) ![不是](图) {: .x } \\反斜杠",
    )
    add(document, ": 冒号开头")
    add(document, "!!! note")
    add(document, "???")
    add(document, "~~~")
    add(document, "===")
    add(document, "---")
    add(document, "| 不 | 是 | 表 |\n|---|---|---|")
    add(document, "[^1]: 不是脚注")
    add(document, "*[缩写]: 不是")
    add(document, "2026\\. 年")


@case("guide")
def guide(document: Any) -> None:
    """A guide of ours by Word's own styles: headings, lists, links; its punctuation may be mended."""
    document.add_paragraph("商业秘密举报指引", style="Title")
    document.add_paragraph("准备材料", style="Heading 1")
    add(document, "请准备以下材料:")
    for text in ("营业执照", "权利证明(复印件)"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("合同", style="List Bullet 2")
    document.add_paragraph("办理步骤", style="Heading 1")
    for text in ('1. 提交"举报书"。', "2. 等待受理,一般7日内答复。", "3. 配合调查。"):
        add(document, text)
    document.add_paragraph("联系", style="Heading 2")
    paragraph = document.add_paragraph("见")
    for address, words in (
        ("https://www.samr.gov.cn/", "总局网站"),
        ("file:///C:/a.doc", "本机文件"),
        ("mailto:a@example.gov.cn", "邮箱"),
    ):
        identity = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        element(paragraph).append(xml(f'<w:hyperlink r:id="{identity}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'))
        paragraph.add_run("、")
    paragraph.add_run("电话12315。")
    document.add_paragraph("引文一段。", style="Quote")


@case("policy")
def chapters(document: Any) -> None:
    """Measures in chapters and articles, with a table of contents, headers and footers."""
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保管"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    add(document, "示例区商业秘密保护办法", centred=True, size=22)
    add(document, "（2026年1月1日示例区人民政府令第1号公布）", centred=True)
    document.element.body.insert(
        2,
        xml(
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
            "<w:p><w:r><w:t>目录</w:t></w:r></w:p><w:p><w:r><w:t>第一章 总则……1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    add(document, "第一章　总则", centred=True)
    add(document, "第一条　为了保护商业秘密，制定本办法。")
    add(document, "第二条　本办法所称商业秘密，是指下列信息：")
    add(document, "（一）技术信息；")
    add(document, "（二）经营信息。")
    add(document, "第二章　保护措施", centred=True)
    add(document, "第一节　管理", centred=True)
    add(document, "第三条　企业应当建立制度，，并落实。")


@case("policy")
def beside(document: Any) -> None:
    """Formulas, signs of special fonts, phonetic readings, a linked picture, content controls."""
    add(document, "关于计算方法的说明", centred=True, size=22)
    paragraph = add(document, "　　损失额")
    element(paragraph).append(xml("<m:oMath><m:r><m:t>L=P×Q</m:t></m:r></m:oMath>"))
    paragraph.add_run("，其中P为利润。")
    boxes_ = add(document, "　　是否同意：")
    for font, code in (("Wingdings", "F0A8"), ("Wingdings 2", "F052"), ("Wingdings 3", "F021")):
        element(boxes_).append(xml(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'))
    ruby = add(document, "　　生僻字")
    element(ruby).append(
        xml(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>lìn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>吝</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        )
    )
    document.element.body.insert(
        -1, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>内容控件里的文字。</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    field = document.add_paragraph("共")
    for part in (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText>NUMPAGES</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:t>3</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ):
        element(field).append(xml(part))
    field.add_run("页，连字符‑和不间断").font.size = Pt(16)
    element(field).append(xml("<w:r><w:noBreakHyphen/></w:r>"))
    field.add_run("连字符。")


@case("policy")
def structures(document: Any) -> None:
    """What only wraps words, old tags, controls in tables, fields, a cell merged away, words in fonts of pictures."""

    def run(text: str, properties: str = "") -> str:
        return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"

    add(document, "关于特殊结构的说明", centred=True, size=22)
    table = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    address = '<w:r><w:instrText>HYPERLINK "https://www.samr.gov.cn/a?b=1"</w:instrText></w:r>'
    for text in (
        f'<w:p><w:smartTag w:element="place"><w:smartTagPr/>{run("智能标记")}</w:smartTag>{run("之后。")}</w:p>',
        f'<w:customXml w:element="a"><w:p>{run("自定义段落。")}</w:p></w:customXml>',
        f'<w:p><w:customXml w:element="a">{run("自定义文字。")}</w:customXml></w:p>',
        f'<w:p><w:fldSimple w:instr="DATE">{run("2026年")}</w:fldSimple>{run("的域。")}</w:p>',
        f'<w:p><w:dir w:val="ltr">{run("方向甲")}</w:dir><w:bdo w:val="ltr">{run("方向乙")}</w:bdo></w:p>',
        f"<w:p><w:sdt><w:sdtContent>{run('行内控件')}</w:sdtContent></w:sdt></w:p>",
        f'<w:p><w:hyperlink w:anchor="a">{run("内部链接")}</w:hyperlink></w:p>',
        f"{table}<w:tr><w:tc><w:sdt><w:sdtContent><w:p>{run('格中控件')}</w:p></w:sdtContent></w:sdt></w:tc>"
        f"<w:sdt><w:sdtContent><w:tc><w:p>{run('控件格')}</w:p></w:tc></w:sdtContent></w:sdt></w:tr><w:sdt><w:sdtContent><w:tr>"
        f"<w:tc><w:p>{run('控件行')}</w:p></w:tc><w:tc><w:p>{run('乙')}</w:p></w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        f'{table}<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>{run("合并首")}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{run('合并续')}</w:p></w:tc><w:tc><w:p>{run('丁')}</w:p></w:tc></w:tr></w:tbl>",
        f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{run("首")}</w:p>',
        f"<w:p>{run('字下沉之后')}</w:p>",
        f"<w:p>{run('þ', wingdings)}{run('同意')}{run('¨', wingdings)}{run('不同意')}</w:p>",
        f"<w:p>{begin}{address}{middle}{run('域中链接')}{end}</w:p>",
        f"<w:p>{run('他说')}{run(chr(34))}{run('引号不成对。')}</w:p>",
    ):
        document.element.body.insert(-1, xml(text))
