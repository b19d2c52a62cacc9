"""The build as a whole: nothing is lost, nothing half-done is left behind."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from conftest import PUBLICITY, ROOT, SITE_URL, run_publicity
from helpers.events import ALERT
from publicity.addresses import url_of
from publicity.models import ENTRY_MODELS, LANGUAGES
from publicity.project import Project
from publicity.read.load import load


def _pages() -> list[str]:
    draft = load(Project(ROOT), "jiangbei")
    assert draft.problems == ()
    content = draft.content
    sources = [document.path for document in content.documents()]
    return [path for path in sources if path != "404.md"] + [f"{name}/index.md" for name in ENTRY_MODELS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", _pages())
def test_every_source_reaches_the_site(site: Path, path: str, language: str) -> None:
    page = site / url_of(path, language) / "index.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert soup.h1.get_text(strip=True)
    assert soup.select_one("a.tool[hreflang]")["hreflang"] == {"zh": "en", "en": "zh-CN"}[language]


def test_summary_tells_pages_languages_bytes_and_seconds(small: Path) -> None:
    done = run_publicity("--language", "en", "build", "--out", "out", cwd=small)
    pattern = r"^.*out: \d+ pages in 2 languages, \d+ files, [\d.]+ MB \([\d,]+ bytes\), [\d.]+ s\n"
    assert re.match(pattern, done.stdout), done.stdout
    (note,) = done.stdout.splitlines()[1:]
    assert "The site's address is not known" in note
    assert "404.html fits only a site at the root of its server" in note


def test_the_column_says_its_own_address_and_the_flag_wins(small: Path) -> None:
    region = small / "content/mini/region.yml"
    text = region.read_text(encoding="utf-8")
    region.write_text(
        text.replace("  domain: ", "  column_url: https://own.example.gov.cn/symm\n  domain: "), encoding="utf-8"
    )
    for arguments, address, base in (
        ([], "https://own.example.gov.cn/symm/", "/symm/"),
        (["--site-url", SITE_URL], SITE_URL, "/ztzl/symm/"),
    ):
        done = run_publicity("build", *arguments, cwd=small)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, 1), done.stderr
        for page in ("about", "en/about"):
            soup = BeautifulSoup((small / "site" / page / "index.html").read_text(encoding="utf-8"), "html.parser")
            assert soup.select_one("link[rel=canonical]")["href"] == f"{address}{page}/"
            assert soup.select_one("meta[property='og:url']")["content"] == f"{address}{page}/"
        assert f"<loc>{address}about/</loc>" in (small / "site/sitemap.xml").read_text(encoding="utf-8")
        soup = BeautifulSoup((small / "site/404.html").read_text(encoding="utf-8"), "html.parser")
        assert soup.select_one("a.brand")["href"] == base
        assert all(icon["width"] == icon["height"] == "24" for icon in soup.select("svg"))  # also without styles
        nginx = run_publicity("nginx", *arguments, cwd=small)
        assert f"set $publicity_error {base}404.html;" in nginx.stdout


def test_two_builds_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run_publicity("build", "jiangbei", "--out", str(again)).returncode == 0
    assert _tree(again) == _tree(site)


def test_builds_of_one_region_at_once_are_each_what_they_are_alone(small: Path) -> None:
    days = ("2026-01-03", "2027-06-30")
    (small / "content/mini/alerts").mkdir()
    (small / "content/mini/alerts/travel.md").write_text(
        ALERT.format(title="示例提示", expires="2026-06-30"), encoding="utf-8"
    )

    def command(day: str, out: str) -> list[str]:
        return [str(PUBLICITY), "build", "--today", day, "--out", f"build/{out}-{day}"]

    for running in [subprocess.Popen(command(day, "together"), cwd=small) for day in days]:
        assert running.wait() == 0
    for day in days:
        subprocess.run(command(day, "alone"), cwd=small, check=True)
        manifests = [(small / f"build/{out}-{day}/manifest.sha256").read_bytes() for out in ("together", "alone")]
        assert manifests[0] == manifests[1]


def test_order_of_languages_changes_nothing(small: Path) -> None:
    assert run_publicity("build", cwd=small).returncode == 0
    before = _tree(small / "site", "*.html")
    config = (small / "mkdocs.yml").read_text(encoding="utf-8")
    rows = config.splitlines(keepends=True)
    first = next(i for i, row in enumerate(rows) if "{ locale: zh" in row)
    rows[first], rows[first + 1] = rows[first + 1], rows[first]
    (small / "mkdocs.yml").write_text("".join(rows), encoding="utf-8")
    done = run_publicity("build", cwd=small)
    assert done.returncode == 0, done.stderr
    assert _tree(small / "site", "*.html") == before


def test_mkdocs_builds_by_itself(site: Path, project: Path) -> None:
    mkdocs = Path(shutil.which("mkdocs") or ROOT / ".venv" / "bin" / "mkdocs")
    done = subprocess.run(
        [str(mkdocs), "build", "--strict"],
        cwd=project,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    differing = set(_tree(project / "site", "*.html").items()) ^ set(_tree(site, "*.html").items())
    # Issues, guides, templates, the slides and two indexes say what can be taken along, one issue shows its video: MkDocs by itself makes none.
    offers = re.compile(
        r'\n *<h2 id="editions">.*?</ul>|\n *<p class="feed compilation">.*?</p>|\n *<section class="video video-upright".*?</section>'
        r'|\n *<p class="download actions">.*?</p>|\n *<section class="download" aria-labelledby="slides">.*?</section>',
        re.DOTALL,
    )
    for page in sorted({name for name, _ in differing}):
        assert re.fullmatch(
            r"(en/)?(newsletter/issue-\d+|cases|regulations|training|(guides|templates)/[\w-]+)/index\.html", page
        )
        plain, full = ((folder / page).read_text(encoding="utf-8") for folder in (project / "site", site))
        assert offers.sub("", full) == offers.sub("", plain)
        assert not re.search(r'href="[^":]*\.(pdf|epub|pptx|mp4)"', "".join(offers.findall(plain)))


def test_broken_template_leaves_the_old_site(small: Path) -> None:
    assert run_publicity("build", cwd=small).returncode == 0
    before = _tree(small / "site")
    (small / "overrides" / "policy.html").write_text("{% extends 'no-such-template.html' %}", encoding="utf-8")
    assert run_publicity("build", cwd=small).returncode != 0
    assert _tree(small / "site") == before
    assert [path.name for path in (small / "build").iterdir() if path.name.startswith("site-")] == []


def test_broken_content_names_every_problem_and_leaves_the_old_site(small: Path) -> None:
    assert run_publicity("build", cwd=small).returncode == 0
    before = _tree(small / "site")
    policy = small / "content" / "mini" / "policies" / "plan.md"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("written: 2026-01-01", "written: 2026-01-32"), encoding="utf-8"
    )
    (small / "content" / "mini" / "policies" / "empty.md").write_text("", encoding="utf-8")
    done = run_publicity("build", cwd=small)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [re.sub(r":\d+: .*", "", row) for row in done.stderr.splitlines()[:-1]] == [
        "content/mini/policies/empty.md",
        "content/mini/policies/plan.md",
    ]
    assert _tree(small / "site") == before


def test_unknown_region_is_wrong_usage() -> None:
    done = run_publicity("--language", "en", "build", "jiangbai")
    assert done.returncode == 2
    assert "jiangbai" in done.stderr
    assert "jiangbei" in done.stderr


def test_site_address_makes_a_sitemap_and_absolute_error_pages(addressed: Path) -> None:
    sitemap = ElementTree.parse(addressed / "sitemap.xml")  # noqa: S314 - our own file
    places = {place.text for place in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert places == {
        SITE_URL + url_of(path, lang).removeprefix("./")
        for path in _pages()
        for lang in LANGUAGES
        if path != "leaving.md"  # a notice is not to be found
    }
    for name in ("404.html", "en/404.html"):
        soup = BeautifulSoup((addressed / name).read_text(encoding="utf-8"), "html.parser")
        addresses = [link.get("href") or link.get("src") for link in soup.select("link[href], script[src], a[href]")]
        inside = [address for address in addresses if not address.startswith(("http", "#", "tel:", "mailto:"))]
        assert inside
        assert all(address.startswith("/ztzl/symm/") for address in inside)


def test_manifest_lists_every_file(site: Path) -> None:
    rows = (site / "manifest.sha256").read_text(encoding="utf-8").splitlines()
    listed = {row[66:]: row[:64] for row in rows}
    assert listed == {name: digest for name, digest in _tree(site).items() if name != "manifest.sha256"}


def _tree(folder: Path, pattern: str = "*") -> dict[str, str]:
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_entries_are_offered_at_the_items_they_support(site: Path, guanxian: Path) -> None:
    """A text may help with more than one standard; each region sees the items of its own."""
    of_region = {site: {"4.3.1"}, guanxian: {"4.1.1", "4.2.3"}}
    for folder, items in of_region.items():
        for page in ("assessment", "en/assessment"):
            soup = BeautifulSoup((folder / page / "index.html").read_text(encoding="utf-8"), "html.parser")
            for item in items:
                offers = [link["href"] for link in soup.select(f'[data-offers="{item}"] a')]
                assert any(address.endswith("templates/leak-emergency-plan/") for address in offers)
        shown = (folder / "templates/leak-emergency-plan/index.html").read_text(encoding="utf-8")
        assert {item for item in set().union(*of_region.values()) if f"#item-{item}" in shown} == items


def test_the_text_an_item_asks_for_is_offered_first(site: Path, guanxian: Path) -> None:
    """Of several reference texts the one that names the item first; the explanation of an item shows it alone."""
    of_region = {
        site: {
            "4.1.1": "trade-secret-management-rules",
            "4.1.4": "outsourced-processing-rules",
            "4.2.1": "annual-training-plan",
            "4.3.1": "leak-emergency-plan",
            "5.1.1": "instructor-appointment",
        },
        guanxian: {"4.1.1": "trade-secret-management-rules", "4.2.2": "trade-secret-inventory"},
    }
    for folder, texts in of_region.items():
        soup = BeautifulSoup((folder / "assessment/index.html").read_text(encoding="utf-8"), "html.parser")
        for item, text in texts.items():
            row = soup.select_one(f'[data-row="{item}"]')
            assert row
            links = [row.select_one(f"{place} a") for place in (".explain", "[data-offers]")]
            assert [link and link["href"] for link in links] == [f"../templates/{text}/"] * 2, item


def test_a_checklist_of_ours_is_no_official_standard(guanxian: Path) -> None:
    """冠县's plan names features and has no standard: neither its pages nor what they say of themselves claim one."""
    for file in guanxian.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "官方标准" not in text, file
        assert "official standard" not in text, file
