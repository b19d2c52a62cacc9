"""The catalogue of problems: both languages say the same things, and sentences are put together as they should be."""

import re

import pytest
import yaml

from publicity.labels.sentences import choose_language, outcome, problem_words
from publicity.problems import Field
from scoring import Among, Near, Problem, Words
from scoring.problems import CODES
from scoring.words import fill
from unit.scoring.scoring_data import HERE
from unit.test_texts import FOLDER

CATALOGUE = yaml.safe_load((FOLDER / "problems.yml").read_text(encoding="utf-8"))
PROBLEMS = CATALOGUE["problems"]


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[:}]", text))


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_has_every_part_in_both_languages_with_the_same_holes(code: str) -> None:
    parts = PROBLEMS[code]
    assert {"found"} < set(parts) <= {"found", "expected", "mend", "form"}
    assert "mend" in parts or "form" not in parts
    for words in parts.values():
        assert set(words) == {"zh", "en"}
        assert holes(words["zh"]) == holes(words["en"])
        # Their ends are for the marks between parts.
        assert not words["zh"].endswith(("。", "；")), words["zh"]
        assert not words["en"].endswith((".", ";")), words["en"]


@pytest.mark.parametrize("part", ["marks", "hints", "outcomes"])
def test_marks_hints_and_outcomes_are_in_both_languages(part: str) -> None:
    for words in CATALOGUE[part].values():
        assert set(words) == {"zh", "en"}
        assert holes(words["zh"]) == holes(words["en"])


def test_the_words_given_to_the_engine_are_those_of_the_core() -> None:
    assert set(problem_words().part(CODES)["problems"]) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_the_core_is_raised_by_a_test(code: str) -> None:
    """A case or a test of the core names it, and each of them says which problems it expects."""
    files = [*HERE.glob("test_*.py"), *(HERE / "cases").glob("*.yml")]
    named = re.compile(rf"""["\s]{code}["\],]""")
    assert any(named.search(file.read_text(encoding="utf-8")) for file in files)


def test_no_code_stands_twice() -> None:
    """YAML would let the last one win."""
    codes = re.findall(r"^  ([a-z0-9-]+):$", (FOLDER / "problems.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(codes) == sorted(PROBLEMS)


def test_a_field_is_said_with_its_title_in_chinese() -> None:
    named = problem(key=Field("source.name", "来源名称"))
    assert WORDS.text(named, "zh") == "没有“来源名称（source.name）”；请改正"
    assert WORDS.text(named, "en") == "no “source.name”; correct it"


def problem(
    code: str = "key", path: str = "", line: int = 0, keys: tuple[str | int, ...] = (), **values: object
) -> Problem:
    return Problem(path, line, code, values, keys)


WORDS = Words(
    {
        "marks": {
            "between": {"zh": "；", "en": "; "},
            "after_stop": {"zh": "", "en": " "},
            "list": {"zh": "、", "en": ", "},
        },
        "hints": {
            "near": {"zh": "是不是“{near}”？", "en": "did you mean “{near}”?"},
            "among": {"zh": "可写的有：{among}", "en": "expected one of: {among}"},
        },
        "problems": {
            "key": {
                "found": {"zh": "没有“{key}”", "en": "no “{key}”"},
                "mend": {"zh": "请改正", "en": "correct it"},
            },
        },
    }
)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 files are"), (1, "1 file is"), ("1", "1 file is"), ("1,234", "1,234 files are")]
)
def test_a_word_goes_with_its_number(count: object, said: str) -> None:
    assert fill("{count} {count:file is|files are}", count=count) == said
    assert fill("文件{count}个", count=count) == f"文件{count}个"


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("mended", {"files": 1}, "Mended 1 file as shown above"),
        ("editions-made", {"count": 1, "path": "x"}, "1 issue is made: x"),
        (
            "publish-plan",
            {"target": "x", "add": 1, "change": 0, "remove": 0},
            "x: 1 file to add, 0 to change, 0 to remove",
        ),
        (
            "returns",
            dict.fromkeys(("mails", "left", "bounced", "delayed", "others"), 1),
            "1 mail: 1 leaves, 1 bounced for good, 1 perhaps for now; 1 is about nobody on the list",
        ),
    ],
)
def test_one_of_a_thing_is_told_in_the_singular(name: str, values: dict[str, object], said: str) -> None:
    choose_language("en")
    try:
        assert outcome(name, **values) == said
    finally:
        choose_language(None)


def test_one_problem_is_counted_in_the_singular() -> None:
    counted = Problem("", 0, "problems-found", {"count": 1, "files": 1})
    assert problem_words().text(counted, "en").startswith("1 problem in 1 file; ")


@pytest.mark.parametrize(
    ("hint", "chinese", "english"),
    [
        (None, "没有“a”；请改正", "no “a”; correct it"),
        (Near("b"), "没有“a”；是不是“b”？请改正", "no “a”; did you mean “b”? correct it"),
        (Among(("b", "c")), "没有“a”；可写的有：b、c；请改正", "no “a”; expected one of: b, c; correct it"),
    ],
)
def test_a_sentence_has_its_hint_after_what_is_wrong(hint: object, chinese: str, english: str) -> None:
    assert WORDS.text(problem(key="a", hint=hint), "zh") == chinese
    assert WORDS.text(problem(key="a", hint=hint), "en") == english


@pytest.mark.parametrize(
    ("value", "said"), [(None, "null"), (True, "true"), (False, "false"), ("a\u200bb", "a\\u200bb")]
)
def test_a_value_is_said_as_it_is_written(value: object, said: str) -> None:
    assert WORDS.text(problem(key=value), "en") == f"no “{said}”; correct it"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ({"path": "content/x.md", "line": 3, "keys": ("a", 0)}, "content/x.md:3: no “a”; correct it"),
        ({"path": "content/x.md"}, "content/x.md: no “a”; correct it"),
        ({"keys": ("answers", "1.1.1", "evidence", 0)}, "answers/1.1.1/evidence/0: no “a”; correct it"),
        ({}, "no “a”; correct it"),
    ],
)
def test_a_line_names_the_place_as_far_as_it_is_known(place: dict[str, object], line: str) -> None:
    assert WORDS.line(problem(key="a", **place), "en") == line  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\x1b[31m\u202e\n\ud800", "\\u001b[31m\\u202e\\u000a\\ud800"),
        ("x" * 300, "x" * 200 + "…"),
        (None, "null"),
        (True, "true"),
        (10**5000, "1e20…"),
        ({"a": 1}, "{…}"),
        (("a", 2), "a, 2"),
    ],
    ids=lambda _: "",
)
def test_values_are_short_and_printable(value: object, shown: str) -> None:
    assert WORDS.text(problem(key=value), "en") == f"no “{shown}”; correct it"


def test_an_unknown_code_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        WORDS.text(problem("no-such-code"), "en")


def test_problems_are_sorted_by_their_place_and_equal_where_they_say_the_same() -> None:
    problems = [
        problem(path="b", line=1, key=[1]),
        problem(path="a", line=10, key=1),
        problem(path="a", line=9, key="1"),
        problem(keys=("a", 10), hint=Near("x")),
        problem(keys=("a", 9), hint=Near("x")),
        problem(keys=("a", "b"), hint=None),
    ]
    assert sorted(problems) == [problems[4], problems[3], problems[5], problems[2], problems[1], problems[0]]
    assert len({*problems, *(Problem(*vars(problem).values()) for problem in problems)}) == len(problems)
    assert problem(key=1) != problem(key=True)
