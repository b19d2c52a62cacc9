"""What a mistyped query may have meant."""

import pytest

from publicity.search.index import fold, load_idle, shard_of
from publicity.search.words import Words, typed_entries


@pytest.fixture(name="words")
def _words() -> Words:
    words = Words(load_idle())
    words.add(["什么是商业秘密？", "商业秘密保护规定"])
    words.add(["重庆的银行"])
    return words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("^shangyemimi", "商业秘密"),
        ("^symm", "商业秘密"),
        ("商业?密", "商业秘密"),
        ("?业秘密", "商业秘密"),
        ("^chongqing", "重庆"),  # as it is read there, not zhongqing
        ("^yinhang", "银行"),
    ],
)
def test_a_name_is_known_by_sounds_letters_and_gaps(words: Words, typed: str, meant: str) -> None:
    assert typed_entries(words.meant())[typed].split()[0] == meant


def test_a_part_of_names_is_a_word_once_it_is_frequent() -> None:
    words = Words([])
    names = ["客户名单被盗", "客户名单保护", "客户名单管理"]
    words.add(names[:2])
    words.add(names[2:])
    assert "^khmd" not in typed_entries(words.meant())
    words.add(["客户名单"])
    assert typed_entries(words.meant())["^khmd"] == "客户名单"


def test_a_size_leaves_out_what_is_idle(words: Words) -> None:
    assert words.size("什么是商业秘密？") == words.size("商业秘密") == 3
    assert words.size("what is ai") == 3  # words in letters count whole


def test_text_is_folded_to_simplified_characters() -> None:
    assert fold("營業秘密ＡＢ") == "营业秘密ab"


def test_words_with_the_same_gap_lie_together() -> None:
    assert shard_of("商业?密", 97) == shard_of("业?密", 97)
