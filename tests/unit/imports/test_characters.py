"""Whatever a document holds, its entry shows the same characters: through Word files, and through the writer alone."""

import datetime
import shutil
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from helpers.word_files import add, rows
from publicity.imports.blocks import Block, Cell, Listing, Mark, Paragraph, Quotation, Run, Table, Text, plain_text
from publicity.imports.comparison import differences, letters, rendered_text
from publicity.imports.entry import import_document
from publicity.imports.layout import tidy
from publicity.imports.markdown import Written
from publicity.project import Project

DAY = datetime.date(2026, 11, 26)
SIGNS = "一二三（）、。，：；“”《》〔〕　 商业秘密第条章节问答年月日aB1.2-+*_#`[](){}<>&|\\!~=?:;\"'^$%@/"
PIECES = st.sampled_from(
    ["一、", "（一）", "1.", "1. ", "- ", "# ", "> ", "![", "](", "[^1]", "&lt;", "&#8203;", "<b>", "</p>", "```", "~~~", "***", "===", "---",
     "|---|", "{: .x }", "!!! note", "*[a]: ", "：", ":   x", "第一章", "附件1", "2026年1月2日", "通知", "https://a.cn/?a=1&b=2", "文件"]
)  # fmt: skip
WORDS = st.lists(st.one_of(st.text(SIGNS, min_size=1, max_size=8), PIECES), min_size=1, max_size=6).map("".join)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "tests/fixtures/base/content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Project(root)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(LINES, min_size=4, max_size=25),
    cells=st.lists(WORDS, min_size=4, max_size=4),
    centred=st.integers(0, 3),
)
def test_policies_keep_every_character(
    project: Project, tmp_path: Path, texts: list[str], cells: list[str], centred: int
) -> None:
    document = Document()
    for at, text in enumerate(texts):
        add(document, text, centred=at < centred)
    rows(document, [cells[:2], cells[2:]])
    document.save(str(tmp_path / "a.docx"))
    for kind in ("policy", "interpretation"):
        made = import_document(project, "mini", tmp_path / "a.docx", kind, "x", DAY)
        assert made.different == 0, [problem.values for problem in made.remarks if problem.code == "import-differs"]


MARKS: list[Mark] = ["strong", "em", "sup", "sub", "s", "u"]
RUNS = st.lists(
    st.one_of(
        st.builds(Run, WORDS, st.frozensets(st.sampled_from(MARKS), max_size=2)),
        st.builds(Run, WORDS, link=st.just("https://example.cn/a_(b)?c=1&d=*x*")),
        st.just(Run("\n")),
    ),
    min_size=1,
    max_size=5,
)
PARAGRAPHS: st.SearchStrategy[Block] = st.builds(Paragraph, RUNS, level=st.sampled_from([0, 0, 0, 1, 2]))
PLAIN: st.SearchStrategy[Block] = st.builds(Paragraph, RUNS)
CELLS = st.builds(Cell, st.lists(PLAIN, max_size=2))
TABLES: st.SearchStrategy[Block] = st.builds(
    Table,
    st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3)
    ),
)
MERGED: st.SearchStrategy[Block] = st.builds(
    lambda first, second: Table([[Cell(first, columns=2)], [Cell(second), Cell([])]]),
    st.lists(PLAIN, min_size=1, max_size=2),
    st.lists(PLAIN, max_size=2),
)
LISTS: st.SearchStrategy[Block] = st.builds(
    Listing, st.lists(st.lists(PLAIN, min_size=1, max_size=2), min_size=1, max_size=3)
)
QUOTES: st.SearchStrategy[Block] = st.builds(Quotation, st.lists(PLAIN, min_size=1, max_size=2))
BLOCKS = st.lists(st.one_of(PARAGRAPHS, TABLES, MERGED, LISTS, QUOTES), min_size=1, max_size=5)


@settings(max_examples=100)
@given(BLOCKS)
def test_the_writer_keeps_every_character(blocks: list[Block]) -> None:
    text = Text(blocks)
    tidy(text, official=False)
    body = Written(text, {}).body
    assert letters(rendered_text(body)) == letters(plain_text(text)), body


@pytest.mark.parametrize(
    ("original", "body", "expected"),
    [
        ("一二三四", "一二\n\n三四\n", []),
        ("一二三四", "一二\n\n三\n", [("一二三四", "一二三", 3, 1)]),
        ("甲：乙", "甲:乙\n", [("甲：乙", "甲:乙", 1, 1)]),
        ("甲乙", "甲[^1]乙\n\n[^1]: 注\n", [("甲乙", "甲乙注", 3, 1)]),
    ],
)
def test_a_difference_is_told_with_its_place(
    original: str, body: str, expected: list[tuple[str, str, int, int]]
) -> None:
    found = differences(original, "", rendered_text(body), body)
    assert [(one.original, one.found, one.line, one.count) for one in found] == expected
