"""A kind of entry is added by the steps of CONTRIBUTING.md alone: in a copy of the project, which then builds a page of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, copy_small_project

MODEL = '''class Consultation(Entry, title="意见征集"):
    """A draft on which the public may comment."""

    collection: ClassVar[str] = "consultations"

    closes: Date = Field(description="截止日期", examples=["2026-12-31"])


'''

KIND = '''"""Consultations: drafts on which the public may comment."""

from collections.abc import Iterator

from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Consultation
from publicity.read.content import Column, Document
from publicity.stage.kinds.facet import YEAR
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.rows import Row, published_row, row


def _rows(_: Column, document: Document, language: Language) -> Iterator[Row]:
    meta = document.meta_as(Consultation)
    yield from published_row(meta, language)
    yield from row(labels(language)["consultation"]["closes"], format_date(meta.closes, language))


CONSULTATION = Kind(Consultation, _rows, template="consultation.html", facets=(YEAR,))
'''

COLLECTION = """consultations:
  type: 互动回应
  changes: news
  zh:
    title: 意见征集
    about: 商业秘密保护文件的征求意见稿。
    keywords: [商业秘密, 意见征集]
  en:
    title: Consultations
    about: Drafts on the protection of trade secrets, open for comment.
    keywords: [trade secrets, consultations]
"""

TEMPLATE = """{% extends "document.html" %}
{% block before %}<p class="how">{{ t.consultation.how }}</p>{% endblock %}
"""

# The steps, by the files that each changes: (what stands there, what takes its place); "" is the end of a file.
STEPS = [
    {"scripts/publicity/models/entries.py": ("ENTRY_MODELS:", f"{MODEL}ENTRY_MODELS:")},
    {
        "scripts/publicity/stage/kinds/consultation.py": ("", KIND),
        "scripts/publicity/stage/kinds/__init__.py": (
            "from publicity.stage.kinds.country",
            "from publicity.stage.kinds.consultation import CONSULTATION\nfrom publicity.stage.kinds.country",
        ),
        "scripts/publicity/stage/kinds/__init__.py#KINDS": (
            "        ALERT,\n",
            "        ALERT,\n        CONSULTATION,\n",
        ),
    },
    {
        "scripts/publicity/labels/collections.yml": ("", COLLECTION),
        "scripts/publicity/labels/zh.yml": ("", "consultation:\n  closes: 截止日期\n  how: 来信请寄本局。\n"),
        "scripts/publicity/labels/en.yml": ("", "consultation:\n  closes: Closes\n  how: Write to the bureau.\n"),
    },
    {"overrides/consultation.html": ("", TEMPLATE)},
    {"content/mini/region.yml": ("navigation: [policies,", "navigation: [policies, consultations,")},
]


def _change(project: Path, name: str, old: str, new: str) -> None:
    file = project / name.partition("#")[0]
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert text.count(old) == 1 or not old
    file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def _run(project: Path, *arguments: str) -> str:
    """The command line of the copy, not of the project that is installed."""
    done = subprocess.run(
        [sys.executable, "-c", "from publicity.cli import main; main()", *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project / "scripts")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with one small region, the kind added, and its site built with an entry as `publicity new` writes it."""
    project = copy_small_project(tmp_path_factory.mktemp("project"))
    shutil.copytree(
        ROOT / "scripts" / "publicity", project / "scripts" / "publicity", ignore=shutil.ignore_patterns("__pycache__")
    )
    for step in STEPS:
        for name, (old, new) in step.items():
            _change(project, name, old, new)
    _run(project, "new", "consultation", "draft-rules", "--region", "mini")
    _run(project, "schema")
    _run(project, "build", "mini")
    return project


def _page(project: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "site" / path / "index.html").read_text(encoding="utf-8"))


def test_contributing_tells_these_steps_and_no_more() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## To add a kind of entry\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\d+\. (.+)$", section, re.MULTILINE)
    assert len(told) == len(STEPS) <= 5
    for step, sentence in zip(STEPS, told, strict=True):
        places = [place.replace("<region>", "mini") for place in re.findall(r"`([^`]+)`", sentence)]
        for name in step:
            file = name.partition("#")[0]
            assert any(file == place or (place.endswith("/") and file.startswith(place)) for place in places), file


@pytest.mark.parametrize(
    ("language", "closes", "how"), [("", "截止日期", "来信请寄本局。"), ("en/", "Closes", "Write to the bureau.")]
)
def test_its_page_shows_its_particulars_by_its_template(project: Path, language: str, closes: str, how: str) -> None:
    page = _page(project, f"{language}consultations/draft-rules")
    assert closes in [row.text() for row in page.css(".particulars dt")]
    assert page.css_first("p.how").text() == how
    assert page.css_first('meta[name="ColumnType"]').attributes["content"] == "互动回应"


def test_its_index_lists_it_and_the_navigation_leads_there(project: Path) -> None:
    links = [link.attributes["href"] for link in _page(project, "consultations").css(".results a")]
    assert links == ["draft-rules/"]
    assert "consultations/" in [link.attributes["href"] for link in _page(project, "").css("nav a")]


def test_its_feed_holds_it(project: Path) -> None:
    assert 'href="draft-rules/"' in (project / "site/consultations/feed.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "title"), [("", "意见征集"), ("en/", "Consultations")])
def test_a_search_finds_it(project: Path, language: str, title: str) -> None:
    folder = project / "site" / f"{language}search"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert ["consultations", title] in index["collections"]
    pages = (folder / f"index-{index['version']}" / "pages").glob("*.json")
    assert "../consultations/draft-rules/" in [json.loads(page.read_text(encoding="utf-8"))["url"] for page in pages]


def test_its_schema_and_the_editors_reference_have_its_field(project: Path) -> None:
    schema = json.loads((project / "content/.schemas/consultation.json").read_text(encoding="utf-8"))
    assert "closes" in schema["required"]
    region = json.loads((project / "content/.schemas/region.json").read_text(encoding="utf-8"))
    assert "consultations" in region["properties"]["navigation"]["items"]["enum"]
    reference = (project / "content/README.md").read_text(encoding="utf-8")
    assert "## 意见征集" in reference
    assert "| `closes` | 是 | 日期 | 截止日期 |" in reference


def test_its_stub_is_valid(project: Path) -> None:
    assert "closes: 2026-12-31" in (project / "content/mini/consultations/draft-rules.md").read_text(encoding="utf-8")
    _run(project, "check", "mini")
