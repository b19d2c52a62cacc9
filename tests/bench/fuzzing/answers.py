"""Exported answer files through the core: as files on the command line, and as requests to the engine of the page."""

import json
from functools import cache
from pathlib import Path
from random import Random

import yaml

from publicity.labels.sentences import problem_words
from scoring import Engine, Standard
from scoring.answers import FORMAT, VERSION
from scoring.batch import score_files
from scoring.parts import Item
from scoring.problems import CODES

from .mutations import encoded, mutated_json
from .target import ACCEPTED, REFUSED, Case, Target

ROOT = Path(__file__).resolve().parents[3]
STANDARDS = (
    "scoring_wasm/standards/chongqing-2023",
    "scoring_wasm/standards/guanxian-2023-checklist",
    "tests/unit/scoring/standards/levels-counts",
)
"""One with points, one without, one with levels and counts."""
SEEDS = 20
"""Sound files for each standard."""


class Answers(Target):
    """Mutated answer files; what the core makes of them must hold together, too."""

    kinds = ("answers",)

    def __init__(self, folder: Path) -> None:
        self._file = folder / "answers.json"
        self._standards = {}
        self._engines = {}
        self._seeds = []
        for place in STANDARDS:
            standard = Standard.from_data(_yaml(f"{place}.yml"))
            self._standards[standard.id] = standard
            guidance = _yaml(f"{place}.guidance.yml")
            data = {"standard": standard.to_data(), "guidance": guidance, "words": problem_words().part(CODES)}
            self._engines[standard.id] = Engine(json.dumps(data))
            self._seeds += [(standard.id, exported(standard, Random(number))) for number in range(SEEDS)]  # noqa: S311

    def make(self, dice: Random) -> Case:
        """A file with a few things wrong."""
        name, data = dice.choice(self._seeds)
        return Case("answers", name, encoded(dice, mutated_json(dice, data)))

    def run(self, case: Case) -> tuple[str, str]:
        """Score the file; check, score, migrate and compare its text."""
        self._file.write_bytes(case.data)
        (line,) = score_files([self._file], list(self._standards.values()))
        for problem in line.problems:
            for language in ("zh", "en"):
                problem_words().line(problem, language)
        if line.result:
            json.dumps(line.result.to_data()).encode()
        try:
            text = case.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = case.data.decode(errors="replace")  # as a browser reads a file
        checked = self._ask(case.name, "check", answers=text)
        migrated = self._ask(case.name, "migrate", answers=text)
        if checked is None:
            return REFUSED, ""
        scored = self._ask(case.name, "score", answers=text, lang="en", **_target(self._standards[case.name]))
        compared = self._ask(case.name, "compare", before=checked["text"], after=text)
        again = self._ask(case.name, "check", answers=checked["text"])
        if again != checked or None in (migrated, scored, compared):
            raise AssertionError("what `check` accepts, the others refuse, or `check` itself")
        if migrated["answers"] != checked["answers"] or compared["gained"] or compared["lost"] or compared["changed"]:
            raise AssertionError("the same answers are not the same")
        return ACCEPTED, ""

    def _ask(self, standard: str, operation: str, **request: object) -> dict | None:
        """The result; None where it is refused."""
        response = self._engines[standard].respond(json.dumps({"op": operation, **request}))
        response.encode()  # as it leaves the worker
        data = json.loads(response)
        if not data["ok"] and not all(data["problems"]):
            raise AssertionError("refused without a word")
        return data["result"] if data["ok"] else None


@cache
def _yaml(name: str) -> object:
    """The data of a file, None where there is none."""
    path = ROOT / name
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None


def _target(standard: Standard) -> dict[str, object]:
    return {"target": 90 if standard.id.startswith("chongqing") else 15} if standard.scored else {}


def exported(standard: Standard, dice: Random) -> dict[str, object]:
    """A sound file, as the page makes them: as much answered as the dice say."""
    share = dice.random()
    answers = {item.id: _answer(item, dice, share) for item in standard.items if dice.random() < 0.5}
    head = {"format": FORMAT, "version": VERSION, "standard": {"id": standard.id, "sha256": standard.sha256}}
    return head | {"created": "2026-06-30T09:30:00Z", "unit": "示例公司", "name": "x", "answers": answers}


def _answer(item: Item, dice: Random, share: float) -> dict[str, object]:
    answer: dict[str, object] = {"met": dice.random() < share}
    if answer["met"] and item.levels:
        answer["level"] = dice.choice(item.levels).id
    if answer["met"] and item.each is not None:
        answer["count"] = dice.randint(1, 9)
    if dice.random() < 0.2:
        evidence = [{"name": "制度汇编", "date": "2026-01-05", "holder": "办公室"}]
        answer |= {"check": True, "note": "见附件", "owner": "张三", "due": "2026-12-31", "evidence": evidence}
    return answer
