"""What is read of a Markdown body: where its links lead, from which line, and what they can lead to."""

import pytest

from publicity.problems import Problem
from publicity.read.markdown.body import Link, read_body

PLACES = """## 第一节 {: #one }

第一行[一](../guides/a.md)，
第二行![说明](x.png)和<https://example.org/>、<a@example.org>。

- 列表中的[二][注]
- `[码](no.md)`

| 表头 |
|---|
| [三](b.md#甲) |

### 重名

### 重名

<div id="raw">
<a href="c.md">四</a>
</div>

[注]: ../d.md
"""


def test_links_are_told_with_their_lines() -> None:
    assert read_body(PLACES).links == (
        Link(3, "../guides/a.md"),
        Link(4, "x.png", is_image=True),
        Link(4, "https://example.org/"),
        Link(4, "mailto:a@example.org"),
        Link(6, "../d.md"),
        Link(11, "b.md#甲"),
        Link(18, "c.md"),
    )


def test_anchors_are_those_that_the_page_will_have() -> None:
    body = read_body(PLACES)
    assert body.anchors == {"one", "重名", "重名_1", "raw"}
    assert body.headings == 3


@pytest.mark.parametrize(
    ("text", "line", "code", "values"),
    [
        ("甲\n\n[](x.md)", 3, "link-without-words", {}),
        ("[![ ](x.png)](y.md)", 1, "image-without-text", {"image": "x.png"}),
        ("甲\n乙<b\nonclick='x'>丙</b>", 2, "forbidden-event", {"name": "onclick"}),
        ("<div>\n\n<p\nonload=x>\n</p>\n</div>", 3, "forbidden-event", {"name": "onload"}),
        ("甲\n{: onclick=x }", 2, "forbidden-event", {"name": "onclick"}),
        ("[甲]( javascript:x )", 1, "forbidden-scheme", {"scheme": "javascript"}),
        ("[甲](java&#x73;cript:x)", 1, "forbidden-scheme", {"scheme": "javascript"}),
    ],
)
def test_faults_are_told_with_their_lines(text: str, line: int, code: str, values: dict[str, object]) -> None:
    assert Problem("", line, code, values) in read_body(text).problems
