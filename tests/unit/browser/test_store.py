"""The sheet in use, without a page: what changes it, what undo takes back, who is told of what."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import { readFileSync } from "node:fs";
import { answerTo, isFilled, onStandard, readKept } from "./scoring_wasm/browser/form/sheet.js";
import { Store } from "./scoring_wasm/browser/form/store.js";
const standard = { id: "s", sha256: "now" };
const items = ["1", "2"];
const steps = {
  tick: (store, id) => store.change((sheet) => { answerTo(sheet, id).met = true; }),
  type: (store, field, text) => store.change((sheet) => { sheet[field] = text; }, field),
  adopt: (store, file) => store.adopt(file),
  reopen: (store, text) => store.reset(onStandard(readKept(text), standard, items)),
  undo: (store) => store.undo(),
  reset: (store) => store.reset(),
  answer: (store, id, answer) => store.change((sheet) => Object.assign(answerTo(sheet, id), answer)),
};
const runs = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(runs.map((run) => {
  let day = 0;
  const store = new Store({ standard, items, today: () => `2026-01-0${day}` });
  const told = [];
  store.subscribe((sheet, cause) => told.push({ cause, sheet, edition: store.edition, canUndo: store.canUndo }));
  for (const [name, ...values] of run) {
    day = Math.min(day + 1, 9);
    steps[name](store, ...values);
  }
  return { told, sheet: store.get(), file: store.file(), isFilled: isFilled(store.get()) };
})));
"""


def run(*steps: list[Any]) -> dict[str, Any]:
    """A new store after these steps; `told` is what a subscriber heard."""
    return runs([list(steps)])[0]


def runs(many: list[list[list[Any]]]) -> list[dict[str, Any]]:
    """The same for many stores, in one Node."""
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", PROGRAM],
        cwd=ROOT,
        input=json.dumps(many),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def read(text: str) -> Any:
    """What is read of a text that was kept."""
    program = 'import { readKept } from "./scoring_wasm/browser/form/sheet.js"; console.log(JSON.stringify(readKept(process.argv[1])));'
    command = ["node", "--input-type=module", "--eval", program, text]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout)


def met(sheet: dict[str, Any]) -> set[str]:
    return {item for item, answer in sheet["answers"].items() if answer["met"]}


def test_every_change_is_told_with_its_cause_and_a_sheet_that_stays() -> None:
    told = run(["tick", "1"], ["tick", "2"], ["undo"], ["reset"])["told"]
    assert [event["cause"] for event in told] == ["change", "change", "undo", "reset"]
    assert [met(event["sheet"]) for event in told] == [{"1"}, {"1", "2"}, {"1"}, set()]
    assert [event["edition"] for event in told] == [1, 2, 3, 4]
    assert [event["canUndo"] for event in told] == [True, True, True, False]


def test_what_is_typed_in_one_field_is_one_step() -> None:
    typed = [["type", "unit", "甲"], ["type", "unit", "甲乙"], ["type", "name", "春"], ["type", "unit", "丙"]]
    sheets = [run(*typed, *[["undo"]] * times)["sheet"] for times in range(4)]
    assert [(sheet["unit"], sheet["name"]) for sheet in sheets] == [
        ("丙", "春"),
        ("甲乙", "春"),
        ("甲乙", ""),
        ("", ""),
    ]


def test_a_tick_ends_the_typing() -> None:
    sheet = run(["type", "unit", "甲"], ["tick", "1"], ["type", "unit", "乙"], ["undo"])["sheet"]
    assert sheet["unit"] == "甲"
    assert met(sheet) == {"1"}


def test_after_an_undo_typing_is_a_step_of_its_own() -> None:
    done = run(["tick", "1"], ["type", "unit", "甲"], ["undo"], ["type", "unit", "乙"], ["undo"])["sheet"]
    assert (done["unit"], met(done)) == ("", {"1"})


def test_undo_of_nothing_is_told_to_nobody() -> None:
    assert run(["undo"])["told"] == []


def test_a_change_dates_the_sheet_and_undo_brings_the_day_back() -> None:
    assert run(["tick", "1"], ["tick", "2"])["sheet"]["created"] == "2026-01-02"
    assert run(["tick", "1"], ["tick", "2"], ["undo"])["sheet"]["created"] == "2026-01-01"
    assert run()["sheet"]["created"] == ""
    assert run()["file"]["created"] == "2026-01-00"


def test_a_file_replaces_all_keeps_its_day_and_can_be_undone() -> None:
    file = {"created": "2025-05-01", "unit": "乙", "answers": {"2": {"met": True}}}
    adopted = run(["tick", "1"], ["type", "name", "春"], ["adopt", file])["sheet"]
    assert adopted == {"unit": "乙", "name": "", "created": "2025-05-01", "answers": {"2": {"met": True}}}
    before = run(["tick", "1"], ["type", "name", "春"], ["adopt", file], ["undo"])["sheet"]
    assert met(before) == {"1"}
    assert before["name"] == "春"


