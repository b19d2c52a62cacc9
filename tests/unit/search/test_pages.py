"""What of a finished page is searched."""

from selectolax.lexbor import LexborHTMLParser

from publicity.search.extract import PageSection, page_text

PAGE = """<!doctype html><html><head><meta charset="utf-8"><meta name="description" content="摘要。"></head><body><nav>导航</nav>
<main><article data-search-body>
  <nav data-search-skip>目录</nav>
  <h1>标题<b>粗</b></h1>
  <p>商业<b>秘密</b>，见<a href="#">保密
协议</a><span class="visually-hidden">（将离开本专栏）</span>。</p><p>下一段</p>
  <h2 id="one">一、总体要求</h2><ul><li>甲</li><li>乙</li></ul>
  <h3>没有锚点</h3>
  <table><caption id="two">表</caption><tr><td>左</td><td>右</td></tr></table>
</article><p>以外</p></main></body></html>"""


def test_sections_hold_the_marked_text_by_heading() -> None:
    page = page_text(LexborHTMLParser(PAGE))
    assert page
    assert (page.title, page.summary) == ("标题粗", "摘要。")
    assert page.sections == [
        PageSection("", "", "商业秘密，见保密 协议。\n下一段"),
        PageSection("one", "一、总体要求", "甲\n乙"),
        PageSection("one", "没有锚点", ""),
        PageSection("two", "表", "左\n右"),
    ]


def test_a_page_without_marks_is_not_searched() -> None:
    assert page_text(LexborHTMLParser(PAGE.replace("data-search-body", ""))) is None


def test_a_page_may_be_deep() -> None:
    page = page_text(LexborHTMLParser(PAGE.replace("下一段", "<span>" * 5000 + "下一段" + "</span>" * 5000)))
    assert page
    assert page.sections[0].text == "商业秘密，见保密 协议。\n下一段"
