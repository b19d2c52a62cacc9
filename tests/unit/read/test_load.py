"""Reading a region: one that is not there is wrong usage."""

from pathlib import Path

import pytest

from publicity.problems import Near, Problem, UsageError
from publicity.project import Project
from publicity.read.load import load


def test_a_region_that_is_not_there_has_its_hint() -> None:
    with pytest.raises(UsageError) as raised:
        load(Project.find(Path(__file__)), "guanxain")
    assert raised.value.problem == Problem("", 0, "no-region", {"region": "guanxain", "hint": Near("guanxian")})
