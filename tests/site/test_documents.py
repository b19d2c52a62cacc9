"""Reference texts as Word documents: they open, and say what the page says."""

import datetime
import multiprocessing
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import feedparser
import icalendar
import pypandoc
import pytest
from bs4 import BeautifulSoup, Tag
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from conftest import ROOT
from publicity.project import Project
from publicity.read.load import load
from publicity.word.documents import make_documents
from publicity.word.tables import WIDE

CONTENT = load(Project(ROOT), "jiangbei").content
TEMPLATES = sorted(CONTENT.entries["templates"])


@pytest.mark.parametrize("slug", TEMPLATES)
def test_document_opens_with_its_headings_lists_and_tables(site: Path, slug: str) -> None:
    soup = BeautifulSoup((site / "templates" / slug / "index.html").read_text(encoding="utf-8"), "html.parser")
    link = soup.select_one("a[download]")
    file = (site / "templates" / slug / link["href"]).resolve()
    document = docx.Document(str(file))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    prose = soup.select_one(".prose")
    assert headings == [heading.get_text().strip() for heading in prose.find_all(["h2", "h3", "h4"])]
    assert len(document.tables) == len(prose.find_all("table"))
    assert document.paragraphs[0].text == soup.h1.get_text(strip=True)


def test_a_document_says_what_pictures_show_and_its_title_to_the_letter(tmp_path: Path) -> None:
    known = CONTENT.entries["templates"][TEMPLATES[0]]
    title = '甲\\乙*丙*_丁_<戊>"己"--$1$'
    odd = replace(
        known,
        meta=known.meta.model_copy(update={"title": title}),
        source=replace(known.source, body="![密级标识](mark.png)\n\n"),
    )
    content = replace(CONTENT, entries=CONTENT.entries | {"templates": {known.slug: odd}})
    (file,) = make_documents(content, tmp_path).values()
    assert [part.text for part in docx.Document(str(file)).paragraphs] == [title, "（图略，见网页：密级标识）"]


def test_builds_that_run_side_by_side_do_not_disturb_each_other(tmp_path: Path) -> None:
    few = {slug: CONTENT.entries["templates"][slug] for slug in TEMPLATES[:3]}
    content = replace(CONTENT, entries=CONTENT.entries | {"templates": few})
    builds = [
        multiprocessing.get_context("fork").Process(target=make_documents, args=(content, tmp_path)) for _ in range(3)
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0, 0, 0]


@pytest.mark.parametrize("slug", TEMPLATES)
def test_document_comes_back_through_pandoc_as_the_page(site: Path, slug: str) -> None:
    pandoc = [pypandoc.get_pandoc_path(), "--from=docx", "--to=html", str(site / "templates" / f"{slug}.docx")]
    done = subprocess.run(pandoc, capture_output=True, text=True, encoding="utf-8", check=True)
    page = BeautifulSoup((site / "templates" / slug / "index.html").read_text(encoding="utf-8"), "html.parser")
    outline = _outline(page.select_one(".prose"))
    assert _outline(BeautifulSoup(done.stdout, "html.parser")) == outline
    assert {kind for kind, _ in outline} & {"h2", "h3"}


