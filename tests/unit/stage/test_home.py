"""What a card on the home page tells of a long summary."""

import pytest

from publicity.stage.own.pages import opening


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("一句不带句号的话", "一句不带句号的话"),
        ("这一句话比允许的长度还要长得多，但总要有一句。第二句。", "这一句话比允许的长度还要长得多，但总要有一句。"),
        ("判赔6.43亿元。二倍惩罚性赔偿。还有下文。", "判赔6.43亿元。二倍惩罚性赔偿。"),
        ("法院说：“不行。”理由有三。", "法院说：“不行。”理由有三。"),
        ("See art. 9 (2). Then no more.", "See art. 9 (2)."),
    ],
)
def test_a_summary_is_told_by_whole_sentences(text: str, told: str) -> None:
    assert opening(text, 20) == told
