"""`check --fix`, whatever it is given: it ends, makes nothing worse, keeps every word, and a second run changes nothing."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from publicity.cli import main
from publicity.mend import Change, mends, write
from publicity.mend.fields import written_day, written_moment
from publicity.mend.guards import keeps_text
from publicity.project import Project
from publicity.read.markdown.body import read_body
from publicity.read.markdown.slips import markdown_slips
from publicity.read.slip import edited
from publicity.read.source import slip_edits
from publicity.read.yaml.slips import HIDING

PLAN = Path("content/mini/policies/plan.md")
PIECES = st.sampled_from([
    "字", "词语", "abc", "12", " ", "  ", "   ", "    ", "\t", "\n", "\n\n", "- ", "-", "* ", "1. ", "2. ", "1．", "（一）", "一、", "·", "●",
    "**", "＊＊", "__", "～～", "#", "## ", "＃", "|", "｜", "| a | b |\n", "|---|---|\n", "——", "> ", "＞", "!!! note\n", "[字](x.md)", "[字]（x.md）",
    "【字】", "（x.png）", "！", "![图说](x.png)", "[^1]", "[^1]: ", "［^1］：", "\\", "\\\n", "`", "```\n", "<div>\n", "</div>\n", "　", "，", "。", "：",
])  # fmt: skip
BODIES = st.lists(PIECES, max_size=25).map("".join)
ROWS = st.sampled_from([
    "title: 示例方案", "title：示例", "title:示例", "　title: 示例", "\ttitle: 示例", "title: “示例: 方案”", 'title: "示例"方案', "title: *示例",
    "published: 2026/1/2", "published: 2026年1月2日", "written: 2026-01-01", "issuer: 示例局 #1", "source: {name: 示例，checked: 2026.1.2}",
    "source: {name: 示例, checked: 2026-01-02}", "review: {status: pending}", "review:", "\tstatus: pending", "  status：pending", "summary: 'x", "",
    "validity: {status: in_force, checked: 2026-1-2}", "document_number: 示例〔2026〕1号", "keywords: [甲，乙]", "---", "——", "# 说明", "- a",
])  # fmt: skip


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("mending")
    shutil.copytree(ROOT / "tests" / "fixtures" / "base" / "content", root / "content")
    shutil.copytree(ROOT / "scoring_wasm/standards", root / "scoring_wasm/standards")
    for name in ("docs", "overrides"):
        (root / name).mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Project(root)


@settings(max_examples=300)
@given(BODIES)
def test_the_mends_of_any_body_keep_its_words_and_leave_it_readable(body: str) -> None:
    offered = [edit for slip in markdown_slips(body) for edit in slip.edits]
    assert all(0 <= edit.start <= edit.end <= len(body) for edit in offered)
    mended = edited(body, offered)
    assert keeps_words(body, mended)
    assert all(0 < problem.line <= mended.count("\n") + 1 for problem in read_body(mended).problems)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES)
def test_a_body_is_mended_once_and_no_problem_comes(project: Project, body: str) -> None:
    front = (ROOT / "tests/fixtures/base" / PLAN).read_text(encoding="utf-8").split("\n---\n")[0]
    settle(project, f"{front}\n---\n{body}")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=12, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_front_matter_is_mended_once_and_no_problem_comes(project: Project, rows: list[str], end: str) -> None:
    settle(project, end.join(["---", *rows, "---", "", "正文。", ""]))


def settle(project: Project, text: str) -> None:
    """Mend a text in the place of the policy: once is enough, its words stay, and it has no more problems than before."""
    path = project.root / PLAN
    path.write_bytes(text.encode())
    before = told(project)
    changes = list(mends(project, ["mini"]))
    assert len(changes) <= 1
    for change in changes:
        assert change.path == path
        write(change)
    after = told(project)
    assert not list(mends(project, ["mini"]))
    mended = path.read_bytes().decode()
    assert mended.count("\r\n") in (0, mended.count("\n"))
    if changes and not set(before) & HIDING:
        assert len(after) < len(before)
        assert keeps_words(body_in(text), body_in(mended))


def body_in(text: str) -> str:
    return text.replace("\r\n", "\n").partition("\n---\n")[2]


def keeps_words(before: str, after: str) -> bool:
    """The same letters and numbers, in their order."""
    return [sign for sign in before if sign.isalnum()] == [sign for sign in after if sign.isalnum()]


def told(project: Project) -> list[str]:
    from publicity.check import check
    from publicity.read.load import load

    return [problem.code for problem in check(load(project, "mini")) if problem.path == str(PLAN)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026/11/18", "2026-11-18"),
        ("2026.11.8", "2026-11-08"),
        ("2026年11月18日", "2026-11-18"),
        ("２０２６年１１月１８日", "2026-11-18"),
        ("2026 年 11 月 18 日", "2026-11-18"),
        ("20261118", "2026-11-18"),
        ("2026-11-18", "2026-11-18"),
        ("2026/11-18", None),
        ("2026年11月", None),
        ("11/18/2026", None),
        ("2026-02-30", None),
        ("2026-11-18 09:00", None),
        ("26/11/18", None),
        ("1026/11/18", None),
    ],
)
def test_a_day_is_read_where_there_is_no_doubt(written: str, day: str | None) -> None:
    assert written_day(written) == day


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-12-10 9:00", "2026-12-10 09:00"), ("2026-12-10 09：30", "2026-12-10 09:30"), ("2026/12/10 9:05", "2026-12-10 09:05"),
        ("2026年12月10日9时30分", "2026-12-10 09:30"), ("2026年12月10日 14点", "2026-12-10 14:00"), ("2026-12-10T09:00", "2026-12-10 09:00"),
        ("２０２６－１２－１０ ０９：００", "2026-12-10 09:00"), ("2026-12-10 25:00", None), ("2026-12-10 9:60", None), ("2026-12-32 09:00", None),
        ("2026年12月10日下午2点", None), ("12月10日9时", None), ("2026-12-10 9", None), ("2026-12-10", None),
    ],
)  # fmt: skip
def test_moments_that_leave_no_doubt_are_known(written: str, moment: str | None) -> None:
    assert written_moment(written) == moment


def test_a_moment_is_mended_in_its_file(plan: Path) -> None:
    event = plan.parents[1] / "events/moments.md"
    event.parent.mkdir()
    text = (ROOT / "content/jiangbei/events/sample-training.md").read_text(encoding="utf-8")
    text = re.sub("(?m)^attachments: .*\n", "", text)
    right = re.search("(?m)^start: (.+)$", text)
    assert right
    event.write_text(text.replace(right[0], right[0].replace(" 0", " ").replace("-", "/")), encoding="utf-8")
    run("--fix", "content/mini/events")
    assert right[0] in event.read_text(encoding="utf-8")


def test_an_official_text_keeps_its_characters() -> None:
    assert keeps_text("●甲\n●乙", "●甲\n\n●乙", official=True)
    assert not keeps_text("●甲", "- 甲", official=True)
    assert keeps_text("●甲", "- 甲", official=False)
    assert not keeps_text("甲，乙", "乙，甲", official=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["--language", "en", "check", *arguments])


@pytest.fixture(name="plan")
def _plan(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project.root)
    path = project.root / PLAN
    path.unlink(missing_ok=True)
    shutil.copy(ROOT / "tests/fixtures/base" / PLAN, path)
    return path


def test_comments_quotes_order_ends_of_lines_and_permissions_stay(plan: Path) -> None:
    text = (
        plan.read_text(encoding="utf-8")
        .replace("published: 2026-01-02", 'published: "2026/1/2" # 见公报')
        .replace("\n", "\r\n")
    )
    plan.write_bytes(b"\xef\xbb\xbf" + text.encode())
    plan.chmod(0o640)
    done = run("--fix")
    assert done.exit_code == 0
    assert plan.read_bytes() == b"\xef\xbb\xbf" + text.replace("2026/1/2", "2026-01-02").encode()
    assert stat.S_IMODE(plan.stat().st_mode) == 0o640
    assert done.stdout.startswith(f"--- {PLAN}\n+++ {PLAN}\n@@")
    assert '-published: "2026/1/2" # 见公报\n+published: "2026-01-02" # 见公报\n' in done.stdout
    assert sorted(plan.parent.iterdir()) == [plan]  # nothing is left beside it


def test_a_file_that_has_changed_meanwhile_is_left_alone(plan: Path) -> None:
    plan.write_text("another", encoding="utf-8")
    write(Change(plan, str(PLAN), b"as it was read", b"as it would be"))
    assert plan.read_text(encoding="utf-8") == "another"


@pytest.mark.skipif(os.name != "posix", reason="limits are set as on POSIX")
def test_a_write_that_fails_loses_nothing(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("title: ", "title：")
    plan.write_text(text, encoding="utf-8")
    program = """
