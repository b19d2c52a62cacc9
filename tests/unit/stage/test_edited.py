"""After an edit of a body, only what was made from it is staged anew; the folder is then as if all had been staged."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import copy_project
from helpers.word_files import picture
from publicity.check import sound_column
from publicity.project import Project, files_below
from publicity.stage import stage
from publicity.stage.edited import Staged, keep_staging, kept_texts, known_texts, staged_from
from publicity.stage.files.folder import write_staging

Staging = Callable[[str, Staged | None], tuple[Staged, frozenset[str], int]]
FOLDERS = ("content", "docs", "scoring_wasm")
TEXT = "\n\n新改的一句话。\n"


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("edited"))


@pytest.fixture(name="staging")
def _staging(project: Path, tmp_path: Path) -> Staging:
    """Stages the project as it is, in a folder of some name; returns what was made of what, the paths of what has changed, and how much was known."""

    def made(name: str, before: Staged | None = None) -> tuple[Staged, frozenset[str], int]:
        column = sound_column(Project(project), "jiangbei")
        staged = staged_from(column, {}, frozenset(), {})
        known = known_texts(before, staged) if before else {}
        parts = stage(column, {}, frozenset())
        changed, texts = write_staging(tmp_path / name, parts, {}, project / "docs/assets", known)
        return replace(staged, texts=texts), changed, len(known)

    return made


@pytest.fixture(autouse=True)
def _as_it_was(project: Path) -> Iterator[None]:
    """What a test edits is put back."""
    before = {
        file: file.read_bytes()
        for folder in FOLDERS
        for file in (project / folder).rglob("*.*")
        if file.suffix in (".md", ".yml")
    }
    yield
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    for folder in FOLDERS:
        for file in set((project / folder).rglob("*.md")) - before.keys():
            file.unlink()


def _read(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


@pytest.mark.parametrize(
    "names",
    [
        ["content/jiangbei/policies/jbfbf-2023-65.md"],
        ["content/jiangbei/newsletter/issue-4.md"],
        ["content/shared/cases/carbomer-2020.en.md"],
        ["content/shared/questions/patent-or-secret.md", "content/shared/templates/mutual-nda.md", "docs/about.md"],
    ],
)
def test_a_body_is_staged_as_if_all_were(project: Path, tmp_path: Path, staging: Staging, names: list[str]) -> None:
    before = staging("edited", None)[0]
    for name in names:
        file = project / name
        file.write_text(file.read_text(encoding="utf-8") + TEXT, encoding="utf-8")
    after, changed, known = staging("edited", before)
    assert 0 < len(changed) <= len(after.texts) - known < 10 * len(names)
    staging("whole", None)
    assert _read(tmp_path / "edited") == _read(tmp_path / "whole")


def test_a_page_that_shows_other_entries_was_made_from_their_bodies_too(staging: Staging) -> None:
    made = staging("whole", None)[0].texts["zh/newsletter/index.md"]
    assert {f"content/jiangbei/newsletter/issue-{number}.md" for number in (4, 5, 6)} <= made.bodies


def _front_matter(project: Path) -> None:
    file = project / "content/jiangbei/policies/jbfbf-2023-65.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: 新改的", 1), encoding="utf-8")


def _new_entry(project: Path) -> None:
    folder = project / "content/shared/guides"
    (folder / "another.md").write_bytes((folder / "evidence.md").read_bytes())


def _line_more(project: Path) -> None:
    file = project / "content/jiangbei/policies/jbfbf-2023-65.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\n# 注\n", 1), encoding="utf-8")


def _data(name: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / name
        file.write_text(f"{file.read_text(encoding='utf-8')}\n# 注\n", encoding="utf-8")

    return change


DATA = [
    "content/jiangbei/region.yml",
    "content/jiangbei/stations.yml",
    "content/jiangbei/tasks.yml",
    "content/shared/glossary.yml",
    "content/shared/training.yml",
    "scoring_wasm/standards/chongqing-2023.yml",
    "scoring_wasm/standards/chongqing-2023.guidance.yml",
    "scoring_wasm/standards/chongqing-2023.explanations.yml",
]


CHANGES = {
    "front matter": _front_matter,
    "a new entry": _new_entry,
    "a line more": _line_more,
    **{name: _data(name) for name in DATA},
}


def test_any_other_change_stages_all(project: Path, staging: Staging) -> None:
    """One change after the other: each time nothing is known of what was staged before."""
    made = staging("edited", None)[0]
    for name, change in CHANGES.items():
        change(project)
        made, _, known = staging("edited", made)
        assert (name, known) == (name, 0)


def test_another_process_takes_what_lies_there_as_it_was_made(tmp_path: Path, staging: Staging) -> None:
    made = staging("edited", None)[0]
    keep_staging(tmp_path / "kept.json", made)
    damaged, gone = sorted(made.texts)[:2]
    (tmp_path / "edited" / made.texts[damaged].path).write_text("---\n---\n", encoding="utf-8")
    (tmp_path / "edited" / made.texts[gone].path).unlink()
    now = replace(made, texts={})
    known = kept_texts(tmp_path / "kept.json", tmp_path / "edited", now)
    assert known == {name: text for name, text in made.texts.items() if name not in (damaged, gone)}
    assert kept_texts(tmp_path / "kept.json", tmp_path / "edited", replace(now, besides="")) == {}


def test_a_file_beside_the_texts_stages_all(project: Path, staging: Staging) -> None:
    file = project / "content/jiangbei/policies/seal.png"
    file.write_bytes(picture().getvalue())
    before = staging("edited", None)[0]
    assert staging("edited", before)[2] == len(before.texts)
    os.utime(file, ns=(0, 0))
    assert staging("edited", before)[2] == 0
    file.unlink()
