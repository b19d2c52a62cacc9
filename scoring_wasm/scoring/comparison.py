"""Two results under one standard side by side."""

from dataclasses import replace

from scoring.answers import Answer
from scoring.points import show
from scoring.result import Result


def compare(before: Result, after: Result) -> dict[str, object]:
    """What changed from one result to another under the same standard, as JSON can hold it.

    Returns:
        "before" and "after" with their sums and coverage; "change" with the differences as signed decimals
        ("2.5", "-5", "0"), only where there is a score; "gained" and "lost": ids of items met only after or
        only before; "changed": those met to another level or count; "noted": those whose remarks differ.
    """
    names = list(before.standard.item_by_id)
    pairs = [(name, before.answer(name), after.answer(name)) for name in names]
    both = before.met & after.met
    data: dict[str, object] = {
        "before": _summary(before),
        "after": _summary(after),
        "gained": [name for name in names if name in after.met and name not in before.met],
        "lost": [name for name in names if name in before.met and name not in after.met],
        "changed": [name for name, old, new in pairs if name in both and _degree(old) != _degree(new)],
        "noted": [name for name, old, new in pairs if _remarks(old) != _remarks(new)],
    }
    if before.standard.scored:
        data["change"] = _change(before, after)
    return data


def _summary(result: Result) -> dict[str, object]:
    data = result.to_data()
    keys = ("total", "base", "bonus", "sections", "coverage")
    return {
        "unit": result.answers.unit,
        "name": result.answers.name,
        "created": result.answers.created,
        **{key: data[key] for key in keys if key in data},
    }


def _change(before: Result, after: Result) -> dict[str, object]:
    change: dict[str, object] = {
        name: show(after.earned[name] - before.earned[name])
        for name in ("total", "base", "bonus")
        if name in after.earned
    }
    ids = [section.id for section in after.standard.sections]
    return change | {"sections": {name: show(after.earned[name] - before.earned[name]) for name in ids}}


def _degree(answer: Answer) -> tuple[str, int | None]:
    return answer.level, answer.count


def _remarks(answer: Answer) -> Answer:
    """The answer but for whether and how far the item is met."""
    return replace(answer, met=False, level="", count=None)
