"""Where Chinese headings may break."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.render.line_breaks import with_breaks, with_breaks_in_headings


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        (
            "重庆市江北区人民政府办公室关于印发江北区加强商业秘密保护工作实施意见的通知",
            "重庆市|江北区|人民政府|办公室|关于|印发|江北区|加强|商业秘密|保护|工作|实施|意见的|通知",
        ),
        ("卡波技术秘密案（指导性案例219号）：以侵权为业", "卡波|技术秘密案|（指导性案例|219号）：|以侵权为业"),
        ("中华人民共和国反不正当竞争法（2025年修订）", "中华人民共和国|反不正当竞争法|（2025年|修订）"),
        ("韩国：2027年3月16日起，居间介绍", "韩国：|2027年3月16日起，|居间|介绍"),
        ("能不能把答案公开，会不会被看到，对不对？", "能不能|把|答案|公开，|会不会|被|看到，|对不对？"),
        ("下面哪一种做法不受保护", "下面|哪一种|做法|不受|保护"),
        ("检例第102号侵犯商业秘密案", "检例|第102号|侵犯|商业秘密案"),
        ("实施意见（2023-2026）", '实施|意见|（<span class="whole">2023-2026</span>）'),
        ("Notice on <Trade> Secrets", "Notice on &lt;Trade&gt; Secrets"),
    ],
)
def test_a_heading_breaks_between_words(title: str, parts: str) -> None:
    assert str(with_breaks(title)).replace("<wbr>", "|") == parts


@given(st.text(alphabet="商业秘密保护的法（）《》，。12-号aB <&年", max_size=30))
def test_nothing_is_lost_and_no_line_begins_with_what_closes(text: str) -> None:
    made = with_breaks(text)
    assert html.unescape(re.sub("<wbr>|</?span[^>]*>", "", made)) == text
    for part in str(made).split("<wbr>")[1:]:
        assert part
        assert part[0] not in "）》，。"


def test_headings_that_hold_text_or_a_link_alone_are_given_places() -> None:
    html = '<h2 id="a">工作实施意见</h2><p>工作实施意见</p><h3>甲<a href="#">乙丙</a></h3><h4><a href="#">实施意见</a></h4>'
    broken = html.replace(">工作实施意见</h2>", ">工作<wbr>实施<wbr>意见</h2>").replace(
        "实施意见</a>", "实施<wbr>意见</a>"
    )
    assert with_breaks_in_headings(html) == broken
