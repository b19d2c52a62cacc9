"""Reading a region: one that is not there is wrong usage."""

from pathlib import Path

import pytest

from publicity.problems import Near, Problem, UsageError
from publicity.project import Project
from publicity.read.load import load
from publicity.work.shelf import read_values


def test_a_region_that_is_not_there_has_its_hint() -> None:
    with pytest.raises(UsageError) as raised:
        load(Project.find(Path(__file__)), "guanxain")
    assert raised.value.problem == Problem("", 0, "no-region", {"region": "guanxain", "hint": Near("guanxian")})


def test_what_a_preview_has_read_goes_on_being_kept(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicity.read.parsed._parsed", {})  # as in a process that begins

    def kept() -> dict[str, object]:
        values: dict[str, object] = read_values(small / "build/kept/front-matter/mini.json")
        return values

    (small / "build/kept/front-matter/mini.json").unlink()
    load(Project(small), "mini")
    before = kept()
    assert len(before) == 2
    plan = small / "content/mini/policies/plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title: ", "title: 新", 1), encoding="utf-8")
    load(Project(small), "mini")
    assert kept().keys() == before.keys()
