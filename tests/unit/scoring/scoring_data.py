"""What the tests of the core share: the standards there are, and exported files made in one line."""

import json
from functools import cache
from pathlib import Path

import yaml

import scoring
from publicity.labels.sentences import problem_words
from scoring.problems import CODES

HERE = Path(__file__).parent
WORDS = problem_words()
SHIPPED = HERE.parents[2] / "scoring_wasm" / "standards"


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def standard_files():
    """Every standard in the repository and every one made for the tests, by id."""
    files = [*SHIPPED.glob("*.yml"), *(HERE / "standards").glob("*.yml")]
    return {file.name.removesuffix(".yml"): file for file in files if "." not in file.stem}


STANDARDS = sorted(standard_files())


@cache
def standard(name):
    return scoring.Standard.from_data(read(standard_files()[name]))


def guidance_data(name):
    """The guidance beside a standard, None where there is none."""
    file = standard_files()[name].with_suffix(".guidance.yml")
    return read(file) if file.exists() else None


@cache
def engine(name):
    return scoring.Engine(engine_json(name))


def engine_json(name, **changes):
    """What an engine is made of: the standard, the guidance beside it and the core's words."""
    data = {"standard": standard(name).to_data(), "guidance": guidance_data(name), "words": WORDS.part(CODES)}
    return json.dumps(data | changes)


def problem(keys, code, values=None):
    """A problem as a case writes it: [keys with slashes, code, values], where a hint is {near: x} or {among: [x]}."""
    values = dict(values or {})
    if "hint" in values:
        ((kind, words),) = values["hint"].items()
        values["hint"] = scoring.Near(words) if kind == "near" else scoring.Among(tuple(words))
    steps = tuple(int(step) if step.isdigit() else step for step in keys.split("/")) if keys else ()
    return scoring.Problem("", 0, code, values, steps)


def exported(name, met=(), but=(), **given):
    """An exported file: items `met` ("all": every one) `but` some, answers in full `with`, other keys as given."""
    of = standard(name)
    names = list(of.item_by_id) if met == "all" else met
    answers = {item: {"met": True} for item in names if item not in but} | given.pop("with", {})
    head = {"format": "trade-secret-self-assessment", "version": 1, "standard": {"id": of.id, "sha256": of.sha256}}
    return {**head, **given, "answers": answers}
