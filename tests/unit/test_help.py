"""Help: every command, argument and option has it in both languages, and stands in the manuals."""

import re
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from conftest import ROOT
from publicity.cli import main
from publicity.markup.converter import make_converter
from publicity.models import ENTRY_MODELS
from publicity.read.source import parse_markdown
from unit.test_texts import FOLDER

MANUALS = (ROOT / "README.md", *sorted((ROOT / "docs" / "manuals").glob("*.md")))
"""What an editor or operator reads to learn the commands."""
WORDS = yaml.safe_load((FOLDER / "commands.yml").read_text(encoding="utf-8"))
COMMANDS: dict[str, click.Command] = {"publicity": main, **main.commands}


def typed(command: click.Command) -> set[str]:
    """The arguments and options of a command, as they are typed."""
    context = click.Context(command, info_name=command.name)
    return {
        max(param.opts, key=len) if isinstance(param, click.Option) else param.make_metavar(context).strip("[].")
        for param in command.get_params(context)
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_all_that_can_be_typed_has_help_in_both_languages(name: str) -> None:
    words = WORDS["commands"][name]
    assert typed(COMMANDS[name]) <= {*words, *WORDS["common"]}
    assert set(words) <= {"about", *typed(COMMANDS[name])}  # nothing is explained that is not there
    for texts in (*words.values(), *WORDS["common"].values(), *WORDS["headings"].values()):
        assert set(texts) == {"zh", "en"}
        assert ("{default}" in texts["zh"]) == ("{default}" in texts["en"])


def test_help_is_there_for_these_commands_alone() -> None:
    assert set(WORDS["commands"]) == set(COMMANDS)


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown_in_the_language_of_the_run(name: str, language: str, other: str) -> None:
    command = [] if name == "publicity" else [name]
    done = CliRunner().invoke(main, ["--language", language, *command, "--help"], prog_name="publicity")
    assert done.exit_code == 0
    shown = "".join(done.stdout.split())
    for words in WORDS["commands"][name].values():
        default = words[language].partition("{default}")[0]
        assert "".join(default.split()) in shown
        assert "".join(words[other].partition("{default}")[0].split()) not in shown
    assert WORDS["headings"]["Options"][language] in done.stdout
    assert all(option in done.stdout for option in typed(COMMANDS[name]))
    assert not re.search(r"\[(required|x>=0)\]", done.stdout)  # click's own words
    needed = sum(isinstance(param, click.Option) and param.required for param in COMMANDS[name].params)
    assert shown.count("".join(WORDS["headings"]["needed"][language].split())) == needed


def test_the_environment_chooses_the_language() -> None:
    for locale, usage in (("zh_CN.UTF-8", "用法："), ("en_US.UTF-8", "Usage: ")):
        done = CliRunner().invoke(main, ["--help"], env={"LC_ALL": locale})
        assert done.stdout.startswith(usage)


def test_the_table_of_commands_has_them_all_and_no_option_that_is_none() -> None:
    manual = (ROOT / "docs" / "manuals" / "operators.md").read_text(encoding="utf-8").partition("## 八、命令一览")[2]
    rows = re.findall(r"^\| `publicity (\w+)` \| (.+) \|$", manual, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(main.commands)
    for name, about in rows:
        assert set(re.findall(r"`(--[\w-]+)`", about)) <= typed(COMMANDS[name])


def test_the_editors_manual_names_every_kind_where_it_is_written() -> None:
    manual = (ROOT / "docs" / "manuals" / "editors.md").read_text(encoding="utf-8")
    own, shared = re.search(r"样稿的种类：(.+?)写入地区的文件夹；(.+?)由各地区共用", manual, re.DOTALL).groups()
    for text, is_shared in ((own, False), (shared, True)):
        kinds = {model.kind_name() for model in ENTRY_MODELS.values() if model.shared == is_shared}
        assert set(re.findall(r"`(\w+)`", text)) == kinds


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_manuals(name: str) -> None:
    text = "\n".join(manual.read_text(encoding="utf-8") for manual in MANUALS)
    options = {option for option in typed(COMMANDS[name]) if option.startswith("--")} - {"--help"}
    missing = sorted(option for option in {name, *options} if option not in text)
    assert missing == []


@pytest.mark.parametrize("manual", MANUALS, ids=lambda manual: manual.name)
def test_what_a_manual_shows_to_be_copied_is_read_as_it_stands(manual: Path) -> None:
    samples = re.findall(
        r"```(?:yaml\n(.*?)|markdown\n---\n(.*?)\n---\n.*?)```", manual.read_text(encoding="utf-8"), re.S
    )
    assert [
        (problem.code, problem.values)
        for sample in samples
        for problem in parse_markdown(f"---\n{''.join(sample)}\n---\n", manual.name)[1]
    ] == []


@pytest.mark.parametrize("manual", MANUALS[1:], ids=lambda manual: manual.name)
def test_a_manual_says_how_its_commands_are_typed_on_windows(manual: Path) -> None:
    text = manual.read_text(encoding="utf-8")
    typed = {".venv/bin/publicity": r".venv\Scripts\publicity", "./scripts/": "py scripts\\"}
    assert [there for there, here in typed.items() if there in text and here not in text] == []


@pytest.mark.parametrize("manual", MANUALS, ids=lambda manual: manual.name)
def test_every_table_of_a_manual_shows_as_one(manual: Path) -> None:
    html = make_converter().convert(manual.read_text(encoding="utf-8"))
    assert "<table>" in html
    assert re.findall(r"<p>\|.*", html) == []
