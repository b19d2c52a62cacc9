"""The converter leaves out what cannot be: whatever the text, it comes to what Markdown itself makes of it."""

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.markup.converter import EXTENSIONS, make_converter

_PIECES = (
    "商业秘密", "“引号”", "《法》第1条", "a word", "1. one", "* two", "- 三", "+ x", "# 标题", "## 标题 {: #x }", "> 引用", "    四格", "\t制表",
    "| a | b |", "|---|---|", "甲 | 乙", "---", "===", "***", "___", "```", "~~~ py", "!!! note \"注\"", "??? 问", "[^1]", "[^1]: 注", "*[HTML]: 语言",
    "HTML", "[x]: https://x.example \"t\"", "[x]", "[文字](https://x.example)", "![图](a.png \"t\")", "![x]", "<https://x.example>", "<a@x.example>",
    "<b>粗</b>", "<div markdown>", "<div>", "</div>", "<!-- 注 -->", "&amp;", "&#21830;", "**粗**", "*斜*", "_斜_", "__粗__", "`码`", "``a`b``", "\\*", "\\[",
    "行尾  \n下行", "：   释义", ":   释义", "{: .c }", "[TOC]", "![", "](", "`", "*", "\\",
)  # fmt: skip
_JOINED = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", "\n", "\n\n", "\n    "])), max_size=12)

_ours = make_converter()
_theirs = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


@settings(max_examples=300)
@given(_JOINED)
def test_comes_to_what_markdown_makes(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + joint for piece, joint in pieces)
    assert _ours.reset().convert(text) == _theirs.reset().convert(text)
    assert _ours.toc_tokens == _theirs.toc_tokens
