"""The editions of the newsletter: what the command writes, and what mail programs, WeChat and readers make of it."""

import email
import email.policy
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image

from conftest import PUBLICITY, ROOT, SITE_URL, Shared, run_publicity
from helpers import caniemail
from helpers.axe import AXE, violations
from publicity.check import sound_column
from publicity.editions import command, typeset
from publicity.editions.film import video
from publicity.editions.issue import mail, texts, wechat
from publicity.prepare import prepare
from publicity.problems import BuildError
from publicity.project import Project
from publicity.stage.files.folder import read_staged
from publicity.stage.issues import Issue, issue_of

FILES = {
    "mail.html", "mail.txt", "mail.eml", "wechat.html", "wechat.json", "issue.pdf", "issue.epub", "picture.png",
    "cover.png", "cover-square.png", "weibo.txt", "weibo-long.txt", "sms.txt",
}  # fmt: skip
VIDEO, WITH_VIDEO = {"video.mp4", "captions.vtt", "poster.png", "transcript.txt", "storyboard.docx"}, "issue-6"
ALLOWED = ["section", "p", "span", "h2", "h3", "strong", "sup", "br", "td", "table", "tr"]
"""What WeChat keeps."""


def issues(region: str) -> list[Issue]:
    column = sound_column(Project(ROOT), region)
    return [issue_of(column, document) for document in column.content.entries["newsletter"].values()]


ISSUES = {f"{region}/{issue.slug}": issue for region in ("jiangbei", "guanxian") for issue in issues(region)}
every_issue = pytest.mark.parametrize("issue", ISSUES.values(), ids=ISSUES)


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    """What the command makes for both regions."""
    return shared.folder("editions", _made)


def _made(out: Path) -> Path:
    for region in ("jiangbei", "guanxian"):
        done = run_publicity("editions", "--region", region, "--out", str(out / region), "--site-url", SITE_URL)
        assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def folder(made: Path, issue: Issue) -> Path:
    return made / next(name for name, one in ISSUES.items() if one is issue)


def said(issue: Issue) -> list[str]:
    """What every edition must say, in this order."""
    told = [issue.theme, *issue.editorial]
    for story in issue.stories:
        told += [story.headline, story.text, *([story.matters] if story.matters else [])]
    if issue.case:
        told += [issue.case.facts, issue.case.result, issue.case.lesson]
    for question in issue.questions:
        told += [question.question, *question.options]
    return [*told, *([issue.todo.text] if issue.todo else []), issue.subscribe]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def in_order(text: str, told: list[str]) -> list[str]:
    """What of `told` does not follow in a text; white space does not count."""
    text, place, missing = bare(text), 0, []
    for one in told:
        found = text.find(bare(one), place)
        if found < 0:
            missing.append(one)
        else:
            place = found
    return missing


@every_issue
def test_every_file_is_written_and_says_the_same(issue: Issue, folder: Path) -> None:
    names = {file.name for file in folder.iterdir()}
    wanted = FILES | (VIDEO if issue.slug == WITH_VIDEO else set())
    assert {name for name in names if not re.fullmatch(r"picture-[0-9]+\.png", name)} == wanted
    assert all(file.stat().st_size <= video.MOST_BYTES for file in folder.glob("*.mp4"))
    read = {name: (folder / name).read_bytes() for name in names}
    pdf = pypdf.PdfReader(io.BytesIO(read["issue.pdf"]))
    assert in_order("".join(page.extract_text() for page in pdf.pages), said(issue)) == []
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.outline
    assert in_order(read["mail.txt"].decode(), said(issue)[1:]) == []
    for name in ("mail.html", "wechat.html"):
        assert in_order(BeautifulSoup(read[name], "html.parser").get_text(), said(issue)) == []
    with zipfile.ZipFile(io.BytesIO(read["issue.epub"])) as book:
        pages = "".join(book.read(name).decode() for name in sorted(book.namelist()) if "text/ch" in name)
        package = book.read("EPUB/content.opf").decode()
    assert in_order(BeautifulSoup(pages, "html.parser").get_text(), said(issue)) == []
    assert "zh-CN" in package


@every_issue
def test_pictures_have_their_sizes_and_the_last_a_code_that_leads_to_the_issue(issue: Issue, folder: Path) -> None:
    pictures = sorted(folder.glob("picture*.png"), key=lambda file: (len(file.name), file.name))
    for file in pictures:
        with Image.open(file) as picture:
            assert picture.width == 1080
            assert picture.mode == "P"
            codes = [code.text for code in zxingcpp.read_barcodes(picture.convert("RGB"))]
        assert codes == ([f"{SITE_URL}{issue.path}"] if file == pictures[-1] else [])
    sizes = {name: Image.open(folder / name).size for name in ("cover.png", "cover-square.png")}
    assert sizes == {"cover.png": (900, 383), "cover-square.png": (500, 500)}


