"""The column inside somebody else's portal: its header, footer and styles around every page, and nothing else of it."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from conftest import ROOT, Shared, copy_project, run_publicity

HOST = "host: {header: portal/header.html, footer: portal/footer.html, styles: portal/portal.css}\n"


@pytest.fixture(name="framed", scope="module")
def _framed(shared: Shared) -> Path:
    """A project whose 冠县 stands in the sample portal, built."""
    return shared.folder("framed", _built)


def _built(place: Path) -> Path:
    project = copy_project(place)
    folder = project / "content" / "guanxian"
    shutil.copytree(ROOT / "tests" / "fixtures" / "portal", folder / "portal")
    region = folder / "region.yml"
    text = region.read_text(encoding="utf-8").replace("url: null", "url: https://www.example.gov.cn/", 1)
    region.write_text(text + HOST, encoding="utf-8")
    done = run_publicity("build", "guanxian", "--no-editions", cwd=project)
    assert done.returncode == 0, done.stderr
    return project


def _soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_the_frame_stands_around_every_page(framed: Path) -> None:
    site = framed / "site"
    for page in [site / "index.html", site / "en" / "policies" / "gzbf-2023-22" / "index.html", site / "404.html"]:
        soup = _soup(page)
        frames = soup.select(".host-frame > .portal")
        assert [frame.parent.parent.name for frame in frames] == ["header", "footer"]
        links = {link.find(string=re.compile(r"\w")).strip(): link["href"] for link in frames[0].select("a")}
        assert links == {
            "示例市人民政府门户网站": "https://www.example.gov.cn/",
            "政务公开": "https://www.example.gov.cn/zwgk/",
            "政务服务": "https://www.example.gov.cn/zwfw/index.html",
            "中国政府网": "https://www.gov.cn/",
        }
        assert frames[1].select_one("a[href='#portal-top']")
        assert soup.select_one(".host").get_text(strip=True) == ""
        assert soup.select_one("footer .facts") is None  # the portal's own footer says it
        assert {"网站地图", "页面找错"} <= {link.get_text() for link in soup.select("footer a")} or soup.html[
            "lang"
        ] == "en"
        for tag in [*frames[0].select("img"), *soup.select("link[href*=portal]")]:
            address = urljoin(f"http://x/{page.relative_to(site).as_posix()}", tag.get("src") or tag.get("href"))
            assert (site / unquote(urlsplit(address).path).lstrip("/")).is_file()
    assert sum("portal" in name for name in (site / "manifest.sha256").read_text(encoding="utf-8").split()) == 2


def test_styles_reach_nothing_but_the_frame(framed: Path) -> None:
    styles = next((framed / "site" / "assets" / "portal").glob("*/portal.css")).read_text(encoding="utf-8")
    assert re.findall(r"^\s*([^@\n{}]+?) \{", styles, re.MULTILINE) == [
        ".portal",
        ".portal *",
        ".portal a, .portal .portal-menu li:not(.portal-last) a:hover",
        ".portal .portal-top",
        ".portal #portal-top .portal-brand",
        ".portal .portal-menu",
        ".portal .portal-foot",
        ".portal .portal-menu",
        ".portal .portal-body",
    ]
    assert 'url("images/emblem.svg")' in styles
    assert "@media (max-width: 30rem) {" in styles


def test_in_a_portal_release_asks_only_for_what_the_portal_does_not_say(framed: Path) -> None:
    done = run_publicity("check", "--release", "--format", "json", "content/guanxian/region.yml", cwd=framed)
    codes = {problem["code"] for problem in json.loads(done.stdout)}
    assert codes == {"no-domain", "column-url-not-given", "no-id-code"}


@pytest.mark.parametrize(
    "style", ["top: 0; left: 0", "bottom: -40px", "transform: translateY(60px)", "margin-top: 60px"]
)
def test_nothing_of_a_portal_leaves_its_box(page: Page, style: str) -> None:
    """In a browser: what lies outside the frame stays free, however the portal places things."""
    css = (ROOT / "docs/assets/css/frame.css").read_text(encoding="utf-8")
    page.set_content(f"""<style>{css}
      .portal {{ height: 40px; }}
      .portal div {{ position: absolute; width: 100vw; height: 100vh; z-index: 9; background: red; {style} }}
      </style><div class="host-frame"><div class="portal"><div>x</div></div></div><main style="height: 300px">y</main>""")
    below = "document.elementFromPoint(60, document.querySelector('main').getBoundingClientRect().top + 20).tagName"
    assert page.evaluate(below) == "MAIN"
