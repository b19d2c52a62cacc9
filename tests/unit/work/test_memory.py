"""Results are remembered in a process, and kept on a shelf for the next."""

from pathlib import Path

import pytest

from publicity.work.memory import Memory
from publicity.work.shelf import Shelf, read_values

WORDS = {str(number): str(number) for number in range(200)}


@pytest.fixture(name="worked")
def _worked() -> list[str]:
    return []


def _memory(worked: list[str]) -> Memory[str, str]:
    """A memory as a process begins with; what it works on is noted."""

    def work(word: str) -> str:
        worked.append(word)
        return word * 2

    return Memory(work, length=len, dumps=str, loads=str)


def test_what_a_process_before_has_worked_out_is_taken_from_the_shelf(tmp_path: Path, worked: list[str]) -> None:
    _memory(worked).of(WORDS, Shelf(tmp_path / "one.json"))
    worked.clear()
    assert _memory(worked).of(WORDS, Shelf(tmp_path / "one.json"))["7"] == "77"
    assert worked == []


def test_a_second_shelf_gets_what_is_remembered_though_hardly_anything_is_new(
    tmp_path: Path, worked: list[str]
) -> None:
    memory = _memory(worked)
    memory.of(WORDS, Shelf(tmp_path / "one.json"))
    memory.of({**WORDS, "own": "own"}, Shelf(tmp_path / "other.json"))
    assert read_values(tmp_path / "other.json").keys() == {*WORDS, "own"}


def test_after_an_edit_the_shelf_is_not_read_again(
    tmp_path: Path, worked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _memory(worked)
    memory.of(WORDS, Shelf(tmp_path / "one.json"))
    monkeypatch.setattr("publicity.work.shelf.read_values", lambda _: pytest.fail("it was read"))
    assert memory.of({**WORDS, "own": "own"}, Shelf(tmp_path / "one.json"))["own"] == "ownown"
