"""Postings as text: numbers in the digits of source maps (base 64, 5 bits each, least first): `4 × (page - page before) + level`."""

import operator
from collections.abc import Sequence
from functools import cache

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def encoded(values: Sequence[int]) -> str:
    """Postings, each `4 × page + level`, in order; `& ~3` leaves the page."""
    steps = map(operator.sub, values, (-4, *(value & ~3 for value in values)))
    return "".join(map(_digits, steps))


def decoded(text: str) -> list[int]:
    """Postings as they were before they became text."""
    values, page, number, shift = [], -4, 0, 0
    for digit in text:
        value = _VALUES[digit]
        number |= (value & 31) << shift
        shift += 5
        if value < 32:
            values.append(page + number)
            page, number, shift = (page + number) & ~3, 0, 0
    return values


@cache
def _digits(number: int) -> str:
    text = ""
    while number >= 32:
        text += DIGITS[number % 32 + 32]
        number //= 32
    return text + DIGITS[number]