@pytest.mark.parametrize("slug", TEMPLATES)
def test_document_is_a_chinese_office_document(site: Path, slug: str) -> None:
    document = docx.Document(str(site / "templates" / f"{slug}.docx"))
    *others, section = document.sections
    sides = [(one.page_width.twips, one.page_height.twips) for one in document.sections]
    assert set(sides) <= {(11906, 16838), (16838, 11906)}  # A4, on its side where a table is wide
    assert ((16838, 11906) in sides) == any(len(table.columns) >= WIDE for table in document.tables)
    assert all(one.footer.part == section.footer.part for one in others)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(2.5 <= margin.cm <= 2.81 for margin in margins)
    assert " PAGE " in section.footer.part.element.xml
    styles = {style.style_id: style.element for style in document.styles}
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert _value(defaults, "rFonts", "eastAsia") == "宋体"
    assert _value(defaults, "sz", "val") == "24"  # 小四
    assert _value(defaults, "spacing", "line") == "360"  # a line and a half
    assert _value(styles["BodyText"], "ind", "firstLine") == "480"  # two characters
    for name in ("Title", "Heading2", "Heading3"):
        assert _value(styles[name], "rFonts", "eastAsia") == "黑体"
    lines = styles["Table"].find(".//" + qn("w:tblBorders"))
    assert {line.tag.split("}")[1]: line.get(qn("w:val")) for line in lines} == dict.fromkeys(
        ["top", "left", "bottom", "right", "insideH", "insideV"], "single"
    )
    used = {paragraph.style.style_id for paragraph in document.paragraphs}
    assert {"Title", "FirstParagraph"} <= used <= set(styles)
    for table in document.element.body.iter(qn("w:tbl")):
        assert _value(table, "tblStyle", "val") == "Table"
        assert table.find(qn("w:tr")).find(".//" + qn("w:tblHeader")) is not None  # comes again on each page


def _value(element: BaseOxmlElement, part: str, attribute: str) -> str:
    return element.find(".//" + qn(f"w:{part}")).get(qn(f"w:{attribute}"))


def test_every_part_of_a_document_is_declared_and_its_bytes_come_again(site: Path, tmp_path: Path) -> None:
    name = "leaver-undertaking.docx"
    with zipfile.ZipFile(site / "templates" / name) as archive:
        types = archive.read("[Content_Types].xml").decode()
        assert all(
            f'PartName="/{part}"' in types
            for part in archive.namelist()
            if part.startswith("word/") and part.endswith(".xml")
        )
    again = make_documents(CONTENT, tmp_path)  # with nothing made before
    assert again[f"templates/{name}"].read_bytes() == (site / "templates" / name).read_bytes()


