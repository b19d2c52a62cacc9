"""What machines read of a page: the page tags of government sites, other addresses, Open Graph, schema.org."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, SITE_URL, run_publicity
from publicity.problems import BuildError
from publicity.project import Project
from publicity.read.load import load
from publicity.stage.page_tags import page_tags

SITE = {"SiteName": "原重庆市江北区人民政府", "SiteDomain": "www.cqjb.gov.cn"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ENTRY = "article.document-grid, article.issue"
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}
REGION = "content/jiangbei/region.yml"
POLICY = "content/jiangbei/policies/jbfbf-2023-65.md"


@pytest.fixture(name="soups", scope="module")
def _soups(site: Path) -> dict[str, BeautifulSoup]:
    pages = sorted(site.rglob("*.html"))
    return {
        page.relative_to(site).as_posix(): BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in pages
    }


def _tags(soup: BeautifulSoup) -> dict[str, str]:
    tags = [(tag["name"], tag["content"]) for tag in soup.select("meta[name][content]")]
    names = [name.lower() for name, _ in tags]
    assert len(names) == len(set(names)), "names differ by case alone"
    return dict(tags)


def test_every_page_has_the_tags_of_its_kind(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        tags = _tags(soup)
        assert SITE.items() <= tags.items(), name
        assert all(tags.values()), name
        if soup.select_one(ENTRY):
            assert tags.keys() >= COLUMN | ARTICLE, name
            assert re.fullmatch(r"\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d", tags["PubDate"]), name
            issue = soup.select_one("article.issue")
            if not name.startswith("en/"):
                day = issue.time if issue else soup.find("dt", string=["发布日期", "本站发布日期"]).find_next("dd").span
                assert re.findall(r"[1-9]\d*", tags["PubDate"][:10]) == re.findall(r"\d+", day.get_text()), name
            # The cover of an issue shows the newsletter's name above that of the issue.
            assert soup.h1.get_text() in tags["ArticleTitle"] if issue else tags["ArticleTitle"] == soup.h1.get_text()
        elif soup.select_one("main .cards, .assessment, .hero") and "search" not in name:
            assert tags.keys() >= COLUMN, name
            assert not tags.keys() & ARTICLE, name


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index.html", {"ColumnType": "首页", "ColumnName": "江北区商业秘密保护宣传专栏"}),
        ("policies/index.html", {"ColumnType": "政策文件", "ColumnName": "政策文件"}),
        ("en/interpretations/index.html", {"ColumnType": "政策解读", "ColumnName": "Interpretations"}),
        ("assessment/index.html", {"ColumnType": "办事服务"}),
        (
            "policies/jbfbf-2023-65/index.html",
            {
                "PubDate": "2023-11-13 00:00",
                "Author": "重庆市江北区人民政府办公室",
                "ColumnType": "政策文件",
                "ContentSource": "重庆市江北区人民政府网站·行政规范性文件库",
            },
        ),
    ],
)
def test_tags_say_what_the_page_is(soups: dict[str, BeautifulSoup], page: str, expected: dict[str, str]) -> None:
    tags = _tags(soups[page])
    assert {name: tags[name] for name in expected} == expected


def test_schema_org_data_is_sound_json(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        blocks = soup.select('script[type="application/ld+json"]')
        if "404" in name or soup.select_one("meta[http-equiv=refresh]"):
            assert blocks == [], name
            continue
        data = json.loads(blocks[0].string)
        kinds = [node["@type"] for node in data.get("@graph", [data])]
        if soup.select_one(ENTRY):
            questions = ["FAQPage"] if soup.select_one("nav.question-list, section.answer") else []
            assert kinds == ["Article", *questions, "BreadcrumbList"], name
        else:
            assert kinds == ["GovernmentOrganization" if soup.select_one(".hero") else "BreadcrumbList"], name


@pytest.mark.parametrize(
    ("page", "author", "source"),
    [
        ("policies/jbfbf-2023-65", "重庆市江北区人民政府办公室", "重庆市江北区人民政府网站·行政规范性文件库"),
        ("cases/vanillin-2021", None, "China Justice Observer对香兰素案的介绍"),
    ],
)
def test_a_source_is_not_the_author(
    soups: dict[str, BeautifulSoup], page: str, author: str | None, source: str
) -> None:
    block = soups[f"{page}/index.html"].select_one('script[type="application/ld+json"]')
    article = json.loads(block.string)["@graph"][0]
    assert article.get("author") == (author and {"@type": "Organization", "name": author})
    assert article["isBasedOn"]["name"] == source
    assert article["isBasedOn"].get("url", "https://").startswith("http")


def test_addresses_are_whole_where_the_site_has_one_and_relative_elsewhere(
    soups: dict[str, BeautifulSoup], addressed: Path
) -> None:
    name = "en/policies/jbfbf-2023-65/index.html"
    assert "Url" not in _tags(soups[name])
    assert soups[name].select("link[rel=canonical], meta[property='og:url']") == []
    assert {tag["hreflang"]: tag["href"] for tag in soups[name].select("link[hreflang]")} == {
        "zh-CN": "../../../policies/jbfbf-2023-65/",
        "en": "./",
        "x-default": "../../../policies/jbfbf-2023-65/",
    }
    soup = BeautifulSoup((addressed / name).read_text(encoding="utf-8"), "html.parser")
    tags = _tags(soup)
    here = f"{SITE_URL}en/policies/jbfbf-2023-65/"
    assert tags["Url"] == here == soup.select_one("link[rel=canonical]")["href"]
    assert tags["Image"] == f"{SITE_URL}policies/seal.png"
    assert tags["PubDate"] == "2023-11-13 09:30"
    assert {tag["hreflang"]: tag["href"] for tag in soup.select("link[hreflang]")} == {
        "zh-CN": f"{SITE_URL}policies/jbfbf-2023-65/",
        "en": here,
        "x-default": f"{SITE_URL}policies/jbfbf-2023-65/",
    }
    article, crumbs = json.loads(soup.select_one('script[type="application/ld+json"]').string)["@graph"]
    assert article["url"] == here
    assert article["datePublished"] == "2023-11-13T09:30:00+08:00"
    assert [crumb["item"] for crumb in crumbs["itemListElement"]] == [f"{SITE_URL}en/", f"{SITE_URL}en/policies/", here]


def test_release_names_what_the_government_site_must_still_say(project: Path) -> None:
    done = run_publicity("check", "--release", "--format", "json", REGION, cwd=project)
    assert done.returncode == 1
    codes = {problem["code"] for problem in json.loads(done.stdout)}
    assert codes == {
        "no-organiser",
        "no-mark",
        "no-id-code",
        "no-icp",
        "no-police",
        "no-phone",
        "column-url-not-given",
        "successor-unknown",
    }
    region = project / REGION
    text = region.read_text(encoding="utf-8")
    for old, new in [
        ("{zh: 责任单位,", "{zh: 主办单位,"),
        ("column_url: null", f"column_url: {SITE_URL}"),
        ("id_code: null", 'id_code: "5001050001"'),
        ("icp: null", "icp: 渝ICP备12345678号-1"),
        ("police: null", "police: 渝公网安备 12345678901234号\n  mark: https://example.gov.cn/mark"),
        ("phone: null", 'phone: "12345"'),
    ]:
        assert old in text
        text = text.replace(old, new)
    text = re.sub(r"\n  unknown:\n(?:    - .*\n)+", "\n", text)  # the owner has confirmed it
    region.write_text(text, encoding="utf-8")
    done = run_publicity("check", "--release", REGION, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert run_publicity("build", "--no-editions", cwd=project).returncode == 0
    soup = BeautifulSoup((project / "site" / "about" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert _tags(soup)["SiteIDCode"] == "5001050001"
    assert soup.select_one("link[rel=canonical]")["href"] == f"{SITE_URL}about/"
    links = {link.find(string=True): link["href"] for link in soup.select("footer a[href^=http]")}
    assert links["渝ICP备12345678号-1"] == "https://beian.miit.gov.cn/"
    assert links["渝公网安备 12345678901234号"].endswith("?code=12345678901234")
    inside = {link.get_text(): link["href"] for link in soup.select("footer a:not([href^=http])")}
    assert inside["网站地图"] == "../sitemap/"
    assert inside["页面找错"] == "./#report"


def test_a_column_without_a_name_cannot_be_built() -> None:
    column = load(Project(ROOT), "jiangbei").column
    assert column
    with pytest.raises(BuildError) as refused:
        page_tags(column, column.content.pages["about"], "", "概况", "zh")
    assert refused.value.problem.code == "no-page-tag"
    assert refused.value.problem.values == {"where": "docs/about.md", "tags": ("ColumnName",)}
