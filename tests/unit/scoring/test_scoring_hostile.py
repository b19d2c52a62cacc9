"""Nothing a stranger sends gets more than a sentence out of the core: no exception, nothing half done."""

import contextlib
import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from unit.scoring.scoring_data import WORDS, engine, engine_json, exported, guidance_data, problem, standard

SOME = settings(max_examples=150)

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
    ("text", "code"),
    [
        ("[" * 200_000, "too-deep"),
        ('{"a":' * 200_000, "too-deep"),
        ('"' + "[" * 500_000, "not-json"),
        ('["\\"", ' + "[" * 200_000, "too-deep"),
        ("1" * 5000, "big-number"),
        ('{"version": ' + "9" * 5000 + "}", "big-number"),
        ("-" * 1000, "not-json"),
        (" " * 5_000_000, "too-big"),
        ('"' + "汉" * 400_000 + '"', "too-big"),
        ('{"a": 1e999999}', "missing-key"),
        ("null", "not-mapping"),
        ("\ufeff[]", "not-mapping"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(text, code):
    with pytest.raises(scoring.AnswersError) as caught:
        scoring.parse_answers(text, standard("plain"))
    assert caught.value.problems[0].code == code
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
    assert caught.value.problems[0].keys[:3] == ("answers", "1.1.1", key)
    assert caught.value.problems[0].code == ("list-size" if value == [{}] * 51 else "too-long")


def test_a_million_faults_are_told_briefly():
    data = exported("plain", met=[f"9.9.{number}" for number in range(20_000)])
    response = check_refusal(json.dumps({"op": "score", "answers": data, "lang": "en"}), "plain")
    assert len(response["problems"]) == 51
    assert response["problems"][-1] == WORDS.line(problem("", "more-problems", {"count": 19950}), "en")


def test_what_could_steer_a_terminal_is_written_as_an_escape():
    data = exported("plain", met=["\x1b[31m\u202eevil\n"])
    response = check_refusal(json.dumps({"op": "score", "answers": data}), "plain")
    assert "“\\u001b[31m\\u202eevil\\u000a”" in response["problems"][0]
    assert response["problems"][0].isprintable()


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


def test_the_engine_takes_a_standard_without_guidance_and_refuses_a_broken_one():
    alone = scoring.Engine(engine_json("chongqing-2023", guidance=None))
    request = json.dumps({"op": "score", "answers": exported("chongqing-2023", met="all")})
    result = json.loads(alone.respond(request))["result"]
    assert (result["total"], result["notes"], result["court"]) == ("100", [], None)
    with pytest.raises(scoring.StandardError):
        scoring.Engine(engine_json("plain", guidance=guidance_data("chongqing-2023")))


def test_the_engine_without_words_says_the_code():
    wordless = scoring.Engine(engine_json("plain", words=None))
    response = json.loads(wordless.respond('{"op": "erase"}'))
    assert response == {"ok": False, "problems": ["bad-choice"], "faults": [{"path": ["op"], "text": "bad-choice"}]}
