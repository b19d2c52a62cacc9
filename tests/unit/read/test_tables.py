"""Which lines are a table that shows as text, and which belong to a table already."""

import pytest

from publicity.read.markdown.tables import table_slip, wide_rows


@pytest.mark.parametrize(
    "lines",
    [
        ["甲 | 乙", "--- | ---", "| 1 | 2 |", "| 3 | 4 |"],  # a head without bars at its ends
        ["甲 | 乙", "--- | ---", "1 | 2", "| 3 | 4 |", "| 5 | 6 |"],
    ],
)
def test_rows_below_a_head_without_outer_bars_are_its_own(lines: list[str]) -> None:
    assert table_slip(lines) is None


@pytest.mark.parametrize(
    "above",
    [
        ["一段话", "-----"],  # a heading by its line of dashes, and no table
        ["甲 | 乙"],  # a bar, and no dashes
    ],
)
def test_what_is_no_table_above_one_leaves_it_without_dashes(above: list[str]) -> None:
    slip = table_slip([*above, "| 1 | 2 |", "| 3 | 4 |"])
    assert slip
    assert (slip.code, slip.first) == ("table-without-dashes", len(above))


def test_rows_with_more_cells_than_the_head_are_known() -> None:
    lines = ["| 甲 | 乙 |", "| --- | --- |", "| 1 |", "| 1 | 2 |", r"| 1 | 2\|3 |", "| 1 | 2|3 |"]
    assert [*wide_rows(lines)] == [(5, 3, 2)]
    assert [*wide_rows(["甲 | 乙", "一段话", "| 1 | 2 | 3 |"])] == []
