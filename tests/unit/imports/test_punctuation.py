"""Where punctuation that looks wrong is shown: with what stands around it, what is near together."""

import pytest

from publicity.imports.blocks import Paragraph, Run
from publicity.imports.punctuation import look_at

REACH = 8


def shown(text: str) -> list[tuple[object, object]]:
    remarks = look_at(Paragraph([Run(text)]), mend=False)
    return [(remark.values["found"], remark.values["usual"]) for remark in remarks]


def test_what_stands_around_a_slip_is_shown_with_it() -> None:
    before, after = "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸"
    assert shown(f"{before},{after}") == [
        (f"{before[-REACH:]},{after[: REACH - 1]}", f"{before[-REACH:]}，{after[: REACH - 1]}")
    ]
    assert shown(f"十,{after}") == [(f"十,{after[: REACH - 1]}", f"十，{after[: REACH - 1]}")]
    assert shown(f"{before},") == [(f"{before[-REACH:]},", f"{before[-REACH:]}，")]


@pytest.mark.parametrize(("between", "places"), [(REACH - 1, 1), (REACH, 2)])
def test_slips_that_are_near_stand_in_one_place(between: int, places: int) -> None:
    found = shown(f"一二,{'丙' * between},三四,五六")
    assert len(found) == places
    assert str(found[0][0]).startswith("一二,丙")
    assert str(found[-1][0]).endswith("丙,三四,五六")


def test_of_three_slips_each_is_shown_once() -> None:
    far = "丙" * 3 * REACH
    assert [str(found).count(",") for found, _ in shown(f"一,{far},{far},二")] == [1, 1, 1]
