"""What may be in a page, whatever the Markdown: a second list, written anew, and another parser agree with ours."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publicity.markup.allowed import faults
from publicity.markup.bounds import excesses
from publicity.markup.converter import make_converter

MAY = {
    "": "class id lang title",
    "a": "href",
    "img": "src alt width height",
    "td": "align colspan rowspan scope",
    "th": "align colspan rowspan scope",
    "ol": "start type reversed",
    "details": "open",
    "time": "datetime",
    "div": "role tabindex aria-label",
}
ELEMENTS = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
]
TAKEN = {"main", "foot", "after", "history"}

NASTY = [
    "<script>", "</script>", "<script src=x>", "<meta http-equiv=refresh content='0;url=//e'>", "<base href=//e>", "<iframe src=x>",
    "<svg>", "<svg onload=x()>", "</svg>", "<math>", "<math><mtext><table><mglyph><style>", "</math>", "<template>", "</template>",
    "<noscript>", "</noscript>", "<style>", "</style>", "<title>", "<textarea>", "</textarea>", "<plaintext>", "<xmp>", "<select>",
    "<form action=x>", "</form>", "<button>", "<input>", "<object>", "<embed>", "<video>", "<image>", "<isindex>", "<frameset>",
    "<body onload=x>", "</body>", "</html>", "<html>", "<head>", "</head>", "</main>", "</article>", "</div>", "<div>", "</section>",
    "<section>", "<!--", "-->", "--!>", "<!-->", "<!--->", "<!-- a -->", "<![CDATA[", "]]>", "<?", "?>", "<!x>", "<!doctype html>",
    "<a href=javascript:x>", "<a href=' java\tscript:x'>", "<a href='java&#115;cript:x'>", "[a](javascript:x)", "[a](&#106;avascript:x)",
    "[a](data:text/html,x)", "[a](//e)", "[a](\\\\e)", "[a]: javascript:x", "[a][]", "[a]", "<javascript:x>", "<http://a\\@b>", "<a@b.c>",
    "![a](https://e/a.png)", "![a](a.png)", '{: href="javascript:x" }', '{: style="x" }', "{: onclick=x }", "{: #main }", "{: .a #b }",
    '{: src="//e" }', '{: title="<b>" }', '{: title="a\\"><script>" }', "{: id=after }", "{:", "}", '<p style="x">', "<p onclick=x>",
    "<p id=main>", "<p id=x>", "<p title='", '<p title="', "<p title=a>", "<p class='x y'>", "<img src=x onerror=y>", "<img srcset=x>",
    "<table background=x>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<caption>", "<p>", "</p>", "<b>", "</b>", "<i>", "</i>",
    "<li>", "</li>", "<dd>", "<br>", "</br>", "<a>", "</a>", "<p/>", "<b/", "<h1>", "</h1>", "<h2>", "</h2>", "<P", "<B\x0cid=x>",
]  # fmt: skip
PLAIN = [
    "字", "a", "## 标题", "# ", "### a", "- ", "1. ", "> ", "| a | b |\n|---|---|\n| c | d |", "    ", "\t", "!!! note\n\n    ", '!!! warning "a"\n    ',
    "??? tip\n\n    ", '???+ note "<b>"\n    ', "=== ", ":   ", "甲\n:   乙", "[^1]", "[^1]: 注", "[^1]: 注\n\n    ", "*[字]: 全<称", "**", "*", "_",
    "`", "```", "```html", "~~~", "``` {.a #b}", "[a](b.md)", "[a](https://a.cn)", '[a](b "c")', "<https://a.cn>", "&lt;", "&#60;", "&#x3c;script&gt;",
    "&amp;", "&", "\\<", "\\", '"', "'", ">", "<", "/", "=", '<div markdown="1">', "<div markdown>", "<p markdown=span>", '<td markdown="1">',
    "<details><summary>", "</summary></details>", '<div class="note">', "</div>", "<span>", "</span>", "<b>字</b>", "<br/>", "---", "wzxhzdk:0",
    "\x02wzxhzdk:0\x03", "klzzwxh:0001", "amp", "\u2028", "\ufeff", "\xa0", "javascript:", "onclick=x",
]  # fmt: skip

bodies = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(PLAIN), st.sampled_from(NASTY)),
        st.sampled_from(["", "", " ", "\n", "\n\n", "\n    ", "\n\n    "]),
    ),
    min_size=1,
    max_size=9,
).map(lambda parts: "".join(text + end for text, end in parts))

_converter = make_converter()


def html_of(body: str) -> str:
    return str(_converter.reset().convert(body))


def page(html: str) -> Element:
    """A page around a body, as another parser reads it."""
    text = (
        "<!doctype html><html><head><title>t</title></head><body><header>h</header><main id=main><article><section><ul><li>"
        f"<div id=body>{html}</div></li></ul></section><section id=after>s</section></article></main><footer id=foot>f</footer></body></html>"
    )
    tree: Any = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def complaints(html: str) -> list[str]:
    """What an independent look finds wrong with a page that holds the HTML of a body."""
    root = page(html)
    head, body = list(root)
    frame = [child.tag for child in body], [child.tag for child in head]
    if frame != (["header", "main", "footer"], ["title"]):
        return [f"the page is {frame}"]
    article = body[1][0]
    if [child.tag for child in article] != ["section", "section"] or article[1].get("id") != "after" or len(article[1]):
        return ["the article does not end where it did"]
    holder = article[0][0][0][0]
    if holder.get("id") != "body" or len(article[0][0][0]) != 1:
        return ["the body has left its place"]
    return [complaint for element in list(holder.iter())[1:] for complaint in about(element)] + repeated(holder)


def about(element: Element) -> list[str]:
    if element.tag not in ELEMENTS:
        return [f"element {element.tag}"]
    may = f"{MAY['']} {MAY.get(str(element.tag), '')}".split()
    wrong = [f"{element.tag} {name}" for name in element.attrib if name not in may]
    address = re.sub(r"[\x00-\x20]", "", element.get("href", element.get("src", ""))).lower()
    if re.match(r"[a-z0-9.+-]+:", address) and (element.tag == "img" or not re.match(r"(https?|mailto|tel):", address)):
        wrong.append(f"address {address}")
    if address.startswith(("//", "\\", "/\\")):
        wrong.append(f"address {address}")
    return wrong


def repeated(holder: Element) -> list[str]:
    ids = [identity for element in holder.iter() if (identity := element.get("id"))][1:]
    return [f"id {identity}" for identity in ids if identity in TAKEN or ids.count(identity) > 1]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_what_is_accepted_is_harmless_to_another_parser(body: str) -> None:
    try:
        html = html_of(body)
    except Exception:  # noqa: BLE001 - a body at which Markdown fails is refused for that
        return
    if not excesses(body) and not any(faults(html, TAKEN)):
        assert complaints(html) == []


@pytest.mark.parametrize(
    ("labels", "wrong"),
    [
        (("甲", "乙丙"), []),
        ((" 甲 ", "乙 丙"), []),
        (("乙 丙", "乙 丙"), ["乙 丙"]),
        (("甲", "甲"), ["甲"]),
        (("甲", "丁"), ["丁"]),
        (("", "乙 丙"), [""]),
    ],
)
def test_a_cell_is_labelled_by_the_head_of_its_own_column_alone(labels: tuple[str, str], wrong: list[str]) -> None:
    cells = "".join(f'<td data-label="{label}">一</td>' for label in labels)
    head = "<thead><tr><th>甲</th><th>乙\n丙</th></tr><tr><th>丁</th><th>丁</th></tr></thead>"
    found = list(faults(f"<table>{head}<tbody><tr>{cells}</tr></tbody></table>", set()))
    assert [fault.code for fault in found] == ["html-attribute"] * len(wrong)
    # Where nothing stands above, no label is right.
    for table in (f"<table><tbody><tr>{cells}</tr></tbody></table>", f"<table>{head}<tbody><tr><td>一</td><td>二</td>"
                  '<td data-label="">三</td></tr></tbody></table>'):  # fmt: skip
        assert {fault.code for fault in faults(table, set())} == {"html-attribute"}
