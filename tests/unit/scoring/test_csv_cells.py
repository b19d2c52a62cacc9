"""Cells that spreadsheets take for text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.csv_cells import neutral, original

SIGNS = "=+-@＝＋－＠\t\r\n\0"


@pytest.mark.parametrize("space", ["", " ", "\u3000"])
@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_as_a_formula_does_is_text(space: str, sign: str) -> None:
    assert neutral(f"{space}{sign}cmd|' /C calc'!A0") == f"'{space}{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "某公司", "1=1", "a-b", "5", "(+1)"])
def test_other_text_is_as_it_was(text: str) -> None:
    assert neutral(text) == text


@given(st.one_of(st.text(max_size=20), st.text(f"{SIGNS} '甲", max_size=6)))
def test_a_cell_read_back_is_its_text(text: str) -> None:
    assert original(neutral(text)) == text
    assert neutral(text)[:1] not in SIGNS or not text
