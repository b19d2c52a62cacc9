"""Dates, changes and links out of the site, in the pages as they are delivered."""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from bs4 import BeautifulSoup, SoupStrainer, Tag

from conftest import SITE_URL

POLICY = "policies/jbfbf-2023-65/"
LEAVING = ("leaving/", "en/leaving/")
"""The notices, whose links lead out at once."""


def _soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


Links = list[tuple[Path, Tag]]


def _links(site: Path) -> Links:
    """Every link with its page, but for those of the notices."""
    notices = [site / folder / "index.html" for folder in LEAVING]
    only = SoupStrainer("a")
    return [
        (page, link)
        for page in sorted(site.rglob("*.html"))
        if page not in notices
        for link in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser", parse_only=only).find_all("a")
    ]


@pytest.fixture(name="links", scope="module")
def _links_fixture(site: Path) -> Links:
    return _links(site)


def _outward(links: Links) -> Links:
    return [(page, link) for page, link in links if "outward" in link.get("class", [])]


def _is_below(host: str | None, *sites: str) -> bool:
    return any(f".{host}".endswith(f".{site}") for site in sites)


def test_changes_are_shown_and_dated(addressed: Path) -> None:
    soup = _soup(addressed / POLICY / "index.html")
    shown = [(row.time["datetime"], row.span.get_text()) for row in soup.select(".history li")]
    assert shown == [("2026-11-22", "补充附件。"), ("2026-11-20", "更正一处错字。"), ("2023-11-13", "首次发布")]
    assert "更新日期2026年11月22日" in soup.select_one(".particulars").get_text().replace("\n", "")
    english = _soup(addressed / "en" / POLICY / "index.html")
    assert {row.span.get("lang") for row in english.select(".history li")[:2]} == {"zh-CN"}
    assert _soup(addressed / "cases/ai-chip-root-access-2024/index.html").select(".history") == []


def test_changes_reach_feed_and_sitemap(addressed: Path) -> None:
    feed = feedparser.parse((addressed / "policies/feed.xml").read_bytes())
    assert (feed.feed.updated[:10], feed.entries[0].updated[:10]) == ("2026-11-22", "2026-11-22")
    assert feed.entries[0].published[:10] == "2023-11-13"
    assert {link["href"] for link in feed.feed.links if link["rel"] == "self"} == {SITE_URL + "policies/feed.xml"}
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    rows = ElementTree.parse(addressed / "sitemap.xml").iter(f"{space}url")  # noqa: S314 - our own file
    days = {row.findtext(f"{space}loc"): row.findtext(f"{space}lastmod") for row in rows}
    assert days[SITE_URL + POLICY] == "2026-11-22"


def test_links_outward_are_marked_and_pass_the_notice(site: Path, links: Links) -> None:
    found = _outward(links)
    assert len({link.get("data-outward") for _, link in found}) > 20
    notices = {folder: _soup(site / folder / "index.html") for folder in LEAVING}
    for page, link in found:
        assert link["rel"] == ["noopener", "external"], page
        assert link.select_one(".visually-hidden").get_text(strip=True), page
        address = link.get("data-outward")
        if address is None:
            assert _is_below(urlsplit(link["href"]).hostname, "gov.cn"), (page, link)
            continue
        assert not _is_below(urlsplit(address).hostname, "gov.cn"), (page, link)
        place, _, identity = link["href"].partition("#")
        name = (page.parent / place).resolve().relative_to(site.resolve()).as_posix() + "/"
        row = notices[name].find(id=identity)
        assert row.a["href"] == address
        assert unquote(row.select_one(".leaving-address").get_text()) == unquote(address)


def test_no_link_outward_is_left_unmarked(links: Links) -> None:
    assert [
        (page, link) for page, link in links if link["href"].startswith("http") and "outward" not in link["class"]
    ] == []


def test_a_region_names_sites_that_it_trusts(links: Links, addressed: Path) -> None:
    def asked_for(found: Links) -> set[str]:
        addresses = [link.get("data-outward") for _, link in _outward(found)]
        return {host for address in addresses if address and (host := urlsplit(address).hostname)}

    assert asked_for(links) - asked_for(_links(addressed)) == {"www.law.go.kr"}


@pytest.mark.parametrize("name", LEAVING)
def test_the_notice_is_not_to_be_found(addressed: Path, name: str) -> None:
    soup = _soup(addressed / name / "index.html")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert not soup.select("[data-search-body]")
    assert "$" not in soup.main.get_text()


def test_an_error_is_reported_by_mail_with_title_and_address(addressed: Path) -> None:
    soup = _soup(addressed / POLICY / "index.html")
    mail = urlsplit(soup.select_one(".report-error a")["href"])
    assert (mail.scheme, mail.path) == ("mailto", "jiucuo@example.gov.cn")
    letter = parse_qs(mail.query)
    title = soup.h1.get_text(strip=True)
    assert letter["subject"] == [f"纠错：{title}"]
    assert letter["body"] == [f"页面：{title}\r\n地址：{SITE_URL}{POLICY}\r\n有误之处："]


def test_without_an_address_for_reports_the_contacts_are_named(site: Path) -> None:
    for page, contacts in ((POLICY, "#footer-contacts"), ("", "#contacts")):  # the home page has them above
        soup = _soup(site / page / "index.html")
        section = soup.select_one(".report-error")
        assert "尚未公布纠错邮箱" in section.get_text()
        assert section.select_one("a")["href"] == contacts
        assert len(soup.select(f"{contacts} ~ ul a[href='tel:12315']")) == 1
        assert len(soup.select(":is(main, .page-end, .site-footer) a[href='tel:12315']")) == 1


def test_there_is_no_qr_code_without_an_address(site: Path) -> None:
    assert _soup(site / POLICY / "index.html").select(".qr") == []


@pytest.mark.parametrize("language", ["", "en"])
def test_the_site_map_links_every_page(site: Path, language: str) -> None:
    folder = site / language
    left_out = {"404.html", "en/404.html", *(f"{notice}index.html" for notice in LEAVING)}
    pages = {
        page
        for page in folder.rglob("*.html")
        if (page.is_relative_to(site / "en") == (language == "en"))
        and page.relative_to(site).as_posix() not in left_out
        and not re.search('name="robots" content="noindex', page.read_text(encoding="utf-8"))
    }
    links = _soup(folder / "sitemap/index.html").select("main a[href], header a[href], footer a[href]")
    linked = {(folder / "sitemap" / urlsplit(link["href"]).path / "index.html").resolve() for link in links}
    assert {page.resolve() for page in pages} - linked == {(folder / "sitemap/index.html").resolve()} - linked
