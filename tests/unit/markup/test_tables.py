"""Tables of a text stand in regions that scroll, each with a name of its own."""

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

TABLE = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"


def _regions(text: str) -> list[str]:
    """The names of the regions, each of which must hold one table and be within reach of the keyboard."""
    converter = markdown.Markdown(extensions=["tables", "toc", "footnotes", "publicity.markup.tables"])
    page = LexborHTMLParser(converter.convert(text))
    regions = page.css('div[class="table-scroll"][role="region"][tabindex="0"]:has(> table)')
    assert len(regions) == len(page.css("table"))
    return [region.attributes["aria-label"] or "" for region in regions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"## 二、交接清单\n\n文字。\n\n{TABLE}", ["二、交接清单"]),
        (f"## “研发” & `a<b`[^1]\n\n{TABLE}\n\n[^1]: 注", ["“研发” & a<b"]),
        (TABLE, ["甲 / 乙"]),
        (f"### 清单\n\n{TABLE}\n文字。\n\n{TABLE}", ["清单", "清单 (2)"]),
        (f"## 清单\n\n- 一项\n\n    {TABLE.replace(chr(10), chr(10) + '    ')}", ["清单"]),
        ("## 清单\n\n没有表格。", []),
    ],
)
def test_a_table_stands_in_a_region_named_after_what_is_above_it(text: str, names: list[str]) -> None:
    assert _regions(text) == names


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        ("| 级别 | 情形 | 责任人 |\n|---|---|---|\n| 一级 | 泄露 | 甲 |\n", ["级别", "情形", "责任人"]),
        (TABLE, []),
        ("| | 情形 | 责任人 |\n|---|---|---|\n| 一级 | 泄露 | 甲 |\n", ["情形", "责任人"]),
        ("| 级别 | | 责任人 |\n|---|---|---|\n| 一级 | 泄露 | 甲 |\n", []),
    ],
    ids=["three columns", "two columns", "the first head is empty", "another head is empty"],
)
def test_cells_of_a_wide_table_say_what_they_hold(table: str, labels: list[str]) -> None:
    page = LexborHTMLParser(markdown.markdown(table, extensions=["tables", "publicity.markup.tables"]))
    assert [cell.attributes["data-label"] for cell in page.css(".stacked td[data-label]")] == labels
    assert bool(page.css(".stacked")) == bool(labels)
