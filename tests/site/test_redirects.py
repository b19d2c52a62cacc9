"""A published address never breaks: what is renamed leads on, what would be lost is told."""

import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from conftest import run_publicity

ADDRESS = "https://www.example.gov.cn/ztzl/symm/"
CASES = "content/shared/cases"


def _rename(project: Path, aliases: str = "") -> None:
    """Give a case another name, and its pages the aliases that keep the old one alive."""
    for ending in (".md", ".en.md"):
        old = project / CASES / f"carbomer-2020{ending}"
        text = old.read_text(encoding="utf-8").replace("carbomer-2020", "carbomer")
        if ending == ".md":
            text = text.replace("\nreview:", f"{aliases}\nreview:", 1)
        (project / CASES / f"carbomer{ending}").write_text(text, encoding="utf-8")
        old.unlink()
    files = (project / "content").rglob
    for file in [*files("*.md"), *files("*.yml"), *(project / "scoring_wasm" / "standards").glob("*.yml")]:
        text = file.read_text(encoding="utf-8")
        if "carbomer-2020" in text and file.stem != "carbomer":
            file.write_text(text.replace("carbomer-2020", "carbomer"), encoding="utf-8")


def test_a_renamed_entry_is_told_until_it_has_an_alias(project: Path) -> None:
    _rename(project)
    done = run_publicity("--language", "en", "check", cwd=project)
    assert done.returncode == 1
    told = [re.sub(r":\d+:", ":", row) for row in done.stderr.splitlines()[:-1]]
    mend = "write aliases: [cases/carbomer-2020] in what stands there now, or # gone after the address"
    assert told == [
        f"content/{region}/published-urls.txt: “/cases/carbomer-2020/” was published and is gone; {mend}"
        for region in ("guanxian", "jiangbei")
    ]


def test_old_addresses_lead_on_without_script_and_are_listed_nowhere(project: Path) -> None:
    _rename(project, "\naliases: [carbomer-2020, guides/carbomer]")
    about = project / "docs" / "about.md"
    about.write_text(
        about.read_text(encoding="utf-8").replace("\ntitle:", "\naliases: [help]\ntitle:", 1), encoding="utf-8"
    )
    assert run_publicity("check", cwd=project).stderr == ""
    listed = run_publicity("urls", "jiangbei", cwd=project)
    assert listed.stdout.splitlines() == ["/cases/carbomer/", "content/jiangbei/published-urls.txt：新增网址1个"]
    done = run_publicity("build", "--no-editions", "--site-url", ADDRESS, cwd=project)
    assert done.returncode == 0, done.stderr
    site = project / "site"
    moved = {"cases/carbomer-2020/": "cases/carbomer/", "guides/carbomer/": "cases/carbomer/", "help/": "about/"}
    moved |= {"cases/anji-data-product-2022/": "cases/anji-data-product/"}  # this one is of the content itself
    moved |= {f"en/{old}": f"en/{new}" for old, new in moved.items()}
    for old, new in moved.items():
        soup = BeautifulSoup((site / old / "index.html").read_text(encoding="utf-8"), "html.parser")
        refresh = soup.select_one('meta[http-equiv="refresh"]')["content"]
        assert urljoin(ADDRESS + old, refresh.removeprefix("0; url=")) == ADDRESS + new
        assert soup.select_one("link[rel=canonical]")["href"] == ADDRESS + new
        assert soup.select_one("meta[name=robots]")["content"] == "noindex"
        assert urljoin(ADDRESS + old, soup.select_one("main h1 ~ p a")["href"]) == ADDRESS + new
        assert soup.select("[data-search-body]") == []
    for file in [*site.rglob("*.xml"), *site.rglob("*/index.html")]:
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        assert page in moved or "carbomer-2020" not in file.read_text(encoding="utf-8"), file

    permanent = {f"/ztzl/symm/{old}": f"/ztzl/symm/{new}" for old, new in moved.items()}
    rules = (site / "_redirects").read_text(encoding="utf-8").splitlines()
    assert dict(row.split()[:2] for row in rules if row.endswith(" 301")) == permanent
    apache = (site / ".htaccess").read_text(encoding="utf-8")
    assert dict(re.findall(r'RedirectMatch 301 "\^(.*)\$" "(.*)"', apache)) == permanent
    iis = ElementTree.parse(site / "web.config")  # noqa: S314 - our own file
    places = {place.get("path"): place.find(".//httpRedirect") for place in iis.iter("location")}
    assert {
        f"/ztzl/symm/{path}/": rule.get("destination") for path, rule in places.items() if rule is not None
    } == permanent
    nginx = run_publicity("nginx", "--site-url", ADDRESS, cwd=project).stdout
    assert dict(re.findall(r"location = (\S+) \{ return 301 (\S+); \}", nginx)) == permanent


def test_the_list_of_addresses_grows_and_forgets_nothing(project: Path) -> None:
    file = project / "content" / "guanxian" / "published-urls.txt"
    before = file.read_text(encoding="utf-8")
    gone = "/cases/withdrawn/ # gone: not ours to publish\n"
    file.write_text(before + gone, encoding="utf-8")
    assert run_publicity("new", "case", "newest", "--region", "guanxian", cwd=project).returncode == 0
    done = run_publicity("urls", "--write", "guanxian", cwd=project)
    assert done.stdout.splitlines() == ["/cases/newest/", "content/guanxian/published-urls.txt：新增网址1个"]
    after = file.read_text(encoding="utf-8")
    assert set(after.splitlines()) == {*before.splitlines(), gone.strip(), "/cases/newest/"}
    assert run_publicity("urls", "--write", "guanxian", cwd=project).stdout.endswith("新增网址0个\n")
    assert file.read_text(encoding="utf-8") == after
    assert run_publicity("check", "content/guanxian", cwd=project).returncode == 0