def _outline(root: Tag) -> list[tuple[str, object]]:
    """Headings, lists and tables in order, each with its words, white space aside."""
    found: list[tuple[str, object]] = []
    for tag in root.find_all(["h1", "h2", "h3", "h4", "ul", "ol", "table"]):
        if tag.name == "table":
            found.append(
                (tag.name, [[_words(cell) for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")])
            )
        elif tag.name in ("ul", "ol"):
            found.append((tag.name, [_words(item) for item in tag.find_all("li", recursive=False)]))
        else:
            found.append((tag.name, _words(tag)))
    return found


def _words(tag: Tag) -> str:
    return "".join(tag.get_text().split())


def test_libreoffice_makes_a_pdf_of_every_document(site: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--office"):
        pytest.skip("only asked for by ./scripts/test --office")
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui)")
    documents = sorted((site / "templates").glob("*.docx"))
    convert = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf"]
    done = subprocess.run(
        [*convert, "--outdir", str(tmp_path), *map(str, documents)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = {file.stem for file in tmp_path.glob("*.pdf") if file.read_bytes().startswith(b"%PDF-")}
    assert made == {file.stem for file in documents} != set()


def test_every_item_of_sections_one_to_five_has_a_reference_text() -> None:
    standard = CONTENT.standards["chongqing-2023"].standard
    wanted = {item for item in standard.item_by_id if item[0] in "12345"} | {"6.2.1", "6.3.1"}
    offered = {
        item for document in CONTENT.entries["templates"].values() for item in document.meta.supported("chongqing-2023")
    }
    assert wanted - offered == set()


def test_there_is_as_much_as_was_promised() -> None:
    least = {
        "cases": 12,
        "countries": 15,
        "regulations": 18,
        "templates": 14,
        "guides": 6,
        "questions": 80,
        "newsletter": 6,
        "alerts": 4,
    }
    assert {name: len(CONTENT.entries[name]) >= number for name, number in least.items()} == dict.fromkeys(least, True)


@pytest.mark.parametrize("language", ["", "en"])
def test_events_can_be_added_to_a_calendar(site: Path, language: str) -> None:
    for slug, document in CONTENT.entries["events"].items():
        file = site / language / "events" / slug / "event.ics"
        (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        begins = event.decoded("dtstart")
        assert f"{begins:%Y-%m-%d %H:%M}" == str(document.meta.start)
        assert begins.utcoffset() == datetime.timedelta(hours=8)
        assert event.decoded("uid")
        title = document.translation.meta.title if language else document.meta.title
        assert str(event["summary"]) == title


@pytest.mark.parametrize("page", ["stations", "units", "events/sample-training"])
@pytest.mark.parametrize("language", ["", "en"])
def test_samples_say_that_they_are(site: Path, page: str, language: str) -> None:
    soup = BeautifulSoup((site / language / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {"": "示例", "en": "Sample"}[language] in soup.select_one(".notice").get_text()


@pytest.mark.parametrize("language", ["", "en"])
def test_an_issue_says_its_number_its_day_and_its_contents(site: Path, language: str) -> None:
    for slug, document in CONTENT.entries["newsletter"].items():
        file = site / language / "newsletter" / slug / "index.html"
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        meta, up = document.meta, "../../"
        head = soup.select_one(".issue-cover").get_text()
        assert {"": f"第{meta.number}期", "en": f"No. {meta.number}"}[language] in head
        assert soup.select_one(".issue-cover time")["datetime"] == meta.published.isoformat()
        contents = [link["href"].removeprefix(up).strip("/") for link in soup.select(".story :is(h2, h3) a")]
        assert contents[0] == meta.entries[0]
        assert sorted(contents) == sorted(meta.entries)
        said = {item.headline for item in meta.items if item.headline}
        assert said <= {heading.get_text() for heading in soup.select(".story :is(h2, h3)")}
        assert [one["id"] for one in soup.select(".story [id]")] == list(
            dict.fromkeys(one["id"] for one in soup.select(".story [id]"))
        )
        assert {"": "样刊", "en": "Sample"}[language] in soup.select_one(".issue-body .notice").get_text()


def test_the_shelf_shows_every_issue_the_latest_first(site: Path) -> None:
    soup = BeautifulSoup((site / "newsletter" / "index.html").read_text(encoding="utf-8"), "html.parser")
    figures = [int(cover.get_text()) for cover in soup.select(".shelf .cover-figure")]
    numbers = [document.meta.number for document in CONTENT.entries["newsletter"].values()]
    assert figures == sorted(numbers, reverse=True)


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_feed_of_the_newsletter_holds_issues_in_full(site: Path, language: str) -> None:
    here = site / language / "newsletter"
    feed = feedparser.parse((here / "feed.xml").read_bytes())
    for entry in feed.entries:
        document = CONTENT.entries["newsletter"][entry.link.strip("/").rpartition("/")[2]]
        told = entry.content[0].value
        assert all(item.text in told for item in document.meta.items if item.text)
        lengths = {one.type: int(one.length) for one in entry.enclosures}
        folder = site / "newsletter" / document.slug
        assert {(here / one.href).resolve() for one in entry.enclosures} == set(folder.glob("issue.*"))
        assert lengths == {
            "application/pdf": (folder / "issue.pdf").stat().st_size,
            "application/epub+zip": (folder / "issue.epub").stat().st_size,
        }


def test_an_interpretation_says_when_both_texts_were_published(site: Path) -> None:
    page = site / "interpretations" / "jbfbf-2023-65-jiedu" / "index.html"
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    rows = {row.dt.get_text(): row.dd.span.get_text() for row in soup.select(".particulars dl > div")}
    assert (rows["发布日期"], rows["文件发布日期"]) == ("2023年11月10日", "2023年11月13日")