import resource, sys
from pathlib import Path
from publicity.mend import mends, write
from publicity.project import Project
changes = list(mends(Project.find(), ["mini"]))
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    write(changes[0])
except OSError:
    sys.exit(7)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 7
    assert plan.read_text(encoding="utf-8") == text
    assert sorted(plan.parent.iterdir()) == [plan]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_are_never_followed(plan: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text(plan.read_text(encoding="utf-8").replace("title: ", "title："), encoding="utf-8")
    before = elsewhere.read_bytes()
    plan.unlink()
    plan.symlink_to(elsewhere)
    assert run("--fix").exit_code == 1
    assert elsewhere.read_bytes() == before
    assert plan.is_symlink()
    plan.unlink()


def test_pages_outside_of_the_content_are_left_alone(plan: Path, project: Project) -> None:
    page = project.pages / "note.md"
    page.write_text("---\ntitle：说明\n---\n\n正文。\n", encoding="utf-8")
    before = page.read_bytes()
    assert run("--fix").exit_code == 1
    assert page.read_bytes() == before
    page.unlink()


def test_a_mend_that_would_make_a_file_worse_is_not_taken(plan: Path) -> None:
    """A link that would lead nowhere is no better than none; a person has to see to it."""
    text = plan.read_text(encoding="utf-8").replace(
        "](../interpretations/plan-read.md)", "]（../interpretations/none.md）"
    )
    plan.write_text(text, encoding="utf-8")
    done = run("--fix")
    assert (done.exit_code, done.stdout) == (1, "Nothing could be mended without a person\n")
    assert plan.read_text(encoding="utf-8") == text


def test_what_can_be_mended_is_mended_beside_what_cannot(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8") + "\n步骤：\n- 甲\n   - 子\n\n！【办事流程】（flow.png）\n"
    plan.write_text(text, encoding="utf-8")
    assert run("--fix").exit_code == 1
    assert plan.read_text(encoding="utf-8") == text.replace("步骤：\n- 甲\n   - 子", "步骤：\n\n- 甲\n    - 子")


def test_a_dry_run_goes_with_a_fix(plan: Path) -> None:
    done = run("--dry-run")
    assert done.exit_code == 2
    assert "--fix --dry-run" in done.stderr


def test_utf_8_with_a_lost_byte_is_not_taken_for_another_encoding(plan: Path) -> None:
    data = plan.read_bytes().replace("正文".encode(), "正文".encode()[:-1])
    plan.write_bytes(data)
    done = run("--fix")
    assert "(byte 0x" in done.stderr
    assert plan.read_bytes() == data


def test_a_file_of_yaml_is_mended_too(plan: Path, project: Project) -> None:
    region = project.content / "mini" / "region.yml"
    text = region.read_text(encoding="utf-8")
    region.write_text(text.replace("slug: ", "slug：", 1), encoding="utf-8")
    assert slip_edits(region.read_text(encoding="utf-8"), markdown=False)
    assert run("--fix").exit_code == 0
    assert region.read_text(encoding="utf-8") == text
