"""What the checks say of a draft stands beside its field."""

import re
from pathlib import Path

import pytest

from helpers.mistakes import MISTAKES, mistaken_project, written
from publicity.check import check
from publicity.edit.checking import findings_of
from publicity.edit.drafts import Draft, EntryName
from publicity.labels.sentences import choose_language
from publicity.project import Project
from publicity.read.load import load


def _draft(path: str, text: str) -> Draft:
    folder, collection, slug = path.removeprefix("content/").removesuffix(".md").split("/")
    unsaved = {path: text.encode()}
    return Draft(EntryName(folder, collection, slug), "", None, {}, {}, unsaved, False, False, False)


def test_every_mistake_that_can_be_typed_is_told_beside_its_field(tmp_path_factory: pytest.TempPathFactory) -> None:
    root: Path = mistaken_project(tmp_path_factory.mktemp("mistakes"))
    problems = dict.fromkeys(check(load(Project(root), "mini")), False)
    typed = [(number, mistake) for number, mistake in enumerate(MISTAKES) if not {"encoding", "file"} & set(mistake)]
    assert len(typed) > 60
    apart, texts = [], {}
    choose_language("zh")
    for number, mistake in typed:
        path, text, _, line = written(mistake, number)
        found = (one for one in findings_of(problems, _draft(path, text)).own if one.code == mistake["code"])
        told = next(found, None)
        texts[mistake["slip"]] = told and told.text
        keys = re.findall(r"^[\s　]*(\w+)", mistake.get("front", ""), re.MULTILINE)
        beside = {"body"} if "body" in mistake else {"raw", *keys}
        if told is None or told.field.partition(".")[0] not in beside or (told.field == "raw" and told.line != line):
            apart.append((mistake["slip"], told))
    assert apart == []
    # A form shows no YAML; a file that cannot be read as one does.
    assert texts["没有写摘要"] == "“摘要（summary）”没有写内容；请填写"
    assert "title: " in (texts["标题里有冒号加空格"] or "")
