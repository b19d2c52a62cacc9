"""Columns of tables in Word are as wide as their longest lines ask for."""

import json

import pypandoc
import pytest

from publicity.word.tables import laid_out


def test_a_column_is_as_wide_as_its_longest_line_within_bounds() -> None:
    cells = ["短", f"<code>{'x' * 27}</code>", "第一行<br>" * 9, "很长" * 30]
    html = f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
    tree, is_turned = laid_out(pypandoc.convert_text(html, "json", format="html"))
    (table,) = json.loads(tree)["blocks"]
    shares = [width["c"] for _, width in table["c"][2]]
    assert [share / shares[0] * 9 for share in shares] == pytest.approx([9, 29, 9, 40])
    assert not is_turned
