"""Nasty pieces of text, put together by chance: what careless and hostile files hold."""

import json
from random import Random

INVISIBLE = "\0\x01\t\x0b\x0c\x1b\x7f\x85\xa0\xad\u061c\u200b\u200d\u200e\u202a\u202e\u2028\u2029\u2060\u2066\u3000\ufeff\ufffd\uffff\U000e0041"
WORDS = (
    "x",
    "商业秘密",
    "<b>",
    "a b",
    "",
    " ",
    "x" * 300,
    "％＝＋－＠",
    "=1+1",
    "'",
    '"',
    "\\",
    "{{ 7*7 }}",
    "{region}",
    "e\u0301",
    "😀",
)
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)",
    "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>",
    "//evil.example/x", "\\\\evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "https://u:p@www.gov.cn/",
    "https://evil.example\\@www.gov.cn/", "https://evil.example\\.gov.cn/", "https://[::1", "https://[x]/", "https://www.gov.cn／x",
    "https://a..gov.cn/", "https://xn--/", "https://" + "a" * 300 + ".cn/", "http://x:99999999/", "https://", "https:///x", "http://%00/",
    "../../../etc/passwd", "/etc/passwd", "plan.md", "../policies/plan.md#一目标", "../policies/plan.md#x", "about.md", "#", "?", ".", "%zz", "mailto:",
    "mailto:a@b.cn?body=x", "tel:12345", "blob:x", "file:///etc/passwd", "ftp://x/", "x y", "%E4%B8", "x\u202ey", "x\u200by.png", "a" * 5000,
)  # fmt: skip
TAGS = (
    "script", "style", "iframe", "meta", "base", "form", "input", "button", "object", "embed", "svg", "math", "template", "noscript",
    "textarea", "title", "select", "option", "details", "summary", "div", "p", "table", "tr", "td", "tbody", "a", "img", "video", "audio",
    "source", "link", "body", "html", "head", "main", "footer", "section", "plaintext", "xmp", "listing", "frameset", "marquee", "dialog",
    "foreignObject", "use", "animate", "mi", "annotation-xml", "b", "span", "li", "h2", "pre", "code", "abbr", "time", "x-y", "a:b", "ruby",
)  # fmt: skip
ATTRIBUTES = (
    "onclick", "onerror", "onload", "ONMOUSEOVER", "style", "src", "href", "srcset", "background", "action", "formaction", "xlink:href",
    "http-equiv", "content", "data-x", "data-item", "id", "class", "name", "target", "rel", "markdown", "lang", "dir", "title", "width",
    "colspan", "align", "is", "slot", "ping", "poster", "srcdoc", "autofocus", "contenteditable", "hidden", "role", "aria-label", "open",
    "start", "datetime", "xmlns", "on\nclick", 'x"y', "a/onclick",
)  # fmt: skip
VALUES = (
    "x",
    "1",
    "0",
    "-1",
    "999999",
    "refresh",
    "0;url=https://evil.example",
    "position:fixed",
    "url(//evil.example)",
    "content",
    "search",
    "nav",
    "span",
    "block",
    "1 2",
)
RAW = (
    "<!-- x -->", "<!--", "-->", "<!---> x -->", "<!--> x", "<!-- a --!> x -->", "<!-- -- -->", "<![CDATA[ x ]]>", "<![CDATA[ > x ]]>", "<![CDATA[",
    "]]>", "<!DOCTYPE html>", "<!x>", "<?php x ?>", "<?x>", "</", "<", ">", "<>", "</>", "< b>", "<b", "</div>", "</main>", "</body>", "</html>",
    "</p>", "</table>", "</td>", "</script>", "</textarea>", "</title>", "<b></i></b>", "<a><a>", "<table><div>", "<p><div>x</div></p>",
    "&#0;", "&#x202e;", "&#8203;", "&#xd800;", "&#99999999;", "&amp;lt;script&amp;gt;", "&lt;script&gt;", "&colon;", "&Tab;", "&x",
    "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "<div\n\nx>", "<b x='\n\n'>", "<svg><style><img title='</style><img src=x onerror=a>'>",
)  # fmt: skip
BLOCKS = (
    "## x", "# x", "###### x", "x\n===", "- x\n    - y", "1. x", "> x", "```\nx\n```", "```html\n<b>\n```", "~~~ {.x onclick=y}\nx\n~~~", "```", "    x",
    "| a | b |\n|---|---|\n| x | y |", "|a|\n|-|", "!!! note\n    x", '!!! note "<b>"\n    x', "??? danger \"x\"\n    x", "???+ x\n    x", "x\n: y",
    "[^1]", "[^1]: x", "[^1]: [^1]", "[^x]:\n    x", "*[HTML]: <b>", "*[x]: x", "[TOC]", "***", "---", "* * *", "\\\nx", "x  \ny", "x\n:   x\n\n    y",
    "<div markdown=\"1\">\n\nx\n\n</div>", "<p markdown=\"span\">*x*</p>", "{: }", "{:", "{: #x #y .z }", "{: markdown=1 }", "--8<-- \"mkdocs.yml\"",
)  # fmt: skip
REPEATED = (
    "[", "![", "![](", "](", "<", "</", "<div>", "<b>", "<!--", "*", "*a ", "**a", "_", "a_", "`", "``a", "&", ">", "> ", "- ", "1. ", "    ", "\t", "(", ")",
    "\\", "{:", "{: x", "[^1]", "[x](y)", "[x][y]", "[x]: y\n", "|", "|a", "# ", "~", "\"", "'", "a", "字", "<a href=\"", "<a b=", "x\n", "!!! note\n", "  \n", ": ", "\n",
)  # fmt: skip
CONTAINERS = (
    "{}",
    "\n{}\n",
    "    {}",
    "> {}",
    "- x\n\n    {}",
    "1. {}",
    "!!! note\n    {}",
    "??? x\n    {}",
    "x\n:   {}",
    "| a |\n|---|\n| {} |",
    "[^9]: {}",
    '<div markdown="1">\n{}\n</div>',
    "*{}*",
    "[{}](about.md)",
    "`{}`",
    "## {}",
    "<!-- {} -->",
)
SCALARS = (
    "~", "null", "true", "no", "''", '""', "[]", "{}", "- x", "0", "-0", "-1", "1.5", "1e999", ".inf", "-.inf", ".nan", "0x1f", "0o17", "1_000", "12:30:45", "9" * 400,
    "9" * 5000, "0." + "1" * 400, "9" * 400 + ".5", "9999-12-31", "0001-01-01", "0000-00-00", "2026-02-30", "2026-1-2", "2026-11-25T10:00:00Z", "二〇二六年",
    "!!python/object/apply:os.system [x]", "!!binary eA==", "!!set {x}", "!!timestamp 2026-01-01", "!!float x", "!!int x", "!!str [x]", "!x y", "!<tag:x> y", "!",
    "&a x", "*a", "&a [*a]", "&a {x: *a}", "[*a, *a]", "<<", "|", ">-", "|9\n x", "[", "]", "{", "}", "{x: 1, x: 2}", "[x, y]", "{x}", "? x", "? [x]\n: y", ": x", "x: y: z", "@x", "%x", "`x`", "#x",
    '"\\0"', '"\\u202e"', '"\\u200b"', '"\\x1b"', '"\\ud800"', '"\\U0010ffff"', '"\\uffff"', '"\\N"', '"\\_"', '"x', "'x", "'x''", "---", "...", "%YAML 9.9", "x\t: y", "\tx: y", "<x", "../x", "CN", "ZZ",
)  # fmt: skip
BOMBS = (
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f, *f, *f, *f, *f, *f, *f]",
    "a: &a {x: 1}\nb:\n  <<: *a", "a: &a\n  b: *a", "<<: {title: x}", "title: x\ntitle: y", "? {x: y}\n: z", "? x\n", "- x", "--- x", "...\nx: y",
)  # fmt: skip
RULES = (
    "@import url(//evil.example);", "body > * { position: fixed }", ".portal ~ * { display: none }", ":has(x) { color: red }", "* { background: url(//evil.example) }",
    "x { background: image-set('https://evil.example' 1x) }", "x { background: src(\"https://evil.example\") }", "x { inset: 0; position: sticky }",
    "@media x { @media y { z { color: red } } }", "x { color: red", "}", "{", "/*", "*/", "<!--", "-->", "</style>", "\\", "x { a: \\66ixed }", "@x", "@x {", "x::before { content: url(x) }",
    "x { behavior: url(x) }", "x { --y: }; z", "@font-face { src: url(x) }", "x { y: expression(1) }", "(", "[", "\"", "x { & > y { } }", ":root { }", ":host { }", "@layer x;", "@charset 'x';",
)  # fmt: skip


