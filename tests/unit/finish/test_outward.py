"""Addresses in the notice for links out of the site read as browsers show them."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from publicity.finish.outward import write_notice

PAGE = '<html><body><ul class="leaving"><li id="$id"><a href="$address"><span class="leaving-address">$shown</span></a></li></ul></body></html>'


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.law.go.kr/%EB%B2%95%EB%A0%B9", "https://www.law.go.kr/법령"),
        ("https://example.com/%E6%8C%87%E5%BC%95", "https://example.com/指引"),
        ("https://eur-lex.europa.eu/?uri=CELEX%3A32016L0943", "https://eur-lex.europa.eu/?uri=CELEX%3A32016L0943"),
        ("https://example.com/%B7%A8", "https://example.com/%B7%A8"),
        ("https://example.com/%E2%80%AEgpj", "https://example.com/%E2%80%AEgpj"),
        ("https://example.com/a%20b&c", "https://example.com/a%20b&c"),
    ],
    ids=["letters", "letters of Chinese", "signs with a meaning", "another encoding", "what cannot be seen", "blanks"],
)
def test_the_notice_shows_letters_and_leads_to_the_address(tmp_path: Path, address: str, shown: str) -> None:
    notice = tmp_path / "index.html"
    notice.write_text(PAGE, encoding="utf-8")
    write_notice(notice, [address])
    row = BeautifulSoup(notice.read_text(encoding="utf-8"), "html.parser").li
    assert row is not None
    assert row.a is not None
    assert (row.a["href"], row.a.get_text()) == (address, shown)
    assert bool(row.a.select("[lang=zh-CN]")) == ("指" in shown)
