"""The open items as a calendar: by when each might be done and by whom, what stays out and why, and the three to begin with."""

from collections.abc import Iterable
from datetime import date

from scoring.explanation import gains
from scoring.guidance import Guidance
from scoring.planning import NEVER, Plan, days_of, plan, schedule
from scoring.result import Result

FIRST = 3
YEARS = 10  # as far as the calendar looks, which is further than any standard's work
_LATER = "~"  # after every day


def agenda(
    result: Result, guidance: Guidance | None, today: date, lang: str, advice: dict[str, object] | None
) -> dict[str, object]:
    """A day for every open item that can be planned, this year or later.

    First comes the offer of the least work, or what comes nearest to a target that cannot be reached.

    Returns:
        "rows": "id", "by" (the visitor's own day, else a suggested one, "" where the guidance estimates no effort) and
        "role" (whom we suggest, or ""), in the order of their days, with what the visitor has given a day or somebody
        to do though we would not plan it; "offers": the days of each offer's items, by kind,
        which are those of the rows but where another offer than the first is followed; "left_out": "reason", "items" and
        "text" (why they cannot be planned, in our words, or ""); "first": the ids of what to begin with, which all
        add to the total where there is one; none of a checklist where nothing says what is less work.
    """
    planned = plan(result, guidance, today)
    whole = plan(result, guidance, today, years=YEARS)
    scored, estimated = result.standard.scored, bool(days_of(guidance))
    rises = gains(result) if scored else {}
    if estimated:
        offers = {kind: schedule(planned, items) for kind, items in _offers(advice)}
        begin = offers.get("least") or offers.get("both") or schedule(planned, _nearest(advice))
        days = schedule(whole, whole.needs, begin)
        by_item = {name: result.answer(name).due or _iso(day) for name, day in days.items()}
    else:  # nobody knows how long anything takes
        offers = {kind: dict.fromkeys(items, NEVER) for kind, items in _offers(advice)}
        begin = offers.get("fewest") or dict.fromkeys(_nearest(advice), NEVER)
        ready = whole.ready(whole.needs)
        by_item = {
            name: result.answer(name).due for name in sorted(ready, key=lambda one: (ready[one], -rises.get(one, 0)))
        }
    order = sorted(by_item, key=lambda name: by_item[name] or _LATER)
    useful = [name for name in order if name not in begin and rises.get(name, estimated)]
    given = {name: result.answer(name) for name in whole.left_out}
    by_item |= {name: answer.due for name, answer in given.items() if answer.due or answer.owner}
    rows = sorted(by_item, key=lambda name: by_item[name] or _LATER)
    return {
        "rows": [{"id": name, "by": by_item[name], "role": _role(guidance, name, lang)} for name in rows],
        "offers": {kind: {name: _iso(day) for name, day in own.items()} for kind, own in offers.items()},
        "left_out": _left_out(guidance, planned, {name for name in planned.left_out if result.answer(name).due}, lang),
        "first": [*begin, *useful][:FIRST],
    }


def _offers(advice: dict[str, object] | None) -> list[tuple[str, list[str]]]:
    offers = advice["offers"] if advice else []
    return [(offer["kind"], offer["items"]) for offer in offers] if isinstance(offers, list) else []


def _nearest(advice: dict[str, object] | None) -> list[str]:
    items = advice["nearest"] if advice else []
    return items if isinstance(items, list) else []


def _iso(day: float) -> str:
    return date.fromordinal(int(day)).isoformat() if day < NEVER else ""


def _role(guidance: Guidance | None, name: str, lang: str) -> str:
    roles = guidance.roles if guidance else ()
    return next((role.label[lang] for role in roles if name in role.items), "")


def _left_out(guidance: Guidance | None, planned: Plan, dated: set[str], lang: str) -> list[dict[str, object]]:
    """What is not planned this year, and why; of time that is short nothing is said where the visitor has given a day."""
    rows: list[dict[str, object]] = [
        {"reason": "fact", "items": items, "text": part.text[lang]}
        for part in (guidance.planning if guidance else ())
        if (items := _of_reason(planned, "fact", part.items))
    ]
    undated = [name for name in planned.left_out if name not in dated]
    reasons = ((reason, _of_reason(planned, reason, undated)) for reason in ("season", "time", "prerequisite"))
    return rows + [{"reason": reason, "items": items, "text": ""} for reason, items in reasons if items]


def _of_reason(planned: Plan, reason: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if planned.left_out.get(name) == reason]