def times(dice: Random) -> int:
    """How often to repeat something: mostly once, seldom as often as it takes to hang what takes quadratic time."""
    chance = dice.random()
    most = 1 if chance < 0.8 else 20 if chance < 0.92 else 500 if chance < 0.98 else 5_000 if chance < 0.998 else 60_000
    return dice.randint(1, most)


def repeated(dice: Random) -> str:
    """The same sign again and again."""
    return dice.choice(("", " ", "\n")).join([dice.choice(REPEATED)] * times(dice))


def text(dice: Random) -> str:
    """Words that are none, characters that are not seen."""
    return dice.choice(
        (dice.choice(WORDS), dice.choice(INVISIBLE), dice.choice(ADDRESSES), f"x{dice.choice(INVISIBLE)}y")
    )


def attribute(dice: Random) -> str:
    """An attribute as HTML or an attribute list has it."""
    quote = dice.choice(('"', '"', "'", "", "`", "“"))
    value = dice.choice((dice.choice(ADDRESSES), dice.choice(VALUES), dice.choice(WORDS)))
    return f"{dice.choice(ATTRIBUTES)}{dice.choice(('=', '=', '=', ' = ', ''))}{quote}{value}{quote}"


def html(dice: Random) -> str:
    """An element, or what a parser may take for one."""
    if dice.random() < 0.3:
        return dice.choice(RAW)
    tag = dice.choice(TAGS)
    tag = tag.upper() if dice.random() < 0.1 else tag
    attributes = "".join(dice.choice((" ", "\n", "/", "\t")) + attribute(dice) for _ in range(dice.randint(0, 2)))
    inside = html(dice) if dice.random() < 0.25 else dice.choice(WORDS)
    shape = dice.choice(
        ("<{0}{1}>{2}</{0}>", "<{0}{1}>{2}</{0}>", "<{0}{1}>", "<{0}{1}/>", "</{0}>", "<{0}{1}", "<{0}{1}>{2}</ {0}>")
    )
    return shape.format(tag, attributes, inside)


