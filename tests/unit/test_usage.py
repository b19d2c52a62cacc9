"""Wrong usage: one sentence of ours below the usage line, in the language of the run, and exit status 2."""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conftest import ROOT
from publicity.cli import main
from publicity.commands.options import PATH
from publicity.commands.usage import Program, folded
from publicity.labels.sentences import problem_words
from publicity.problems import Near, Problem, near
from publicity.work.manifest import MARKER, NAME

COMMANDS = tuple(sorted(main.commands))
FOLDERS = ("content", "docs", "scoring_wasm/standards")
CASES: list[tuple[list[str], str, dict[str, object]]] = [
    ([], "no-command", {}),
    (["buld"], "no-such-command", {"command": "buld", "hint": Near("build")}),
    (["xyz"], "no-such-command", {"command": "xyz", "hint": near("xyz", COMMANDS)}),
    (["build", "--ot", "x"], "no-such-option", {"command": "publicity build", "option": "--ot", "hint": Near("--out")}),
    (["check", "--language", "zh"], "option-before-command",
     {"option": "--language", "example": "publicity --language zh check"}),
    (["build", "--out"], "option-needs-value", {"option": "--out", "metavar": "DIR"}),
    (["inspect", "--fail-on"], "option-needs-value", {"option": "--fail-on", "metavar": "error|warning|notice"}),
    (["check", "--release=1"], "option-takes-no-value", {"option": "--release"}),
    (["new", "policy"], "no-argument", {"argument": "SLUG", "command": "publicity new"}),
    (["score"], "no-argument", {"argument": "FILES", "command": "publicity score"}),
    (["new", "policy", "a", "b", "c"], "extra-arguments", {"words": ("b", "c")}),
    (["inspect", "--format", "xml"], "no-such-choice",
     {"option": "--format", "found": "xml", "choices": ("text", "json", "html")}),
    (["inspect", "--today", "2026-02-30"], "not-a-day", {"option": "--today", "found": "2026-02-30"}),
    (["inspect", "--today", "20261122"], "not-a-day", {"option": "--today", "found": "20261122"}),
    (["check", "mkdocs.yml"], "no-content-there", {"path": "mkdocs.yml", "folders": FOLDERS}),
    (["check", "jiangbie"], "no-path-or-region", {"name": "jiangbie", "hint": Near("jiangbei")}),
    (["build", "--site-url", "x"], "bad-web-address", {"found": "x"}),
    (["verify", "https://[::/"], "bad-web-address", {"found": "https://[::/"}),
    (["nginx", "--site-url", "https://a.cn/$x{}"], "bad-column-address", {"found": "https://a.cn/$x{}"}),
    (["nginx", "--site-url", "https://a.cn/x y/"], "bad-column-address", {"found": "https://a.cn/x y/"}),
    (["build", "--out", "."], "out-holds-project", {"out": "."}),
    (["build", "--out", "scripts/x"], "out-among-sources", {"out": "scripts/x", "folder": "scripts"}),
    (["build", "--out", "build/full"], "out-not-ours", {"out": "build/full", "marker": ".publicity"}),
    (["build", "--out", "build/full/file"], "out-no-folder", {"out": "build/full/file"}),
    (["build", "--out", "build/made"], "out-holds-files",
     {"out": "build/made", "count": 1, "files": ("thesis.docx",)}),
    (["serve", "--address", "8000"], "bad-address", {"found": "8000"}),
    (["serve", "--address", "elsewhere.example:8000"], "bad-address", {"found": "elsewhere.example:8000"}),
    (["serve", "--address", "127.0.0.999:8000"], "bad-address", {"found": "127.0.0.999:8000"}),
    (["serve", "--address", "::1:8000"], "bad-address", {"found": "::1:8000"}),
    (["serve", "--address", "[::1]:65536"], "bad-address", {"found": "[::1]:65536"}),
    (["nginx", "jiangbei"], "no-column-url", {"region": "jiangbei"}),
    (["inspect", "jiangbei", "--site", "docs"], "no-built-site", {"site": "docs"}),
    (["inspect", "jiangbei", "--site", "build/full"], "other-site", {"site": "build/full", "region": "jiangbei"}),
    (["inspect", "--links", "nowhere.txt"], "links-unreadable",
     {"path": "nowhere.txt", "why": "No such file or directory"}),
    (["schema", "--out", "mkdocs.yml"], "not-writable", {"path": "mkdocs.yml", "why": "Not a directory"}),
    (["score", "docs"], "no-answer-files", {"folder": "docs"}),
]  # fmt: skip


