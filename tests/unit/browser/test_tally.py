"""The tally in the browser counts exactly as the core does, on any standard and any answers."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.read.source import read_yaml
from scoring import Standard, parse_answers, score, tree
from scoring.parts import Item
from scoring.result import quantities

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (ROOT / "scoring_wasm/standards", ROOT / "tests/unit/scoring/standards")
STANDARDS = [path for folder in FOLDERS for path in sorted(folder.glob("*.yml")) if "." not in path.stem]
PROGRAM = """
import { createInterface } from "node:readline";
import { tally } from "./scoring_wasm/browser/form/tally.js";
for await (const line of createInterface({ input: process.stdin })) {
  const { tree, quantities } = JSON.parse(line);
  console.log(JSON.stringify(Object.fromEntries(tally(tree, new Map(Object.entries(quantities))))));
}
"""


class Tally:
    """The real script in Node, asked line by line."""

    def __init__(self) -> None:
        command = ["node", "--input-type=module", "--eval", PROGRAM]
        self._node = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def count(self, counted: dict[str, Any], quantities: dict[str, int]) -> dict[str, str]:
        """The scores by node."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"tree": counted, "quantities": quantities}) + "\n")
        answer: dict[str, str] = json.loads(self._node.stdout.readline())
        return answer

    def close(self) -> None:
        """End Node."""
        self._node.kill()
        self._node.communicate()


@pytest.fixture(name="node", scope="module")
def _node() -> Iterator[Tally]:
    running = Tally()
    yield running
    running.close()


def _standard(path: Path) -> Standard:
    source, problems = read_yaml(path, path.name)
    assert source
    assert problems == []
    return Standard.from_data(source.data)


def _answer(item: Item) -> st.SearchStrategy[dict[str, Any]]:
    """Any answer by which an item is met."""
    if item.levels:
        return st.sampled_from([{"met": True, "level": level.id} for level in item.levels])
    if item.each is not None:
        return st.integers(1, 20).map(lambda count: {"met": True, "count": count})
    return st.just({"met": True})


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
@settings(max_examples=150)
@given(data=st.data())
def test_tally_equals_core(path: Path, node: Tally, data: st.DataObject) -> None:
    standard = _standard(path)
    items = data.draw(st.sets(st.sampled_from(list(standard.item_by_id))))
    exported = {
        "format": "trade-secret-self-assessment",
        "version": 1,
        "standard": {"id": standard.id, "sha256": standard.sha256},
        "answers": {item: data.draw(_answer(standard.item_by_id[item])) for item in sorted(items)},
    }
    answers = parse_answers(json.dumps(exported), standard)
    result = score(standard, answers).to_data()
    counted = node.count(tree(standard), quantities(answers))
    if result["scored"]:
        assert counted["total"] == result["total"]
        assert counted["base"] == result["base"]
        assert counted.get("bonus") == result["bonus"]
        assert {id_: counted[id_] for id_ in result["sections"]} == result["sections"]


@given(
    leaves=st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8),
    cap=st.integers(0, 99999),
)
@settings(max_examples=150)
def test_tally_is_exact_on_any_decimals(node: Tally, leaves: list[tuple[int, int, int]], cap: int) -> None:
    children = [{"id": str(i), "points": _decimal(units, digits)} for i, (units, digits, _) in enumerate(leaves)]
    quantities = {str(i): quantity for i, (_, _, quantity) in enumerate(leaves)}
    counted = node.count({"id": "total", "cap": _decimal(cap, 3), "children": children}, quantities)
    units = sum(units * 10 ** (3 - digits) * quantity for units, digits, quantity in leaves)
    assert counted["total"] == _decimal(min(units, cap), 3)


def _decimal(units: int, digits: int) -> str:
    text = str(units).rjust(digits + 1, "0")
    whole, rest = (text[:-digits], text[-digits:].rstrip("0")) if digits else (text, "")
    return f"{whole}.{rest}" if rest else whole
