"""Passages in Hangul or Cyrillic say their language."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from publicity.finish.foreign import mark_passages

PAGE = '<html lang="zh-CN"><head><title>한국</title></head><body>{}</body></html>'


def marked(page: str) -> str:
    document = LexborHTMLParser(page)
    changed = mark_passages(document)
    assert changed == (document.html != page)
    return document.html or ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>特许厅（특허청）的网站</p>", '<p>特许厅（<span lang="ko">특허청</span>）的网站</p>'),
        ("<p>영업비밀 보호센터</p>", '<p><span lang="ko">영업비밀 보호센터</span></p>'),
        ("<p>标注“Коммерческая тайна”和 a &lt; б</p>", '<p>标注“<span lang="ru">Коммерческая тайна</span>”和 a &lt; <span lang="ru">б</span></p>'),
        ('<p lang="ko">특허청</p>', '<p lang="ko">특허청</p>'),
        ("<p>한국, <b>한국</b> тайна</p>", '<p><span lang="ko">한국</span>, <b><span lang="ko">한국</span></b> <span lang="ru">тайна</span></p>'),
        ("<textarea>특허청</textarea>", "<textarea>특허청</textarea>"),
    ],
)  # fmt: skip
def test_passages_say_their_language(text: str, expected: str) -> None:
    assert marked(PAGE.format(text)) == PAGE.format(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<li>《商法典》第40/99/M号法令 (al.gov.mo)</li>", '<li><span lang="zh-CN">《商法典》第40/99/M号法令</span> (al.gov.mo)</li>'),
        ('<p lang="zh-CN">商业秘密</p>', '<p lang="zh-CN">商业秘密</p>'),
        ('<p>In Japanese <i lang="ja">営業秘密</i></p>', '<p>In Japanese <i lang="ja">営業秘密</i></p>'),
        ("<p>No <b>Chinese</b> here</p>", "<p>No <b>Chinese</b> here</p>"),
    ],
)  # fmt: skip
def test_chinese_on_english_pages_says_its_language(text: str, expected: str) -> None:
    page = PAGE.replace("zh-CN", "en")
    assert marked(page.format(text)) == page.format(expected)