@pytest.fixture(name="tree", scope="module")
def _tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that shares its content with this one, a folder in it that no build made, and one with files of others."""
    root = tmp_path_factory.mktemp("usage")
    for name in ("content", "docs", "scoring_wasm"):
        shutil.copytree(ROOT / name, root / name)
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (root / "scripts").mkdir()
    (root / "build" / "full").mkdir(parents=True)
    (root / "build" / "full" / "file").write_text("kept", encoding="utf-8")
    (root / "build" / "full" / "index.html").write_text("<title>Another</title>", encoding="utf-8")
    made = root / "build" / "made"
    made.mkdir()
    for name, text in ((MARKER, ""), (NAME, f"{'0' * 64}  {MARKER}\n"), ("thesis.docx", "years of work")):
        (made / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(name="here")
def _here(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, in which commands are given: none of these changes it."""
    monkeypatch.chdir(tree)
    return tree


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("arguments", "code", "values"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_wrong_usage_is_said_in_a_sentence(
    here: Path, arguments: list[str], code: str, values: dict[str, object], language: str
) -> None:
    done = CliRunner().invoke(main, ["--language", language, *arguments], prog_name="publicity")
    usage, *sentence = done.stderr.splitlines()
    assert sentence == [problem_words().text(Problem("", 0, code, values), language)]
    assert usage.startswith({"zh": "用法：publicity", "en": "Usage: publicity"}[language])
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_line_of_a_list_that_holds_no_address_is_named(here: Path) -> None:
    (here / "dead.txt").write_text("# 已失效\nwww.example.gov.cn\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["--language", "en", "inspect", "--links", "dead.txt"])
    assert done.stderr.splitlines()[1].startswith(
        "dead.txt:2: “www.example.gov.cn” is no address; expected lines that begin with https:// or http://"
    )


def test_a_folder_without_a_project_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--language", "en", "check"])
    assert f"there is no mkdocs.yml in {tmp_path} or above it; " in done.stderr
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = CliRunner().invoke(main, ["--language", "en", "check"])
    assert "the current folder is no longer there; " in done.stderr
    assert done.exit_code == 2


def test_what_only_click_can_say_is_quoted() -> None:
    program = Program("publicity")

    @program.command("build")
    @click.option("--number", type=int)
    def _command(number: int) -> None:
        raise click.UsageError(f"{number} will not do")

    bad = CliRunner().invoke(program, ["build", "--number", "x"], prog_name="publicity")
    assert "--number 的值不对，程序提示“'x' is not a valid integer.”；运行 publicity build --help" in bad.stderr
    refused = CliRunner().invoke(program, ["build", "--number", "7"], prog_name="publicity")
    assert "命令写得不对，程序提示“7 will not do”；" in refused.stderr
    assert (bad.exit_code, refused.exit_code) == (2, 2)


def test_a_console_that_knows_no_chinese_is_told_all_the_same() -> None:
    done = CliRunner(charset="latin-1").invoke(main, ["--language", "zh", "buld"])
    assert (done.exit_code, r"\u6ca1\u6709" in done.stderr) == (2, True)


@pytest.mark.parametrize("width", [20, 41, 78])
def test_chinese_lines_are_no_wider_than_the_terminal_and_begin_with_no_mark(width: int) -> None:
    text = "以这一天为准检查，如 2026-11-22；不写时为今天（按北京时间）。" * 3
    lines = folded(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert len(lines) > 1
    for line in lines:
        assert sum(2 if ord(char) > 0x2000 else 1 for char in line) <= width
        assert line[0] not in "，。；）"


def test_a_path_in_quotes_has_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert PATH.convert("~/x", None, None) == tmp_path / "x"
    assert PATH.convert("~nobody-of-this-machine/x", None, None) == Path("~nobody-of-this-machine/x")
