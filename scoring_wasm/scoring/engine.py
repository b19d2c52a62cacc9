"""One JSON string in, one out: the face of the core for the browser's worker, the commands and the tests."""

import json
from collections.abc import Callable

from scoring.advice import advise
from scoring.answers import Answers
from scoring.answers_reader import read_answers
from scoring.comparison import compare
from scoring.explanation import explain
from scoring.fields import Fields
from scoring.guidance import LANGS, Guidance
from scoring.migration import migrate
from scoring.problems import AnswersError, Problems, ScoringError
from scoring.result import score
from scoring.standard import Standard
from scoring.strict_json import MOST_BYTES, loads, parsed


class Engine:
    """Answers requests about one standard. `respond` never raises for bad input, it says what is wrong."""

    def __init__(self, standard_json: str) -> None:
        """Take the JSON of a standard, or of {"standard": …, "guidance": …} with the guidance optional.

        Raises:
            StandardError: If one of them is broken; the build has checked them before.
        """
        data = json.loads(standard_json)
        both = data if isinstance(data, dict) and "standard" in data else {"standard": data}
        self._standard = Standard.from_data(both["standard"])
        guidance = both.get("guidance")
        self._guidance = Guidance.from_data(guidance, self._standard) if guidance is not None else None
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
            response = {"ok": False, "problems": error.lines(lang), "faults": error.faults(lang)}
        return json.dumps(response, ensure_ascii=False)

    def _score(self, request: Fields, lang: str) -> dict[str, object]:
        """Score "answers"; with a "target", advise how to reach it without the items named in "excluded"."""
        target, excluded = request.points("target"), request.words("excluded")
        for index, name in enumerate(excluded):
            if name not in self._standard.item_by_id:
                request.problems.add(("excluded", index), "unknown-item", found=name)
        if target is not None and not self._standard.scored:
            request.problems.add(("target",), "target-checklist")
        (answers,) = self._answers(request, "answers")
        result = score(self._standard, answers)
        sizes = self._guidance.size_of if self._guidance else {}
        advice = None if target is None else advise(result, target, sizes, excluded)
        return result.to_data() | explain(result, self._guidance, lang) | {"advice": advice}

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
        request.problems.add((key,), "not-choice", known=", ".join(known), found=word)
        return ""
    return word


def _done(request: Fields) -> None:
    """Refuse a request with unknown keys, or with any problem noted so far."""
    request.done()
    request.problems.check(AnswersError)
