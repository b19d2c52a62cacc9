"""The open items as a calendar: by when each might be done and by whom, what stays out and why, and the three to begin with."""

from collections.abc import Iterable
from datetime import date

from scoring.guidance import Guidance
from scoring.planning import Plan, plan, schedule
from scoring.result import Result

FIRST = 3
YEARS = 10  # as far as the calendar looks, which is further than any standard's work


def agenda(
    result: Result, guidance: Guidance | None, today: date, lang: str, advice: dict[str, object] | None
) -> dict[str, object]:
    """A day for every open item that can be planned, this year or later.

    First comes the offer of the least work, or what comes nearest to a target that cannot be reached.

    Returns:
        "rows": "id", "by" (the visitor's own day, else a suggested one) and "role" (whom we suggest, or ""), in the
        order of their days; "offers": the days of each offer's items, by kind, which are those of the rows but where
        another offer than the first is followed; "left_out": "reason", "items" and
        "text" (why they cannot be planned, in our words, or ""); "first": the ids of what to begin with.
    """
    planned = plan(result, guidance, today)
    offers = {kind: schedule(planned, items) for kind, items in _offers(advice)}
    begin = offers.get("least") or offers.get("both") or schedule(planned, _nearest(advice))
    whole = plan(result, guidance, today, years=YEARS)
    days = schedule(whole, whole.needs, begin)
    dues = {name: due for name in days if (due := result.answer(name).due)}
    by_item = {name: dues.get(name) or _iso(day) for name, day in days.items()}
    order = sorted(by_item, key=lambda name: by_item[name])
    return {
        "rows": [{"id": name, "by": by_item[name], "role": _role(guidance, name, lang)} for name in order],
        "offers": {kind: {name: _iso(day) for name, day in own.items()} for kind, own in offers.items()},
        "left_out": _left_out(guidance, planned, lang),
        "first": [*begin, *(name for name in order if name not in begin)][:FIRST],
    }


def _offers(advice: dict[str, object] | None) -> list[tuple[str, list[str]]]:
    offers = advice["offers"] if advice else []
    return [(offer["kind"], offer["items"]) for offer in offers] if isinstance(offers, list) else []


def _nearest(advice: dict[str, object] | None) -> list[str]:
    items = advice["nearest"] if advice else []
    return items if isinstance(items, list) else []


def _iso(day: float) -> str:
    return date.fromordinal(int(day)).isoformat()


def _role(guidance: Guidance | None, name: str, lang: str) -> str:
    roles = guidance.roles if guidance else ()
    return next((role.label[lang] for role in roles if name in role.items), "")


def _left_out(guidance: Guidance | None, planned: Plan, lang: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"reason": "fact", "items": items, "text": part.text[lang]}
        for part in (guidance.planning if guidance else ())
        if (items := _of_reason(planned, "fact", part.items))
    ]
    reasons = ((reason, _of_reason(planned, reason, planned.left_out)) for reason in ("season", "time", "prerequisite"))
    return rows + [{"reason": reason, "items": items, "text": ""} for reason, items in reasons if items]


def _of_reason(planned: Plan, reason: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if planned.left_out.get(name) == reason]
