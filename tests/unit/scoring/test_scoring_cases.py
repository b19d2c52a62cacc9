"""Golden cases of the core, all of them data: cases/*.yml say what they hold."""

import copy
import json

import pytest

import scoring
from unit.scoring.scoring_data import (
    HERE,
    WORDS,
    engine,
    exported,
    guidance_data,
    problem,
    read,
    standard,
    standard_files,
)


def cases(*names):
    found = [case for name in names for case in read(HERE / "cases" / f"{name}.yml")]
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


def missing_from(expected, found):
    """What of the expected is not in the found: mappings may hold more than expected, all else is equal."""
    if expected == {"absent": True}:
        return f"unexpected {found!r}"
    if isinstance(expected, dict) and isinstance(found, dict):
        absent = object()
        wrong = {
            key: missing_from(value, found.get(key, absent))
            for key, value in expected.items()
            if not (value == {"absent": True} and key not in found)
        }
        return {key: value for key, value in wrong.items() if value}
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [wrong for value, other in zip(expected, found, strict=True) if (wrong := missing_from(value, other))]
    # An empty mapping means an empty mapping.
    return None if expected == found else f"expected {expected!r}, found {found!r}"


def request_of(case):
    if "raw" in case:
        return case["raw"]
    request = dict(case["request"])
    for key in ("answers", "before", "after"):
        if key in request:
            request[key] = exported(case["standard"], **request[key])
    if "text" in request:
        request["answers"] = request.pop("text")
    return json.dumps(request, default=str)


@cases("scores", "warnings", "advice", "files", "refusals")
def test_the_engine_responds_as_the_case_says(case):
    response = json.loads(engine(case["standard"]).respond(request_of(case)))
    assert not missing_from(case["expect"] if "expect" in case else refusal(case), response)


def refusal(case):
    """The response that refuses a request with the problems of a case."""
    problems = [problem(*row) for row in case["refused"]]
    language = case.get("request", {}).get("lang", "zh")
    language = language if language in ("zh", "en") else "zh"
    return {
        "ok": False,
        "problems": [WORDS.line(fault, language) for fault in problems],
        "faults": [{"path": list(fault.keys), "text": WORDS.text(fault, language)} for fault in problems],
    }


def changed(data, case):
    """The data with the case's changes made to it."""
    data = copy.deepcopy(data)
    for path, value in [*case.get("set", {}).items(), *((path, None) for path in case.get("drop", ()))]:
        *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        place = data
        for step in way:
            place = place[step]
        if path in case.get("drop", ()):
            del place[last]
        else:
            place[last] = value
    return data


@cases("standards")
def test_a_broken_standard_is_refused_with_every_problem(case):
    data = read(standard_files()[case.get("of", "plain")])
    with pytest.raises(scoring.StandardError) as caught:
        scoring.Standard.from_data(changed(data, case))
    assert caught.value.problems == tuple(problem(*row) for row in case["problems"])


@cases("guidance")
def test_broken_guidance_is_refused_with_every_problem(case):
    data = changed(guidance_data("chongqing-2023"), case)
    with pytest.raises(scoring.StandardError) as caught:
        scoring.Guidance.from_data(data, standard("chongqing-2023"))
    assert caught.value.problems == tuple(problem(*row) for row in case["problems"])