@every_issue
def test_a_mail_is_right_without_its_styles_and_opens_as_a_draft(issue: Issue, folder: Path) -> None:
    html = (folder / "mail.html").read_text(encoding="utf-8")
    assert len(html.encode()) < mail.MOST_BYTES
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.select("style"):
        style.decompose()
    assert not soup.select("img, svg, script, link, form")
    assert all(table["role"] == "presentation" for table in soup.select("table"))
    cells = soup.select("td")
    assert cells
    assert all("background-color" in cell["style"] and "color" in cell["style"] for cell in cells)
    assert all(link["href"].startswith(SITE_URL) for link in soup.select("a"))
    draft = email.message_from_bytes((folder / "mail.eml").read_bytes(), policy=email.policy.default)
    assert (draft["X-Unsent"], draft["Subject"]) == ("1", issue.title)
    assert draft.get_body(("html",)).get_content().replace("\r\n", "\n").strip() == html.strip()
    text = draft.get_body(("plain",)).get_content()
    assert in_order(text, said(issue)[1:]) == []
    assert all("回复本邮件，只写“退订”" in one for one in (text, soup.get_text()))
    assert (folder / "mail.eml").read_bytes().isascii()


HARMLESS = {
    "html-hidden": "display:none says the same; where neither is known, the summary stands at the top",
    "css-display-none": "as before",
    "css-word-break": "an address or a word longer than a line stands out of it",
    "html-role": "a table is read as a table",
    "html-meta-color-scheme": "the mail is light",
    "css-at-media-prefers-color-scheme": "the mail is light",
    "html-body": "the table inside has the same ground",
    "html-doctype": "widths stand in attributes, too",
    "html-style": "what it says stands in the elements, but for the dark colours",
}
"""What some program does not know, and what becomes of the mail there."""


@every_issue
def test_a_mail_asks_nothing_of_programs_that_it_needs_and_they_lack(issue: Issue, folder: Path) -> None:
    asked = caniemail.used((folder / "mail.html").read_text(encoding="utf-8"))
    assert asked - caniemail.REFUSING.keys() == set()  # nothing that nobody has tested
    assert {name for name in asked if caniemail.REFUSING[name]} == HARMLESS.keys()


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<svg></svg>", "html-svg"),
        ('<img src="data:image/png;base64,AA" alt="">', "image-base64"),
        ('<img src="a.webp" alt="">', "image-webp"),
        ('<p style="display:flex">', "css-display-flex"),
        ('<p style="background: url(a.png)">', "css-background-image"),
        ('<p style="border-radius: 4px">', "css-border-radius"),
        ("<style>p { position: absolute }</style>", "css-position"),
        ("<style>@import 'a'</style>", "css-at-import"),
    ],
)
def test_what_programs_lack_is_found(html: str, name: str) -> None:
    assert caniemail.REFUSING[name]
    assert name in caniemail.used(html)


def test_axe_finds_nothing_in_mails(made: Path, new_context: Any) -> None:
    """As they come, and without their styles. A mail is part of a page that has the landmarks."""
    page = new_context(bypass_csp=True).new_page()
    found = {}
    for name in ISSUES:
        html = (made / name / "mail.html").read_text(encoding="utf-8")
        for kind, text in (("whole", html), ("bare", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL))):
            page.set_content(text)
            page.evaluate(AXE)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                broken = [row for row in violations(page) if row[0] not in ("region", "landmark-one-main")]
                if broken:
                    found[name, kind, scheme] = broken
    assert found == {}


