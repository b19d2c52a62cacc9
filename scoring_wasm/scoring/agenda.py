"""The open items as a calendar: by when each might be done and by whom, what stays out and why, and the three to begin with."""

from collections.abc import Iterable
from datetime import date

from scoring.guidance import Guidance
from scoring.planning import Plan, plan, schedule
from scoring.result import Result

FIRST = 3


def agenda(
    result: Result, guidance: Guidance | None, today: date, lang: str, advice: dict[str, object] | None
) -> dict[str, object]:
    """A day for every open item that can be planned, this year or the next, and for those of each offer of the advice.

    Returns:
        "rows": "id", "by" (the visitor's own day, else a suggested one) and "role" (whom we suggest, or ""), in the
        order of their days; "offers": the days of each offer's items, by kind; "left_out": "reason", "items" and
        "text" (why they cannot be planned, in our words, or ""); "first": the ids of what to begin with.
    """
    planned = plan(result, guidance, today)
    days = _all_days(result, guidance, planned, today)
    offers = {offer["kind"]: _offer_days(offer["items"], planned, today) for offer in _offers(advice)}
    dues = {name: due for name in days if (due := result.answer(name).due)}
    by_item = {name: dues.get(name) or day.isoformat() for name, day in days.items()}
    order = sorted(by_item, key=lambda name: by_item[name])
    begin = offers.get("least") or offers.get("both") or {}
    return {
        "rows": [{"id": name, "by": by_item[name], "role": _role(guidance, name, lang)} for name in order],
        "offers": offers,
        "left_out": _left_out(guidance, planned, lang),
        "first": [*begin, *(name for name in order if name not in begin)][:FIRST],
    }


def _offers(advice: dict[str, object] | None) -> list[dict[str, object]]:
    offers = advice["offers"] if advice else []
    return offers if isinstance(offers, list) else []


def _offer_days(items: object, planned: Plan, today: date) -> dict[str, str]:
    names = items if isinstance(items, list) else []
    days = schedule(planned, names, today, date(today.year, 12, 31))
    return {name: day.isoformat() for name, day in days.items()}


def _all_days(result: Result, guidance: Guidance | None, planned: Plan, today: date) -> dict[str, date]:
    """This year what can be done in it, as far as the work goes, then the next year."""
    if today.year == date.max.year:
        return schedule(planned, planned.needs, today, date.max)
    year = today.year + 1
    days = schedule(planned, planned.needs, today, date(year, 12, 31))
    later = plan(result, guidance, date(year, 1, 1))
    return days | schedule(
        later, (name for name in later.needs if name not in days), date(year, 1, 1), date(year, 12, 31)
    )


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
