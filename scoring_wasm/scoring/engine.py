"""One JSON string in, one out: the face of the core for the browser's worker, the commands and the tests."""

import json
from collections.abc import Callable
from datetime import date

from scoring.advice import advise
from scoring.agenda import agenda as agenda_of
from scoring.answers import Answers
from scoring.answers_reader import read_answers
from scoring.comparison import compare
from scoring.explanation import explain
from scoring.fields import Fields
from scoring.guidance import LANGS, Guidance
from scoring.migration import migrate
from scoring.problems import Among, AnswersError, Problem, Problems, ScoringError, shown
from scoring.result import score
from scoring.standard import Standard
from scoring.strict_json import MOST_BYTES, loads, parsed
from scoring.words import Words, quote


class Engine:
    """Answers requests about one standard. `respond` never raises for bad input, it says what is wrong."""

    def __init__(self, engine_json: str) -> None:
        """Take the JSON of {"standard": …, "guidance": … or null, "words": …}.

        The words are the catalogue's part for `scoring.problems.CODES`. Where they are null, problems are said by
        their codes.

        Raises:
            StandardError: If the standard or the guidance is broken; the build has checked them before.
        """
        data = json.loads(engine_json)
        guidance, words = data["guidance"], data["words"]
        self._standard = Standard.from_data(data["standard"])
        self._guidance = None if guidance is None else Guidance.from_data(guidance, self._standard)
        self._words = None if words is None else Words(words)
        self._operations: dict[str, Callable[[Fields, str], dict[str, object]]] = {
            "score": self._score,
            "check": self._check,
            "compare": self._compare,
            "migrate": self._migrate,
        }

    def respond(self, request_json: str) -> str:
        """Answer a request such as {"op": "score", "answers": {…}, "lang": "zh"}.

        Every request names its "op" and may name its "lang", "zh" (as without) or "en". Wherever answers are
        expected, the text of an exported file will do as well as the object in it.

        Returns:
            {"ok": true, "result": {…}} or {"ok": false, "problems": ["…"], "faults": [{"path", "text"}]}, as JSON.
            Faults are the same problems in two parts, for a page that names the place in words of its own.
        """
        lang = LANGS[0]
        try:
            # Two files to compare, and what escaping adds to them.
            request = Fields(loads(request_json, 4 * MOST_BYTES), (), Problems())
            request.problems.check(AnswersError)
            lang = _choice(request, "lang", LANGS) or lang
            name = _choice(request, "op", tuple(self._operations), required=True)
            request.problems.check(AnswersError)
            response: dict[str, object] = {"ok": True, "result": self._operations[name](request, lang)}
        except ScoringError as error:
            response = self._refusal(shown(error.problems), lang)
        return json.dumps(response, ensure_ascii=False)

    def _refusal(self, problems: list[Problem], lang: str) -> dict[str, object]:
        faults = [
            {
                "path": [quote(key) if isinstance(key, str) else key for key in problem.keys],
                "text": self._words.text(problem, lang) if self._words else problem.code,
            }
            for problem in problems
        ]
        lines = [self._words.line(problem, lang) if self._words else problem.code for problem in problems]
        return {"ok": False, "problems": lines, "faults": faults}

    def _score(self, request: Fields, lang: str) -> dict[str, object]:
        """Score "answers", with a calendar from the day "today"; with a "target", advise how to reach it.

        Items named in "excluded" are not advised.
        """
        target, excluded = request.points("target"), request.words("excluded")
        day = request.date("today")
        for index, name in enumerate(excluded):
            if name not in self._standard.item_by_id:
                request.problems.add(("excluded", index), "unknown-item", found=name)
        if target is not None and not self._standard.scored:
            request.problems.add(("target",), "no-target")
        (answers,) = self._answers(request, "answers")
        result = score(self._standard, answers)
        today = date.fromisoformat(day) if day else None
        advice = None if target is None else advise(result, target, self._guidance, today, excluded)
        agenda = agenda_of(result, self._guidance, today, lang, advice) if today else None
        return result.to_data() | explain(result, self._guidance, lang) | {"advice": advice, "agenda": agenda}

    def _check(self, request: Fields, _: str) -> dict[str, object]:
        """Check "answers" and give them back in canonical form: as an object and as the text of a file."""
        (answers,) = self._answers(request, "answers")
        return {"answers": answers.to_data(), "text": answers.export()}

    def _compare(self, request: Fields, _: str) -> dict[str, object]:
        """What changed from the answers "before" to the answers "after"."""
        before, after = self._answers(request, "before", "after")
        return compare(score(self._standard, before), score(self._standard, after))

    def _migrate(self, request: Fields, _: str) -> dict[str, object]:
        """Bring "answers" made for any version to this standard; say what was kept, dropped and new."""
        value = request.take("answers", required=True)
        _done(request)
        return migrate(value, self._standard, ("answers",)).to_data()

    def _answers(self, request: Fields, *keys: str) -> list[Answers]:
        """The answers under the last keys a request may have."""
        values = [request.take(key, required=True) for key in keys]
        _done(request)
        return [read_answers(parsed(value), self._standard, (key,)) for key, value in zip(keys, values, strict=True)]


def _choice(request: Fields, key: str, known: tuple[str, ...], *, required: bool = False) -> str:
    """A word of the request that must be one of a few; "" where it is absent or not one of them."""
    word = request.text(key, required=required)
    if word and word not in known:
        request.problems.add((key,), "bad-choice", found=word, hint=Among(known))
        return ""
    return word


def _done(request: Fields) -> None:
    """Refuse a request with unknown keys, or with any problem noted so far."""
    request.done()
    request.problems.check(AnswersError)