@every_issue
def test_wechat_gets_only_what_it_keeps(issue: Issue, folder: Path) -> None:
    html = (folder / "wechat.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= set(ALLOWED)
    assert {name for tag in soup.find_all() for name in tag.attrs} == {"style"}
    assert len(html) < wechat.MOST_CHARACTERS
    notes = [note for note in soup.get_text().splitlines() if re.match(r"\[[0-9]+\] ", note)]
    marks = {mark.get_text() for mark in soup.select("sup")}
    assert all(any(f"{mark} {story.link.title}" in soup.get_text() for mark in marks) for story in issue.stories), notes
    told = json.loads((folder / "wechat.json").read_text(encoding="utf-8"))
    assert [*told] == ["title", "author", "digest", "content_source_url"]
    assert (len(told["title"]) <= 32, len(told["author"]) <= 16, len(told["digest"]) <= 120) == (True,) * 3
    assert told["content_source_url"] == f"{SITE_URL}{issue.path}"


@every_issue
def test_short_texts_keep_to_their_lengths(issue: Issue, folder: Path) -> None:
    read = {
        name: (folder / f"{name}.txt").read_text(encoding="utf-8").strip() for name in ("weibo", "weibo-long", "sms")
    }
    assert len(read["weibo"]) <= 140 < 2000
    assert len(read["weibo-long"]) <= 2000
    assert len(read["sms"]) <= 500
    assert all(f"{SITE_URL}{issue.path}" in text for text in read.values())
    assert read["sms"].startswith(f"【{issue.host}】")


def test_two_runs_write_the_same_bytes(project: Path) -> None:
    """Each makes every edition anew, in a process, hours and places of its own."""
    written = []
    for place, zone in (("a", "UTC"), ("b", "Pacific/Auckland")):
        (project / "build" / "editions-kept").unlink(missing_ok=True)
        made = [PUBLICITY, "editions", "issue-1", "--site-url", SITE_URL, "--out", place]
        subprocess.run(
            made, cwd=project, env=os.environ | {"TZ": zone, "PYTHONHASHSEED": str(ord(zone[0]))}, check=True
        )
        written.append({file.name: file.read_bytes() for file in (project / place / "issue-1").iterdir()})
        shutil.rmtree(project / "build" / "editions-kept")
    first, second = written
    assert first.keys() == second.keys() >= FILES
    assert [name for name in first if first[name] != second[name]] == []


def test_a_single_column_of_an_issue_has_the_whole_width() -> None:
    issue = ISSUES["jiangbei/issue-6"]
    section = issue.sections[0]
    section = replace(section, stories=(replace(issue.lead, text="商" * 150, matters=None),))
    lines = [
        max(map(len, re.findall("商+", _pdf_text(replace(issue, sections=(section,) * count))))) for count in (1, 2, 3)
    ]
    assert lines == [50, 24, 50]


@every_issue
def test_what_an_issue_tells_leads_to_its_pages_in_the_pdf(issue: Issue, folder: Path) -> None:
    pages = pypdf.PdfReader(folder / "issue.pdf").pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    told = [one.link for one in (*issue.stories, issue.case, *issue.days) if one and one.link]
    items = [url for _, _, url in issue.todo.items] if issue.todo else []
    wanted = {SITE_URL + url for url in (issue.path, *(link.url for link in told), *items)}
    assert {note["/A"]["/URI"] for note in notes} == wanted


def _pdf_text(issue: Issue) -> str:
    pages = pypdf.PdfReader(io.BytesIO(typeset.pdf(issue, SITE_URL)["issue.pdf"])).pages
    return "\n".join(page.extract_text() for page in pages)


def test_what_no_font_can_show_is_refused() -> None:
    issue = replace(ISSUES["jiangbei/issue-1"], summary="", theme="😀")
    with pytest.raises(BuildError) as told:
        typeset.pdf(issue, None)
    assert told.value.problem.code == "edition-not-set"
    with pytest.raises(BuildError):
        typeset.covers(issue, None)


def test_signs_of_markup_stay_signs() -> None:
    hostile = '<b>&#read("x") $x$ *y* [z](w)</b>'
    issue = replace(ISSUES["jiangbei/issue-1"], theme=hostile, editorial=(hostile,))
    assert hostile in BeautifulSoup(mail.mail_html(issue, None), "html.parser").get_text()
    assert hostile in BeautifulSoup(wechat.fragment(issue, None), "html.parser").get_text()
    assert hostile in texts.plain(issue, None)
    pdf = pypdf.PdfReader(io.BytesIO(typeset.pdf(issue, None)["issue.pdf"]))
    assert bare(hostile) in bare("".join(page.extract_text() for page in pdf.pages))


def test_a_letter_says_what_is_not_approved() -> None:
    letter = mail.letter_of(ISSUES["guanxian/issue-1"], SITE_URL)
    assert letter.is_sample
    assert "content/guanxian/newsletter/issue-1.md" in letter.pending
    assert letter.digest == mail.letter_of(ISSUES["guanxian/issue-1"], SITE_URL).digest
    assert letter.digest != mail.letter_of(ISSUES["guanxian/issue-1"], None).digest


def test_an_issue_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run_publicity("--language", "en", "editions", "issue-44", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "the region “jiangbei” has no issue “issue-44” of the newsletter" in done.stderr


def test_without_an_address_editions_hold_none(tmp_path: Path) -> None:
    done = run_publicity("--language", "en", "editions", "issue-1", "--out", str(tmp_path))
    assert "The site's address is not known" in done.stdout
    told = (tmp_path / "issue-1" / "mail.html").read_text(encoding="utf-8")
    assert "<a" not in told
    assert json.loads((tmp_path / "issue-1" / "wechat.json").read_text(encoding="utf-8"))["content_source_url"] == ""


def test_a_build_shows_editions_only_where_they_are(site: Path, project: Path) -> None:
    page = BeautifulSoup((site / "newsletter/issue-4/index.html").read_text(encoding="utf-8"), "html.parser")
    assert [link["href"] for link in page.select(".issue-editions a")] == [*command.PUBLIC]
    assert all((site / "newsletter/issue-4" / name).is_file() for name in command.PUBLIC)
    plain = prepare(Project(project), "jiangbei").staging / "zh" / "newsletter"
    assert not (plain / "issue-4").exists()
    assert "editions" not in read_staged((plain / "issue-4.md").read_text(encoding="utf-8"))[0]
