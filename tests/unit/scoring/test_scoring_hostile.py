"""Nothing a stranger sends gets more than a sentence out of the core: no exception, nothing half done."""

import contextlib
import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from unit.scoring.scoring_data import engine, exported, guidance_data, read, standard, standard_files

SOME = settings(max_examples=150, deadline=None)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


def check_refusal(text, name="chongqing-2023"):
    """The response is sound JSON that can be sent on as UTF-8, and says either yes or why not."""
    response = engine(name).respond(text)
    response.encode()
    data = json.loads(response)
    assert data["ok"] is True or (data["ok"] is False and data["problems"] and all(data["problems"]))
    return data


@SOME
@given(st.text(st.characters(), max_size=200))
def test_any_text_is_answered(text):
    check_refusal(text)


@SOME
@given(JSON)
def test_any_json_is_answered(data):
    check_refusal(json.dumps(data))


@SOME
@given(st.data())
def test_a_file_with_anything_put_anywhere_is_answered(data):
    operation = data.draw(st.sampled_from(["score", "check", "migrate"]))
    request = {"op": operation, "answers": exported("levels-counts", met=["A.1.2"], unit="x")}
    place = request
    while True:
        key = data.draw(st.sampled_from(sorted(place)) | st.text(max_size=5))
        if isinstance(place.get(key), dict) and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    check_refusal(json.dumps(request), "levels-counts")


@SOME
@given(st.data())
def test_a_standard_with_anything_put_anywhere_is_read_or_refused(data):
    broken = standard("levels-counts").to_data()
    place = broken
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    with contextlib.suppress(scoring.StandardError):
        assert scoring.Standard.from_data(broken).sha256


@pytest.mark.parametrize("data", [None, 5, "text", [], {}, {"id": 5}, {1: 2}, {"sections": [[]]}])
def test_what_is_no_standard_is_refused(data):
    with pytest.raises(scoring.StandardError):
        scoring.Standard.from_data(data)
    with pytest.raises(scoring.StandardError):
        scoring.Guidance.from_data(data, standard("plain"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 200_000, "too deeply"),
        ('{"a":' * 200_000, "too deeply"),
        ('"' + "[" * 500_000, "not valid JSON"),
        ('["\\"", ' + "[" * 200_000, "too deeply"),
        ("1" * 5000, "too many digits"),
        ('{"version": ' + "9" * 5000 + "}", "too many digits"),
        ("-" * 1000, "not valid JSON"),
        (" " * 5_000_000, "too big"),
        ('"' + "汉" * 400_000 + '"', "too big"),
        ('{"a": 1e999999}', "“format” is missing"),
        ("null", "expected a mapping"),
        ("\ufeff[]", "expected a mapping"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(text, said):
    with pytest.raises(scoring.AnswersError) as caught:
        scoring.parse_answers(text, standard("plain"))
    assert said in str(caught.value)
    assert len(str(caught.value)) < 1000
    with pytest.raises(scoring.AnswersError):
        scoring.migrate(text, standard("plain"))


def test_a_mark_before_utf8_is_no_fault():
    text = json.dumps(exported("plain", met=["1.1.1"]))
    assert scoring.parse_answers("\ufeff" + text, standard("plain")).met == {"1.1.1"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("note", "x" * 5001), ("owner", "x" * 201), ("evidence", [{}] * 51), ("evidence", [{"name": "x" * 201}])],
)
def test_what_is_too_long_is_refused(key, value):
    data = exported("plain", **{"with": {"1.1.1": {"met": True, key: value}}})
    with pytest.raises(scoring.AnswersError) as caught:
        scoring.read_answers(data, standard("plain"))
    assert caught.value.problems[0].path[:3] == ("answers", "1.1.1", key)


def test_a_million_faults_are_told_briefly():
    data = exported("plain", met=[f"9.9.{number}" for number in range(20_000)])
    response = check_refusal(json.dumps({"op": "score", "answers": data, "lang": "en"}), "plain")
    assert len(response["problems"]) == 51
    assert response["problems"][-1] == "and 19950 more problems"


def test_what_could_steer_a_terminal_is_written_as_an_escape():
    data = exported("plain", met=["\x1b[31m\u202eevil\n"])
    response = check_refusal(json.dumps({"op": "score", "answers": data}), "plain")
    assert response["problems"] == ["answers/answers: 标准中没有条目 \\u001b[31m\\u202eevil\\u000a"]


def test_scripts_in_notes_are_text_and_stay_verbatim():
    note = "<img src=x onerror=alert(1)>\u0000\t\r\n=cmd|' /C calc'!A0 " + string.punctuation
    data = exported("plain", **{"with": {"1.1.1": {"met": True, "note": note}}})
    once = scoring.read_answers(data, standard("plain"))
    assert scoring.parse_answers(once.export(), standard("plain")).by_item["1.1.1"].note == note


def test_a_refused_request_leaves_no_trace():
    good = json.dumps({"op": "score", "answers": exported("plain", met=["1.1.2"])})
    before = engine("plain").respond(good)
    check_refusal(json.dumps({"op": "score", "answers": exported("plain", met=["1.1.2", "8.8.8"])}), "plain")
    assert engine("plain").respond(good) == before


def test_the_engine_takes_a_standard_alone_and_refuses_a_broken_one():
    alone = scoring.Engine(json.dumps(standard("chongqing-2023").to_data()))
    request = json.dumps({"op": "score", "answers": exported("chongqing-2023", met="all")})
    result = json.loads(alone.respond(request))["result"]
    assert (result["total"], result["notes"], result["court"]) == ("100", [], None)
    broken = {"standard": read(standard_files()["plain"]), "guidance": guidance_data("chongqing-2023")}
    with pytest.raises(scoring.StandardError):
        scoring.Engine(json.dumps(broken))
