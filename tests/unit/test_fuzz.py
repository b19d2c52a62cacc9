"""The fuzzing that `scripts/bench fuzz` does, in a small share; and that it sees what it is there to see."""

import os
import time
from pathlib import Path
from random import Random

import pytest

from bench.fuzzing.allowlist import body_faults, drawing_faults, portal_faults
from bench.fuzzing.answers import Answers
from bench.fuzzing.contents import Contents
from bench.fuzzing.pool import Pool
from bench.fuzzing.target import ACCEPTED, HARMFUL, REFUSED, Case, Target

SEED = 1


def _mishaps(target: type[Target], cases: int, folder: Path) -> list[str]:
    """What of some cases did not end well."""
    pool = Pool(target, SEED, cases, folder, processes=2)
    return [f"{found.number}: {found.outcome}: {found.sign}" for findings in pool.run() for found in findings]


def test_answer_files(tmp_path: Path) -> None:
    assert _mishaps(Answers, 300, tmp_path) == []


def test_contents_are_made_of_sound_ones(tmp_path: Path) -> None:
    contents = Contents(tmp_path)
    cases = [
        Case(kind, seed.path, seed.data)
        for kind, seeds in contents.seeds.items()
        for seed in seeds[::3]  # a part of them, since all are checked as content
        if kind != "front matter"
    ]  # those of bodies
    assert {case.name: told for case in cases if (told := contents.run(case)) != (ACCEPTED, "")} == {}


def test_contents(tmp_path: Path) -> None:
    assert _mishaps(Contents, 200, tmp_path) == []


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("文字 **x** [y](https://www.gov.cn/)", []),
        ("<script>x</script>", ["element script"]),
        ('<b onclick="x">y</b>', ["attribute onclick"]),
        ("[x](java\tscript:alert%281%29)", []),  # no link to Markdown
        ('<a href="java&#10;script:x">y</a>', ["address href"]),
        ("![x](//evil.example/x.png)", ["address src"]),
        ("</div></main>x", ["reaches out"]),
        ("x <!-- y -->", ["comment"]),
    ],
)
def test_the_list_of_html(body: str, faults: list[str]) -> None:
    assert body_faults(body) == faults


def test_lists_of_portals_and_drawings() -> None:
    assert portal_faults("<p>x</p>") == []
    assert portal_faults("<form><p>x</form>") == ["element form"]
    assert drawing_faults(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>') == []
    assert drawing_faults(b'<svg onload="x"><script/></svg>') == ["attribute svg onload", "element script"]


class Troubled(Target):
    """Fails in every way that a case can."""

    kinds = ("even", "odd")

    def __init__(self, folder: Path) -> None:  # noqa: ARG002
        self._ways = {3: self._die, 5: self._hang, 7: self._raise}

    def make(self, dice: Random) -> Case:
        raise NotImplementedError

    def case(self, seed: int, number: int) -> Case:  # noqa: ARG002
        return Case(self.kinds[number % 2], str(number), b"")

    def run(self, case: Case) -> tuple[str, str]:
        self._ways.get(int(case.name), lambda: None)()
        return {"8": (HARMFUL, "x"), "9": (ACCEPTED, "")}.get(case.name, (REFUSED, ""))

    @staticmethod
    def _die() -> None:
        os._exit(9)

    @staticmethod
    def _hang() -> None:
        while True:
            time.sleep(60)

    @staticmethod
    def _raise() -> None:
        raise RecursionError


def test_cases_that_hang_or_kill_their_process(tmp_path: Path) -> None:
    pool = Pool(Troubled, 0, 20, tmp_path, processes=2, patience=1)
    found = [finding for findings in pool.run() for finding in findings]
    assert {finding.number: (finding.outcome, finding.sign) for finding in found} == {
        3: ("crashed", "exit status 9"),
        5: ("hung", "in unit/test_fuzz.py:_hang"),
        7: ("crashed", "RecursionError in unit/test_fuzz.py:_raise"),
        8: ("harmful", "x"),
    }
    counts = {kind: dict(+counter) for kind, counter in pool.tally().counts.items()}
    assert counts == {
        "even": {"refused": 9, "harmful": 1},
        "odd": {"refused": 6, "accepted": 1, "crashed": 2, "hung": 1},
    }
