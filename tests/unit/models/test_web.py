"""Addresses: what is taken is read alike by everybody, and sites are compared by whole labels."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publicity.models.fields.web import (
    LONGEST,
    AddressError,
    is_public_suffix,
    joined,
    lies_within,
    read_address,
    read_column_address,
    read_host,
    read_target,
)

PIECES = (
    "https://", "http:", "//", "/", "\\", "@", ":", "?", "#", ".", "..", "%2e", "[", "]", "::1", "www.gov.cn", "evil.example", "例子",
    "gov", "cn", "xn--", "／", "。", "：", "＠", "\t", "\n", " ", "\u200b", "\u202e", "\0", "\ud800", "0x7f", "1", "99999", "$host{}", "javascript", "é",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(TEXTS | st.text(max_size=30), TEXTS)
@example("www.gov.cn", "\\.evil.example")
@example("www.gov.cn", "／.evil.example")
@example("faß.example", "/")
@example("xn--fa-hia.example", "/")
def test_an_address_that_is_taken_has_one_host_to_every_reader(first: str, rest: str) -> None:
    for text in (first + rest, f"https://{first}{rest}"):
        try:
            address = read_address(text)
        except AddressError:
            continue
        plain = urlsplit(text)
        assert (plain.hostname or "").encode("idna" if ":" not in address.host else "ascii").decode() in (
            address.host,
            address.host.strip("[]"),
        )
        assert (plain.username, plain.password) == (None, None)
        assert not set(text) & set("\\ \t\r\n\0\u200b\u202e")
        assert read_address(address.href).host == address.host


@given(TEXTS)
def test_what_a_link_leads_to_is_told_or_refused(text: str) -> None:
    try:
        target = read_target(text)
    except AddressError:
        return
    assert target.scheme not in ("javascript", "data", "vbscript")
    assert target.scheme or not text.startswith(("//", "\\"))


@given(TEXTS)
def test_the_address_of_a_column_says_nothing_to_a_server(text: str) -> None:
    try:
        read_column_address(f"https://www.gov.cn/{text}")
    except AddressError:
        return
    assert not set(text) & set("\\?#$;{}\"'<>% \n")


@pytest.mark.parametrize(
    ("host", "trusted"),
    [
        ("gov.cn", True),
        ("www.jiangbei.gov.cn", True),
        ("evilgov.cn", False),
        ("gov.cn.evil.example", False),
        ("www.gov.cn.com", False),
    ],
)
def test_sites_are_compared_by_whole_labels(host: str, *, trusted: bool) -> None:
    assert lies_within(host, "gov.cn") is trusted


def test_a_site_in_chinese_letters_is_the_same_in_its_ascii_form() -> None:
    assert read_host("例子.中国") == read_address("https://xn--fsqu00a.xn--fiqs8s/x").host
    assert read_address("https://xn--fsqu00a.xn--fiqs8s/x").site == "例子.中国"


@pytest.mark.parametrize("host", ["com", "com.cn", "gov.cn", "github.io", "中国"])
def test_endings_of_many_names_are_no_site(host: str) -> None:
    assert is_public_suffix(read_host(host))


@pytest.mark.parametrize("host", ["www.example.org.cn", "law.go.kr", "intranet", "10.0.0.1"])
def test_a_site_is_one(host: str) -> None:
    assert not is_public_suffix(read_host(host))


def test_an_address_is_bounded() -> None:
    start = "https://www.gov.cn/"
    assert read_address(start + "x" * (LONGEST - len(start)))
    with pytest.raises(AddressError) as refused:
        read_address(start + "x" * 10_000)
    assert refused.value.code == "address-long"
    assert len(str(refused.value.values["found"])) < 100


def test_an_address_on_a_portal_is_joined_as_browsers_do() -> None:
    base = "https://www.example.gov.cn/zwgk/"
    assert joined("a/b", base) == "https://www.example.gov.cn/zwgk/a/b"
    assert joined("//other.gov.cn", base) == "https://other.gov.cn/"
    for bad in ("\\\\evil.example", "https:\\\\evil.example", "//[", " //evil.example"):
        with pytest.raises(AddressError):
            joined(bad, base)
