"""What the core ships: standards with their guidance, words in both languages, a light import, a documented format."""

import json
import subprocess
import sys

import pytest

import scoring
from unit.scoring.scoring_data import (
    SHIPPED,
    STANDARDS,
    engine_json,
    exported,
    guidance_data,
    read,
    standard,
    standard_files,
)

OURS = [name for name in STANDARDS if standard_files()[name].parent == SHIPPED]


def test_both_regions_have_their_standard():
    assert {"chongqing-2023", "guanxian-2023-checklist"} <= set(OURS)


@pytest.mark.parametrize("name", [name for name in OURS if guidance_data(name)])
def test_every_shipped_standard_has_sound_guidance(name):
    guidance = scoring.Guidance.from_data(guidance_data(name), standard(name))
    rules = [rule.id for rule in (*guidance.notes, *guidance.warnings)]
    assert len(rules) == len(set(rules))
    assert guidance.ours["zh"]


def test_the_standard_of_chongqing_is_whole():
    of = standard("chongqing-2023")
    groups = [group for section in of.sections for group in section.groups]
    assert (len(of.sections), len(groups), len(of.item_by_id)) == (7, 20, 39)
    assert (of.base_max, of.bonus_max, of.total_cap, of.pass_mark) == (100_000, 5_000, 100_000, None)
    guidance = scoring.Guidance.from_data(guidance_data("chongqing-2023"), of)
    assert set(guidance.evidence) == set(of.item_by_id)
    assert set(guidance.size_of) == set(of.item_by_id)
    assert [measure.id for measure in guidance.court.measures] == list("1234567")
    assert {period.items: (period.first, period.last) for period in guidance.calendar} == {
        ("5.2.1",): ("01-01", "06-30"),
        ("5.2.2",): ("07-01", "12-31"),
        ("5.3.1",): ("01-01", "12-31"),
    }


def test_the_checklist_of_guanxian_quotes_its_document():
    """Every section and item is in the document's own words, but for the full stop that closes an item."""
    pages = list((SHIPPED.parents[1] / "content" / "guanxian").rglob("*.md"))
    if not pages:
        pytest.skip("the document is not in the content yet")
    text = "".join(page.read_text(encoding="utf-8") for page in pages).replace("\n", "")
    of = standard("guanxian-2023-checklist")
    for quoted in [*(section.title for section in of.sections), *(item.text for item in of.items)]:
        assert quoted.removesuffix("。") in text


IMPORTS = """
import sys
import dataclasses, datetime, hashlib, json, re
before = set(sys.modules)
import scoring
loaded = set(sys.modules) - before
engine = scoring.Engine(sys.argv[1])
for request in sys.argv[2:]:
    assert '"ok": true' in engine.respond(request)
engine.respond("{")
late = set(sys.modules) - before - loaded
print(sorted(name for name in loaded if name.partition(".")[0] != "scoring"))
print(sorted(late))
print(sorted(name for name in ("scoring.batch", "scoring.report") if name in loaded))
"""


def test_the_import_is_light_and_whole():
    """A browser restores the core from memory without the standard library's files: nothing may be imported later."""
    file = exported("chongqing-2023", met=["1.1.2"])
    requests = [
        {"op": "score", "answers": file, "target": "90", "today": "2026-11-26"},
        {"op": "check", "answers": json.dumps(file)},
        {"op": "compare", "before": file, "after": file},
        {"op": "migrate", "answers": file},
    ]
    command = [sys.executable, "-c", IMPORTS, engine_json("chongqing-2023"), *map(json.dumps, requests)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["[]", "[]", "[]"]


def known_keys(error):
    """The keys that a broken standard or guidance could have had where it has none of them."""
    hints = [problem.values["hint"] for problem in error.problems if problem.code == "unknown-key"]
    return {key for hint in hints if isinstance(hint, scoring.Among) for key in hint.words}


def test_the_format_of_standards_is_documented():
    """Every key the reader knows, found by offering it one it does not, is in the README beside the standards."""
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    keys = set()
    for name in ("levels-counts", "plain"):
        data = read(standard_files()[name])
        section = data["sections"][0]
        group = section["groups"][0]
        item = group["items"][0]
        for place in (data, data["source"], section, group, item, *item.get("levels", ())[:1]):
            place["a-key-like-no-other"] = 1
        with pytest.raises(scoring.StandardError) as caught:
            scoring.Standard.from_data(data)
        keys |= known_keys(caught.value)
    assert {"kind", "levels", "each", "capped"} <= keys
    assert sorted(key for key in keys if f"`{key}`" not in text) == []


def test_the_format_of_guidance_is_documented():
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    data = guidance_data("chongqing-2023")
    court = data["court"]
    size = data["effort"]["sizes"][0]
    firsts = (
        data["planning"][0],
        data["roles"][0],
        data["notes"][0],
        data["warnings"][0],
        data["calendar"][0],
        court["measures"][0],
        court["gaps"][0],
    )
    parts = (*firsts, data["effort"], size, court)
    for place in (data, *parts):
        place["a-key-like-no-other"] = 1
    with pytest.raises(scoring.StandardError) as caught:
        scoring.Guidance.from_data(data, standard("chongqing-2023"))
    keys = known_keys(caught.value)
    assert {"notes", "warnings", "calendar"} <= keys
    assert sorted(key for key in keys if f"`{key}`" not in text) == []


def test_where_nothing_says_what_is_less_work_a_checklist_has_nothing_to_begin_with():
    name = "guanxian-2023-checklist"
    request = json.dumps({"op": "score", "today": "2026-11-27", "answers": exported(name, met=[])})
    agendas = [
        json.loads(scoring.Engine(engine_json(name, **changes)).respond(request))["result"]["agenda"]
        for changes in ({"guidance": None}, {})
    ]
    assert [len(agenda["rows"]) > 3 for agenda in agendas] == [True, True]
    assert [len(agenda["first"]) for agenda in agendas] == [0, 3]
    assert {row["by"] for row in agendas[0]["rows"]} == {""}
