"""Marks of secrecy: a line that is one is told from words that speak of it."""

import pytest

from publicity.read.secrecy import is_internal, is_kept_inside, is_secret


@pytest.mark.parametrize(
    "line", ["秘密★", "机密★1年", "秘 密 ☆ 长期", "绝密⭐", "某府〔2026〕7号　秘密🌟5年", "秘密✩", "（机密*10年）"]
)
def test_a_level_with_a_star_is_a_mark_whatever_star_the_input_method_has(line: str) -> None:
    assert is_secret(line)


@pytest.mark.parametrize(
    "line",
    [
        "内部资料 注意保存", "内部资料，请勿外传", "【内部文件·注意保密】", "内部文件　严禁外传！", "仅供内部使用", "限内部传阅", "（此件不公开）",
        "本文件不宜公开", "此件发至县团级", "阅后收回", "内部参阅，会后收回", "密级：内部", "工作秘密★不得公开",
    ],
)  # fmt: skip
def test_a_notice_that_a_paper_is_for_its_house_is_one(line: str) -> None:
    assert is_kept_inside(line)
    assert is_internal(line)


def test_words_alone_are_a_notice_only_at_the_head() -> None:
    assert (is_kept_inside("内部资料", bare=True), is_kept_inside("内部资料")) == (True, False)


@pytest.mark.parametrize(
    "line",
    [
        "“内部资料 注意保存”", "内部资料不得带出厂区。未经批准不得复制。", "依申请公开", "内部使用的表格", "涉密材料", "有没有国家秘密、工作秘密",
        "附件二　合作前核对表（内部使用）", "内部文件的管理", "此件公开发布", "秘密 三年",
    ],
)  # fmt: skip
def test_what_speaks_of_such_papers_is_none(line: str) -> None:
    assert not is_kept_inside(line, bare=True)
    assert not is_secret(line)
