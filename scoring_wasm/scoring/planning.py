"""What of a result can be planned this year, what must come first, and a day for each step.

A pure function of the result, the guidance and the day, which the caller brings in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scoring.guidance import Guidance
from scoring.result import Result

NEVER = float("inf")
_Day = float  # the ordinal of a day, or NEVER
_ALWAYS = (0.0, NEVER)


@dataclass(frozen=True)
class Plan:
    """What can be planned for the open items of a result.

    Attributes:
        work: The least days of work for each open item, by our estimate.
        needs: For each item that can be planned, the sets of items of which one each must come with it, save where
            one of them is met already; only items that can be done in time for it.
        left_out: For each open item that cannot be planned, why: "fact" (it is true or it is not), "excluded" (by the
            user), "season" or "time" (it cannot be done this year), "prerequisite" (what must come first cannot).
        season: The first and the last day of this year on which an item with a season can be done, as ordinals.
    """

    work: dict[str, int]
    needs: dict[str, tuple[frozenset[str], ...]]
    left_out: dict[str, str]
    season: dict[str, tuple[_Day, _Day]]


def plan(result: Result, guidance: Guidance | None, today: date | None, excluded: Iterable[str] = ()) -> Plan:
    """See what can be planned.

    Args:
        result: Where the unit stands.
        guidance: Our guidance; without it everything open can be planned, for the same work each.
        today: The day of the caller; without it no season is minded.
        excluded: Open items that must not be planned.
    """
    names = [item.id for item in result.open]
    work = days_of(guidance)
    rules = _rules(result, guidance, names)
    season = _seasons(guidance, names, today.year) if today else {}
    end = date(today.year, 12, 31).toordinal() if today else NEVER
    latest = {name: season[name][1] if name in season else end for name in names}
    earliest: dict[str, _Day] = dict.fromkeys(names, 0)
    left_out = _unplannable(guidance, names, set(excluded))
    now = today.toordinal() if today else 0
    for name in names if today else ():
        earliest[name] = max(season.get(name, _ALWAYS)[0], now) + work.get(name, 1)
        if name not in left_out and earliest[name] > latest[name]:
            left_out[name] = "season" if name in season else "time"
    ready = _ready(rules, earliest, latest, left_out)
    needs = {
        name: tuple(
            frozenset(other for other in rule if ready.get(other, NEVER) <= latest[name]) for rule in rules[name]
        )
        for name in names
        if name not in left_out
    }
    return Plan({name: work.get(name, 1) for name in names}, needs, left_out, season)


def days_of(guidance: Guidance | None) -> dict[str, int]:
    """The least days of work for each item, by our estimate."""
    return {item: size.days for size in guidance.sizes for item in size.items} if guidance else {}


def _rules(result: Result, guidance: Guidance | None, names: list[str]) -> dict[str, list[frozenset[str]]]:
    """What must come with each item: the warnings turned round, without those that are satisfied."""
    met = result.answers.met
    warnings = guidance.warnings if guidance else ()
    open_rules = [rule for rule in warnings if met.isdisjoint(rule.open)]
    return {name: [frozenset(rule.open) for rule in open_rules if name in rule.met] for name in names}


def _unplannable(guidance: Guidance | None, names: list[str], excluded: set[str]) -> dict[str, str]:
    facts = {item for part in guidance.planning if not part.plannable for item in part.items} if guidance else set()
    return {name: "fact" if name in facts else "excluded" for name in names if name in facts | excluded}


def _seasons(guidance: Guidance | None, names: list[str], year: int) -> dict[str, tuple[_Day, _Day]]:
    """The first and the last day of a year on which items with periods can be done: what all their periods share."""
    seasons: dict[str, tuple[_Day, _Day]] = {}
    for period in guidance.calendar if guidance else ():
        first, last = (date.fromisoformat(f"{year:04}-{day}").toordinal() for day in (period.first, period.last))
        for name in period.items:
            before = seasons.get(name, _ALWAYS)
            seasons[name] = max(first, before[0]), min(last, before[1])
    return {name: season for name, season in seasons.items() if name in names}


def _ready(
    rules: Mapping[str, list[frozenset[str]]],
    earliest: Mapping[str, _Day],
    latest: Mapping[str, _Day],
    left_out: dict[str, str],
) -> dict[str, _Day]:
    """The first day on which each item can be done, once what it needs is; adds to `left_out` where there is none."""
    ready = {name: day for name, day in earliest.items() if name not in left_out}
    changed = True
    while changed:
        changed = False
        for name, before in list(ready.items()):
            day = max(
                [before, *(min((ready.get(other, NEVER) for other in rule), default=NEVER) for rule in rules[name])]
            )
            if day == NEVER or day > latest[name]:
                left_out[name] = "prerequisite"
                del ready[name]
            else:
                ready[name] = day
            changed = changed or day != before
    return ready


def schedule(plan: Plan, names: Iterable[str], today: date, last: date) -> dict[str, date]:
    """A day for each of some items, by when it is to be done, in the order of those days.

    What must come first comes first; then what has the earliest last day, the least work, the order given. The work is laid end to
    end from today, closer together where it would not be done by the last day. A day of our making never lies outside a season.
    """
    latest = _latest(plan, list(names), last)
    order = _order(plan, latest)
    left = last.toordinal() - today.toordinal()
    needed = sum(plan.work[name] for name in order)
    done = 0
    days: dict[str, int] = {}
    for name in order:
        done += plan.work[name]
        day = today.toordinal() + (done if needed <= left else done * left // needed)
        first = plan.season.get(name, _ALWAYS)[0]
        waits = [
            min(others) for rule in plan.needs.get(name, ()) if (others := [days[one] for one in rule if one in days])
        ]
        days[name] = int(min(max([day, first, *waits]), latest[name]))
    return {name: date.fromordinal(day) for name, day in sorted(days.items(), key=lambda pair: pair[1])}


def _latest(plan: Plan, names: list[str], last: date) -> dict[str, _Day]:
    """The last day for each item, which is no later than that of what waits for it."""
    latest = {name: min(last.toordinal(), plan.season.get(name, _ALWAYS)[1]) for name in names}
    for _ in names:
        for name in names:
            for rule in plan.needs.get(name, ()):
                first = next((other for other in names if other in rule), None)
                if first is not None:
                    latest[first] = min(latest[first], latest[name])
    return latest


def _order(plan: Plan, latest: Mapping[str, _Day]) -> list[str]:
    """The items, each after what it needs of them."""
    waiting = sorted(latest, key=lambda name: (latest[name], plan.work[name]))
    order: list[str] = []
    while waiting:
        placed = set(order)
        free = [
            name
            for name in waiting
            if all(rule & placed or not rule & latest.keys() for rule in plan.needs.get(name, ()))
        ]
        order.append((free or waiting)[0])  # what needs each other may come in any order
        waiting.remove(order[-1])
    return order
