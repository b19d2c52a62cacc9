"""A file that is as it was is not read again; one that might have changed is."""

import os
from pathlib import Path

import pytest

from publicity.project import Project
from publicity.read import parsed as module
from publicity.read.files.plain import reading_instead
from publicity.read.load import load

PLAN = "content/mini/policies/plan.md"


@pytest.fixture(name="read")
def _read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, for whom a moment is long enough to tell two changes apart."""
    names: list[str] = []
    original = module.read_text

    def noted(path: Path, name: str) -> object:
        names.append(name)
        return original(path, name)

    monkeypatch.setattr(module, "read_text", noted)
    monkeypatch.setattr("publicity.read.files.plain._GRAIN", 0)
    return names


def _title(project: Path) -> str:
    return load(Project(project), "mini").content.entries["policies"]["plan"].meta.title


def test_only_what_has_changed_is_read(small: Path, read: list[str]) -> None:
    title = _title(small)
    assert PLAN in read
    read.clear()
    assert _title(small) == title
    assert read == []
    plan = small / PLAN
    status = plan.stat()
    plan.write_text(plan.read_text(encoding="utf-8").replace(title, title[::-1]), encoding="utf-8")
    os.utime(plan, ns=(status.st_atime_ns, status.st_mtime_ns))  # as some programs do; the size is the same, too
    assert _title(small) == title[::-1]
    assert read == [PLAN]


def test_two_changes_in_one_moment_are_told_apart(small: Path) -> None:
    plan = small / PLAN
    title = _title(small)
    for _ in range(2):
        title = title[::-1]
        plan.write_text(plan.read_text(encoding="utf-8").replace(title[::-1], title), encoding="utf-8")
        assert _title(small) == title


def test_what_is_read_instead_of_a_file_counts_while_it_is(small: Path, read: list[str]) -> None:
    title = _title(small)
    other = (small / PLAN).read_text(encoding="utf-8").replace(title, title[::-1])
    with reading_instead({small / PLAN: other.encode()}):
        assert _title(small) == title[::-1]
    assert _title(small) == title
