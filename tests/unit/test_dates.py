"""Figures as readers of each language write them."""

import pytest

from publicity.dates import format_money
from publicity.labels import labels


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (159_000_000, "1.59亿元（159,000,000元）", "CNY 159 million (CNY 159,000,000)"),
        (201_540_000, "2.0154亿元（201,540,000元）", "CNY 201.54 million (CNY 201,540,000)"),
        (202_419_745, "约2.02亿元（202,419,745元）", "about CNY 202.42 million (CNY 202,419,745)"),
        (150_000, "15万元（150,000元）", "CNY 150,000"),
        (9_999.5, "9,999.5元", "CNY 9,999.5"),
    ],
)
def test_a_sum_is_told_alike_everywhere(number: float, zh: str, en: str) -> None:
    for language, whole in (("zh", zh), ("en", en)):
        currency = labels(language)["case"]["currency"]["CNY"]
        assert format_money(number, currency, language, whole=True) == whole
        assert format_money(number, currency, language) == whole.partition("（")[0].partition(" (")[0]
