"""Laws and the cases that apply them lead to each other, article by article, also from an old number to today's."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from publicity.models.fields.articles import order_of

OLD, NEW, CASE = "anti-unfair-competition-law-2019", "anti-unfair-competition-law-2025", "anji-data-product"


def _page(site: Path, language: str, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / language / path / "index.html").read_text(encoding="utf-8"), "html.parser")


def _links(tag: Tag) -> list[tuple[str, str]]:
    return [(" ".join(link.get_text().split()), link["href"]) for link in tag.select("a")]


@pytest.mark.parametrize(
    ("language", "label", "cited", "now"),
    [
        ("", "适用条款", "反不正当竞争法（2019年）第九条第一款第三项", "第十条"),
        ("en", "Law applied", "Anti-Unfair Competition Law (2019), article 9(1)(3)", "article 10"),
    ],
)
def test_a_case_leads_to_the_article_and_to_where_it_stands_today(
    site: Path, language: str, label: str, cited: str, now: str
) -> None:
    row = _page(site, language, f"cases/{CASE}").find("dt", string=label).find_next("dd")
    assert _links(row) == [
        (cited, f"../../regulations/{OLD}/#article-9"),
        (now, f"../../regulations/{NEW}/#article-10"),
    ]


def test_a_law_of_elsewhere_is_plain_text(site: Path) -> None:
    row = _page(site, "", "cases/tianrui-v-itc-2011").find("dt", string="适用条款").find_next("dd")
    assert (row.get_text(strip=True), _links(row)) == ("美国关税法第337条", [])


@pytest.mark.parametrize(
    ("language", "earlier", "before", "after", "later"),
    [
        ("", "第九条第一款第三项", "第九条", "第十条", "第二十六条"),
        ("en", "article 9(1)(3)", "Article 9", "Article 10", "article 26"),
    ],
)
def test_a_law_leads_to_the_cases_that_apply_it_and_to_its_other_text(
    site: Path, language: str, earlier: str, before: str, after: str, later: str
) -> None:
    old, new = (_page(site, language, f"regulations/{slug}") for slug in (OLD, NEW))
    today, *cases = (target for _, target in _links(old.find(id="article-9")))
    assert today == f"../{NEW}/#article-10"
    assert f"../../cases/{CASE}/" in cases
    assert [target for _, target in _links(new.find(id="article-10"))] == cases
    assert earlier in new.find(id="article-10").get_text()
    rows = new.select("table:has(#moves) tbody tr, details.moved tbody tr")
    (row,) = (row for row in rows if f"../{OLD}/#article-9" in [target for _, target in _links(row)])
    assert _links(row) == [(before, f"../{OLD}/#article-9"), (after, "#article-10")]
    assert [target for _, target in _links(old.select_one("p.notice:has(a)"))] == [f"../{NEW}/"]
    assert _links(old.find(id="article-21"))[0] == (later, f"../{NEW}/#article-26")


def test_what_is_not_known_of_a_law_is_said_to_be_unknown(site: Path) -> None:
    for page in (site / "regulations").glob("*/index.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        rows = {row.dt.get_text(): row.dd.get_text(strip=True) for row in soup.select(".particulars dl > div")}
        assert rows["公布日期"], page
        assert rows["施行日期"], page
        assert (rows.get("官方文本网址") == "待核") == (soup.select_one(".official-link") is None), page


@pytest.mark.parametrize("language", ["", "en"])
def test_changes_of_a_law_stand_in_its_order_and_what_only_moved_is_folded(site: Path, language: str) -> None:
    soup = _page(site, language, f"regulations/{NEW}")
    tables = [soup.find(id="moves").parent, soup.select_one("details.moved table")]
    rows = [
        [(row.select_one(".badge").get_text(), row.select("td")[1].get_text()) for row in table.select("tbody tr")]
        for table in tables
    ]
    for shown in rows:
        places = [order_of(article) for _, article in shown]
        assert places == sorted(places)
    words = {"": ("增", "改", "移"), "en": ("new", "changed", "moved")}[language]
    assert {chip for chip, _ in rows[0]} == set(words[:2])
    assert {chip for chip, _ in rows[1]} == {words[2]}
    assert str(len(rows[1])) in soup.select_one("details.moved summary").get_text()


@pytest.mark.parametrize(
    ("language", "repealed", "unverified", "listed"),
    [
        ("", "已废止", "效力待核实", "本站发布于"),
        ("en/", "Repealed", "Validity to be verified", "Published here on "),
    ],
)
def test_lists_tell_which_laws_are_not_known_to_be_in_force(
    site: Path, language: str, repealed: str, unverified: str, listed: str
) -> None:
    cards = {
        card.select_one("a")["href"].strip("/"): card for card in _page(site, language, "regulations").select(".card")
    }
    old, unknown = "ip-criminal-interpretation-2020", "market-penalty-procedure-2022"
    assert cards[old].select_one(".badge").get_text() == repealed
    assert cards[unknown].select_one(".badge").get_text() == unverified
    assert not cards["civil-code"].select(".badge")
    assert cards["civil-code"].select_one("time").get_text().startswith(listed)
    notice = _page(site, language, f"regulations/{old}").select_one(".document-head .notice")
    assert repealed in [badge.get_text() for badge in notice.select(".badge")]
