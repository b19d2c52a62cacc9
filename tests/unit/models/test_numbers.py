"""Telephones: what a page offers to dial is what a telephone can dial."""

import pytest
from pydantic import TypeAdapter, ValidationError

from publicity.mend.fields import written_clock, written_phone
from publicity.models.fields.numbers import Phone, dialled

PHONE: TypeAdapter[str] = TypeAdapter(Phone)


@pytest.mark.parametrize(
    ("written", "shown", "link"),
    [
        ("12315", "12315", "12315"),
        ("０２３－６７８５５０００", "023-67855000", "023-67855000"),
        ("023 — 67855000", "023-67855000", "023-67855000"),
        ("O23-678550OO", "023-67855000", "023-67855000"),
        ("（０２３）６７８５ ５０００", "(023)6785 5000", "(023)67855000"),
        ("023-67855000 分机：８０１", "023-67855000 转801", "023-67855000"),
        ("+86 23 67855000", "+86 23 67855000", "+862367855000"),
    ],
)
def test_a_telephone_is_written_and_dialled(written: str, shown: str, link: str) -> None:
    assert (written_phone(written), dialled(PHONE.validate_python(shown))) == (shown, link)


@pytest.mark.parametrize("text", ["12", "待公布", "12315、12345", "023-67855000/1", "12315热线", "-12315", "1２315"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="bad-phone"):
        PHONE.validate_python(text)


def test_words_are_no_telephone_and_no_time() -> None:
    assert (written_phone("～"), written_clock("上午"), written_clock("25:00")) == (None, None, None)
