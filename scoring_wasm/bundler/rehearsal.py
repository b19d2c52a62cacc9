"""The requests with which a snapshot is tried: they decide what it keeps of CPython, and prove that it answers rightly."""

import json
import random
from collections.abc import Iterator, Mapping

from scoring import Standard
from scoring.parts import Item

Data = dict[str, object]

_HOSTILE = (
    "", "{", "[]", "null", "nonsense", '{"op": 1}', '{"op": "nope"}', '{"op": "score", "op": "score"}', "\ufeff{}",
    '{"op": "score", "answers": NaN}', '{"op": "score", "answers": 1e999, "lang": "fr", "more": 1}',
    '{"op": "score", "answers": "\\ud800 [not] {json}"}', '{"op": "check", "answers": "\\u0000"}',
    "[" * 5000, "1" * 6000, "x" * 5_000_000,
)  # fmt: skip
_MUTILATED = 200


def requests_for(standards: Mapping[str, str]) -> list[tuple[str, str]]:
    """Requests to the engine of each standard: every operation, with sound and broken answers; the same every time.

    Args:
        standards: the standards as JSON, by file name.

    Returns:
        Pairs of the standard's file name and the request.
    """
    chance = random.Random(0)  # noqa: S311 (nothing secret)
    requests: list[tuple[str, str]] = []
    for name, text in standards.items():
        data = json.loads(text)
        standard = Standard.from_data(data["standard"])
        sound = [json.dumps(request, ensure_ascii=False) for request in _sound(standard, chance)]
        broken = [_mutilated(chance.choice(sound), chance) for _ in range(_MUTILATED)]
        requests += [(name, request) for request in (*sound, *_HOSTILE, *broken)]
    return requests


def _sound(standard: Standard, chance: random.Random) -> Iterator[Data]:
    nothing = _export(standard, {})
    for answers in (
        nothing,
        _export(standard, {item.id: _answer(item, chance, bare=True) for item in standard.items}),
        _export(standard, {item.id: _answer(item, chance) for item in standard.items if chance.random() < 0.8}),
        _export(standard, {item.id: {"met": False, "note": "待核"} for item in standard.items}),
        _export(standard, {"0.0.0": {"met": True}, "1.1.1": {"met": "yes"}}),
    ):
        older = {**answers, "standard": {"id": standard.id, "sha256": "0" * 64}}
        for lang in ("zh", "en"):
            for target in (
                {},
                {"target": "90"},
                {"target": "12.5", "excluded": ["1.1.1"]},
                {"target": "-1x", "excluded": [1]},
                {"today": "2026-11-26"},
                {"today": "2026-03-02", "target": "60"},
                {"today": "2026-12-28", "target": "12.5"},
                {"today": "9999-12-31", "target": "40"},
                {"today": "0001-01-01"},
                {"today": "2026-02-30"},
            ):
                yield {"op": "score", "answers": answers, "lang": lang, **target}
            yield {"op": "score", "answers": older, "lang": lang}
            yield {"op": "migrate", "answers": older, "lang": lang}
        yield {"op": "check", "answers": json.dumps(answers, ensure_ascii=False)}
        yield {"op": "check", "answers": {**answers, "version": 99, "unknown": None}}
        yield {"op": "compare", "before": nothing, "after": answers}


def _export(standard: Standard, answers: Mapping[str, Data]) -> Data:
    return {
        "format": "trade-secret-self-assessment",
        "version": 1,
        "standard": {"id": standard.id, "sha256": standard.sha256},
        "created": "2026-11-22T08:00:00Z",
        "unit": "某某科技有限公司 “甲”",
        "answers": answers,
    }


def _answer(item: Item, chance: random.Random, *, bare: bool = False) -> Data:
    answer: Data = {"met": bare or chance.random() < 0.6}
    if item.levels:
        answer["level"] = chance.choice(item.levels).id
    if item.each is not None:
        answer["count"] = chance.randrange(9)
    if not bare and chance.random() < 0.5:
        answer |= {
            "note": '见《保密制度》第三条\n"quoted" \\ 😀',
            "evidence": [{"name": "制度.pdf", "date": "2026-01-31", "holder": "法务部"}, {"name": "登记表"}],
            "owner": "张三",
            "due": "2026-12-31",
        }
    return answer


def _mutilated(request: str, chance: random.Random) -> str:
    """The request with a few characters replaced, lost or doubled somewhere."""
    start = chance.randrange(len(request))
    end = start + chance.randrange(12)
    inserted = chance.choice(
        ['"', "{", "]", ",", ":", "0", "-", "null", "NaN", "1e5", "\\", "\\u00", "商", "\t", request[start:end] * 2]
    )
    return request[:start] + inserted + request[end:]