def markdown(dice: Random) -> str:
    """A piece of a body, in something that Markdown reads in a way of its own."""
    address = dice.choice(ADDRESSES)
    piece = dice.choice((
        html, html, html, repeated, text,
        lambda dice: dice.choice(BLOCKS),
        lambda dice: "{: " + " ".join(attribute(dice) for _ in range(dice.randint(1, 2))) + " }",
        lambda dice: dice.choice((f"[x]({address})", f"![x]({address})", f"<{address}>", f"[x]: {address}", f"[x][x]\n\n[x]: {address} 'y'", f"[x]({address} \"y\"){{: {attribute(dice)} }}", f"x\n[x]: {address}\n[x]")),
    ))(dice)  # fmt: skip
    return dice.choice(CONTAINERS).replace("{}", piece) if dice.random() < 0.5 else piece


def yaml(dice: Random) -> str:
    """A value as YAML writes it."""
    chance = dice.random()
    if chance < 0.5:
        return dice.choice(SCALARS)
    if chance < 0.6:
        depth = times(dice)
        start, end = dice.choice((("[", "]"), ("{x: ", "}"), ("- ", ""), ("? ", ""), ("&a [", "]"), ("!!x ", "")))
        return start * depth + "x" + end * dice.choice((depth, depth, 0))
    if chance < 0.65:
        return f"[{', '.join(['x'] * times(dice))}]"
    return json.dumps(text(dice), ensure_ascii=dice.random() < 0.5) if chance < 0.9 else text(dice)


def css(dice: Random) -> str:
    """A piece of a style sheet."""
    return dice.choice(RULES) if dice.random() < 0.8 else repeated(dice)


def json_value(dice: Random) -> object:
    """A value that JSON can hold, or that only Python writes."""
    return dice.choice((
        None, True, False, 0, 1, -1, 1.5, 1e308, float("inf"), float("nan"), 10**20, -(10**400), "", " ", [], {}, [[]], [None], {"": ""}, {"x": {"y": []}}, "true", "1",
        "2026-06-30", "2026-02-30", "20260630", "9999-12-31", "2026-06-30T25:00", "__proto__", "constructor", "\ud800", "x\udfff", "x" * 201, "x" * 5001, [{}] * 51, ["x"] * 3,
        text(dice), text(dice), html(dice),
    ))  # fmt: skip