def test_after_a_reset_nothing_comes_back() -> None:
    done = run(["tick", "1"], ["reset"], ["undo"])
    assert met(done["sheet"]) == set()
    assert done["told"][-1]["cause"] == "reset"


def test_the_file_names_every_item_in_the_order_of_the_standard() -> None:
    file = run(["tick", "2"])["file"]
    assert list(file["answers"].items()) == [("1", {"met": False}), ("2", {"met": True})]
    assert file["standard"] == {"id": "s", "sha256": "now"}


@pytest.mark.parametrize(
    ("answer", "exported"),
    [
        ({"met": True, "count": 2, "level": ""}, {"met": True, "count": 2}),
        ({"count": 0}, {"met": False, "count": 0}),
        ({"evidence": [{"holder": "档案室"}, {"name": ""}]}, {"met": False, "evidence": [{"name": "", "date": "", "holder": "档案室"}]}),
        ({"evidence": [{"date": "2026-01-02"}]}, {"met": False, "evidence": [{"name": "", "date": "2026-01-02", "holder": ""}]}),
        ({"check": True}, {"met": False, "check": True}),
        ({"note": "", "evidence": [], "owner": "", "due": "", "check": False}, {"met": False}),
    ],
)  # fmt: skip
def test_all_that_was_said_is_exported_and_makes_the_sheet_filled(
    answer: dict[str, Any], exported: dict[str, Any]
) -> None:
    done = run(["answer", "1", answer])
    assert done["file"]["answers"]["1"] == exported
    assert done["isFilled"] is (exported != {"met": False})


@pytest.mark.parametrize("answer", [{}, {"met": 1}, {"met": True, "evidence": {}}, None])
def test_what_is_kept_damaged_is_not_read(answer: Any) -> None:
    kept = {
        "format": "trade-secret-self-assessment",
        "standard": {"id": "s", "sha256": "now"},
        "answers": {"1": answer},
    }
    assert read(json.dumps(kept)) is None
    kept["answers"] = {"1": {"met": True, "evidence": []}}
    assert read(json.dumps(kept)) == kept


def test_what_was_kept_for_another_version_is_to_be_checked_and_strange_items_go() -> None:
    answers = {"1": {"met": True}, "2": {"met": False}, "9": {"met": True}}
    kept = {"format": "trade-secret-self-assessment", "standard": {"id": "s", "sha256": "then"}, "answers": answers}
    sheet = run(["reopen", json.dumps(kept)])["sheet"]
    assert sheet["answers"] == {"1": {"met": True, "check": True}, "2": {"met": False}}
    kept["standard"] = {"id": "s", "sha256": "now"}
    assert run(["reopen", json.dumps(kept)])["sheet"]["answers"] == {"1": {"met": True}, "2": {"met": False}}


STEPS = st.one_of(
    st.tuples(st.just("tick"), st.sampled_from("12")).map(list),
    st.tuples(st.just("type"), st.sampled_from(["unit", "name"]), st.text("甲乙", max_size=2)).map(list),
    st.just(["undo"]),
    st.just(["reset"]),
)


@settings(max_examples=20)
@given(many=st.lists(st.lists(STEPS, max_size=12), min_size=30, max_size=30))
def test_undo_goes_back_through_every_step_whatever_was_done(many: list[list[list[Any]]]) -> None:
    """Against a model that keeps all sheets there were."""
    for steps, done in zip(many, runs(many), strict=True):
        past: list[tuple[str, str, set[str]]] = []
        now: tuple[str, str, set[str]] = ("", "", set())
        typing = None
        for name, *values in steps:
            field = values[0] if name == "type" else None
            if name == "undo":
                now = past.pop() if past else now
            elif name == "reset":
                past, now = [], ("", "", set())
            else:
                if field is None or field != typing:
                    past.append(now)
                unit, title, ticked = now
                if name == "tick":
                    now = (unit, title, ticked | {values[0]})
                else:
                    now = (values[1], title, ticked) if field == "unit" else (unit, values[1], ticked)
            typing = field
        sheet = done["sheet"]
        assert (sheet["unit"], sheet["name"], met(sheet)) == now


def test_a_hundred_steps_come_back_and_no_more() -> None:
    steps = [["tick", "1"] for _ in range(100)]
    assert met(run(["tick", "2"], *steps, *[["undo"]] * 200)["sheet"]) == {"2"}
    assert met(run(*steps, *[["undo"]] * 100)["sheet"]) == set()
