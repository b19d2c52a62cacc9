"""Review before publication: what is pending, expired, a sample or under embargo."""

import datetime
import json
import re
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from conftest import SITE_URL, run_publicity
from publicity.models import ENTRY_MODELS
from publicity.project import Project
from publicity.read.load import load

POLICY = "content/jiangbei/policies/jbfbf-2023-65.md"
ALERT = "content/shared/alerts/vietnam-2026-damages.md"
READING = "content/jiangbei/interpretations/jbfbf-2023-65-jiedu.md"


def _edit(project: Path, name: str, old: str, new: str) -> None:
    file = project / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_release_refuses_pending_sample_and_expired_content(project: Path) -> None:
    _edit(project, READING, "review:\n", "sample: true\nexpires: 2024-01-01\nreview:\n")
    assert run_publicity("check", cwd=project).returncode == 0
    done = run_publicity("check", "--release", "--format", "json", "content/jiangbei/policies", READING, cwd=project)
    assert done.returncode == 1
    assert [(problem["path"], problem["code"]) for problem in json.loads(done.stdout)] == [
        (READING, "still-sample"),
        (READING, "expired"),
        (READING, "review-pending"),
        (POLICY, "review-pending"),
    ]


def test_embargoed_content_is_nowhere_until_its_day(project: Path) -> None:
    _edit(project, ALERT, "expires: 2027-11-22", "embargo: 2999-12-31\nexpires: 2999-12-31")
    done = run_publicity("build", "--no-editions", "--site-url", SITE_URL, cwd=project)
    assert done.returncode == 0, done.stderr
    site = project / "site"
    assert not (site / "alerts" / "vietnam-2026-damages").exists()
    for file in [*site.rglob("*.html"), *site.rglob("*.xml")]:
        assert "vietnam-2026-damages" not in file.read_text(encoding="utf-8"), file
    content = load(Project(project), "jiangbei", datetime.date(2999, 12, 31)).content
    assert "vietnam-2026-damages" in content.entries["alerts"]


def test_a_link_to_embargoed_content_is_told(project: Path) -> None:
    _edit(project, POLICY, "review:\n", "embargo: 2999-12-31\nreview:\n")
    done = run_publicity("check", "--format", "json", cwd=project)
    assert done.returncode == 1
    problems = json.loads(done.stdout)
    assert {(problem["code"], problem["values"].get("until")) for problem in problems} == {
        ("under-embargo", "2999-12-31")
    }


def test_an_issue_names_nothing_under_embargo(project: Path) -> None:
    """Its number, its case, its questions and its list all name the two; no edition is made of it."""
    for name in ("cases/geely-wm-2024", "guides/leak-response"):
        _edit(project, f"content/shared/{name}.md", "\nreview:\n", "\nembargo: 2999-12-31\nreview:\n")
    issue = "content/jiangbei/newsletter/issue-4.md"
    done = run_publicity("check", "--format", "json", issue, cwd=project)
    problems = json.loads(done.stdout)
    assert {problem["code"] for problem in problems} == {"under-embargo"}
    lines = (project / issue).read_text(encoding="utf-8").splitlines()
    naming = [number for number, line in enumerate(lines, 1) if re.search("geely-wm-2024|leak-response", line)]
    assert sorted({problem["line"] for problem in problems}) == naming != []
    done = run_publicity("editions", "issue-4", cwd=project)
    assert (done.returncode, (project / "build/editions").exists()) == (1, False)


@pytest.mark.parametrize("language", ["", "en/"])
def test_feeds_hold_the_entries_of_their_collection(site: Path, language: str) -> None:
    held = set()
    for page in sorted((site / language).glob("*/index.html")):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        link = soup.select_one('link[type="application/atom+xml"]')
        if not link:
            continue
        feed = feedparser.parse((page.parent / link["href"]).read_bytes())
        assert not feed.bozo, feed.get("bozo_exception")
        shown = {card["href"].strip("/") for card in soup.select(".cards a")}
        assert {entry.link.strip("/") for entry in feed.entries} == shown
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert all(entry.title and entry.summary and entry.updated for entry in feed.entries)
        held.add(page.parent.name)
    assert held == set(ENTRY_MODELS)


@pytest.mark.parametrize(
    ("page", "steps"),
    [
        (
            "policies/jbfbf-2023-65",
            {
                "编写": "本项目编写人员（照公开文本录入） 2026年11月22日",
                "审核": "待审核",
                "审批": "待审批",
            },
        ),
        (
            "en/cases/vanillin-2021",
            {
                "Drafted": "the project's makers 26 November 2026",
                "Reviewed": "Review pending",
                "Approved": "Approval pending",
            },
        ),
    ],
)
def test_a_page_says_who_drafted_reviewed_and_approved_it(site: Path, page: str, steps: dict[str, str]) -> None:
    soup = BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = soup.select(".review dl > div")
    assert {row.dt.get_text(strip=True): row.dd.get_text().strip() for row in rows} == steps


def test_a_note_in_chinese_is_announced_on_english_pages(site: Path) -> None:
    notes = {
        page: note
        for page in sorted((site / "en").rglob("index.html"))
        if (note := BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one(".notice small"))
    }
    assert notes
    for page, note in notes.items():
        assert note.get_text().startswith("What is to be reviewed, in Chinese only: "), page
        assert note.select_one('[lang="zh-CN"]'), page
