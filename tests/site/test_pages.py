"""Every built page: links lead somewhere, nothing runs that should not, nothing comes from elsewhere."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

ORIGIN = "http://site.test/"


def _soups(site: Path) -> dict[str, BeautifulSoup]:
    return {
        page.relative_to(site).as_posix(): BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in sorted(site.rglob("*.html"))
    }


@pytest.fixture(name="soups", scope="module")
def _soups_fixture(site: Path) -> dict[str, BeautifulSoup]:
    return _soups(site)


def test_links_and_anchors_lead_somewhere(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    ids = {name: {tag["id"] for tag in soup.select("[id]")} for name, soup in soups.items()}
    broken = []
    for name, soup in soups.items():
        for tag in soup.select("[href], [src], [action]"):
            target = tag.get("href") or tag.get("src") or tag.get("action")
            whole = urlsplit(urljoin(ORIGIN + name.removesuffix("index.html"), target))
            if f"{whole.scheme}://{whole.netloc}/" != ORIGIN:
                continue
            path = unquote(whole.path).lstrip("/")
            file = path + "index.html" if path == "" or path.endswith("/") else path
            if not (site / file).is_file() or (whole.fragment and unquote(whole.fragment) not in ids[file]):
                broken.append((name, target))
    assert broken == []


def test_ids_are_unique(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids)), name


def test_nothing_runs_inline_and_nothing_comes_from_elsewhere(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert "connect-src 'self'" in policy
        assert soup.find_all("style") == [], name
        for script in soup.find_all("script"):
            assert script.get("src") or script.get("type") in ("application/json", "application/ld+json"), name
        for tag in soup.find_all(True):
            assert not [key for key in tag.attrs if key.startswith("on") or key == "style"], (name, tag)
            loads = tag.get("src") or (tag.get("href") if tag.name == "link" else None)
            assert not urlsplit(loads or "").netloc, (name, tag)


def test_headings_are_in_order(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        levels = [int(tag.name[1]) for tag in soup.main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels[levels.index(1) :])), (name, levels)


def test_every_entry_is_dated_and_sourced(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        article = soup.select_one("article.document-grid")
        if article:
            particulars = article.select_one(".particulars").get_text()
            assert "核对日期：" in particulars or "checked on" in particulars, name
            assert "发布日期" in particulars or "Published" in particulars, name


@pytest.mark.parametrize(("page", "language"), [("404.html", "zh-CN"), ("en/404.html", "en")])
def test_each_language_has_its_error_page(soups: dict[str, BeautifulSoup], page: str, language: str) -> None:
    soup = soups[page]
    assert soup.html["lang"] == language
    assert soup.h1.get_text(strip=True) == {"zh-CN": "没有找到这个页面", "en": "This page was not found"}[language]
    assert soup.select_one("a.tool[hreflang]")["href"] == {"zh-CN": "/en/", "en": "/"}[language]


def test_only_official_documents_fold_their_particulars_below_the_title(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        if head := soup.select_one(".document-head"):
            order = [element.name for element in head.find_all(["h1", "section", "details"], recursive=False)]
            official = "document-policy" in soup.body["class"]
            assert order[:2] == ["h1", "details" if official else "section"], name


@pytest.mark.parametrize("page", ["anti-unfair-competition-law-2019", "ip-criminal-interpretation-2020"])
def test_a_law_that_was_replaced_names_the_one_in_force(soups: dict[str, BeautifulSoup], page: str) -> None:
    link = soups[f"regulations/{page}/index.html"].select_one(".document-main .notice a")
    assert soups[f"regulations/{link['href'].strip('./')}/index.html"].h1.get_text() == link.get_text()


def test_bodies_of_one_role_stand_under_it_once(soups: dict[str, BeautifulSoup]) -> None:
    rows = [row for row in soups["index.html"].select(".facts > div") if row.dt.get_text() == "责任单位"]
    assert [len(row.find_all("dd")) for row in rows] == [2]


def test_the_line_of_today_strikes_through_no_year(soups: dict[str, BeautifulSoup]) -> None:
    drawing = soups["index.html"].select_one("svg.timeline")
    above = [
        text.get_text() for text in drawing.select(".timeline-today ~ text:not(.timeline-number)")
    ]  # drawn over it
    assert above == [text.get_text() for text in drawing.select("text:not(.timeline-number)")] != []
