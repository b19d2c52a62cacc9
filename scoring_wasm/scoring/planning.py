"""What of a result can be planned, what must come first, and a day for each step.

A pure function of the result, the guidance and the day, which the caller brings in. Days are ordinals in here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.guidance import Guidance
from scoring.result import Result

NEVER = float("inf")
_Day = float  # the ordinal of a day, or NEVER
_Window = tuple[_Day, _Day]


@dataclass(frozen=True)
class Plan:
    """What can be planned for the open items of a result.

    Attributes:
        start: The day on which work begins.
        left: The days that are left of the time planned for: what is done one after the other must fit in. NEVER where no
            end is minded.
        work: The least days of work for each open item, by our estimate; without one the same for each.
        windows: For each open item, when it can be done: first and last days.
        needs: For each item that can be planned, the sets of items of which one each must come before it, save where
            one of them is met already; only items that can be done in time for it.
        left_out: For each open item that cannot be planned, why: "fact" (it is true or it is not), "excluded" (by the
            user), "season" or "time" (it cannot be done this year), "prerequisite" (not after what must come first).
    """

    start: _Day
    left: _Day
    work: dict[str, int]
    windows: dict[str, tuple[_Window, ...]]
    needs: dict[str, tuple[frozenset[str], ...]]
    left_out: dict[str, str]

    def done(self, name: str, start: _Day) -> _Day:
        """The day on which an item can be done that is begun on a day or later, NEVER if there is none."""
        days = ((max(start, first) + self.work[name], last) for first, last in self.windows[name])
        return next((day for day, last in days if day <= last), NEVER)

    def ready(self, names: Iterable[str], placed: Mapping[str, _Day] | None = None) -> dict[str, _Day]:
        """The earliest day for each of some items, each after what it needs of them; without those that have none.

        What needs each other has none. The days of what is `placed` are as given.
        """
        days: dict[str, _Day] = dict(placed or {})
        rest = [name for name in names if name not in days]
        changed = True
        while changed:
            changed = False
            for name in rest:
                waits = [min((days.get(other, NEVER) for other in rule), default=NEVER) for rule in self.needs[name]]
                day = self.done(name, max([self.start, *waits]))
                if day < days.get(name, NEVER):
                    days[name] = day
                    changed = True
        return days


def plan(
    result: Result, guidance: Guidance | None, today: date | None, excluded: Iterable[str] = (), years: int = 1
) -> Plan:
    """See what can be planned.

    Args:
        result: Where the unit stands.
        guidance: Our guidance; without it everything open can be planned. Without an estimate of effort in it no end of the
            time is minded, only seasons.
        today: The day of the caller; without it no time is minded.
        excluded: Open items that must not be planned.
        years: How many years there are to do it in, with this one.
    """
    names = [item.id for item in result.open]
    days = days_of(guidance)
    work = {name: max(1, days.get(name, 1)) for name in names}  # so that what waits always comes later
    start = today.toordinal() if today else 0
    last_day = date(min(today.year + years - 1, date.max.year), 12, 31) if today else None
    end = last_day.toordinal() if last_day and days else NEVER
    seasons = _seasons(guidance, names, today, last_day) if today and last_day else {}
    windows = {name: seasons.get(name, ((start, end),)) for name in names}
    left_out = _unplannable(guidance, names, set(excluded))
    all_ = Plan(start, end - start, work, windows, _rules(result, guidance, names), left_out)
    for name in names:
        if name not in left_out and all_.done(name, start) == NEVER:
            left_out[name] = "season" if name in seasons else "time"
    ready = all_.ready(name for name in names if name not in left_out)
    for name in names:
        if name not in ready:
            left_out.setdefault(name, "prerequisite")
    needs = {
        name: tuple(
            frozenset(other for other in rule if all_.done(name, ready.get(other, NEVER)) < NEVER)
            for rule in all_.needs[name]
        )
        for name in names
        if name in ready
    }
    return replace(all_, needs=needs)


def days_of(guidance: Guidance | None) -> dict[str, int]:
    """The least days of work for each item, by our estimate."""
    return {item: size.days for size in guidance.sizes for item in size.items} if guidance else {}


def _rules(result: Result, guidance: Guidance | None, names: list[str]) -> dict[str, tuple[frozenset[str], ...]]:
    """What must come before each item: the warnings turned round, without those that are satisfied or will be by it."""
    met = result.met
    open_rules = [rule for rule in (guidance.warnings if guidance else ()) if met.isdisjoint(rule.open)]
    return {
        name: tuple(frozenset(rule.open) for rule in open_rules if name in rule.met and name not in rule.open)
        for name in names
    }


def _unplannable(guidance: Guidance | None, names: list[str], excluded: set[str]) -> dict[str, str]:
    facts = {item for part in guidance.planning if not part.plannable for item in part.items} if guidance else set()
    return {name: "fact" if name in facts else "excluded" for name in names if name in facts | excluded}


def _seasons(
    guidance: Guidance | None, names: list[str], first_day: date, last_day: date
) -> dict[str, tuple[_Window, ...]]:
    """When items with periods can be done, every year: within what all their periods share."""
    seasons: dict[str, tuple[_Window, ...]] = {}
    for name in names:
        periods = [period for period in (guidance.calendar if guidance else ()) if name in period.items]
        if periods:
            first, last = max(period.first for period in periods), min(period.last for period in periods)
            years = range(first_day.year, last_day.year + 1)
            seasons[name] = tuple((_ordinal(year, first), _ordinal(year, last)) for year in years)
    return seasons


def _ordinal(year: int, month_day: str) -> int:
    return date.fromisoformat(f"{year:04}-{month_day}").toordinal()


def schedule(plan: Plan, names: Iterable[str], placed: Mapping[str, _Day] | None = None) -> dict[str, _Day]:
    """A day for each of some items, by when it is to be done, in the order of those days.

    The work is laid one after the other, from the first day on and around what is `placed`: first what can be begun first, each
    after what it needs; then what is due first, the least work, the standard's order. Where seasons leave no room for that, side
    by side: each as early as it can be. No day is earlier than the least days allow.
    """
    days: dict[str, _Day] = dict(placed or {})
    ready = plan.ready(names, days)
    waiting = [name for name in plan.work if name in ready and name not in days]
    after = {
        name: [min(rule & ready.keys(), key=lambda other: (ready[other], other)) for rule in plan.needs[name]]
        for name in waiting
    }
    due = _due(plan, ready, after)
    while waiting:
        busy = sorted((day - plan.work[name], day) for name, day in days.items())
        free = {
            name: _free_day(plan, name, max([plan.start, *(days[other] for other in after[name])]), busy)
            for name in waiting
            if not any(other in waiting for other in after[name])
        }
        name = min(free, key=lambda one: (free[one] - plan.work[one], due[one], plan.work[one]))
        if free[name] == NEVER:
            days = ready
            break
        days[name] = free[name]
        waiting.remove(name)
    return dict(sorted(days.items(), key=lambda pair: pair[1]))


def _due(plan: Plan, ready: Mapping[str, _Day], after: Mapping[str, list[str]]) -> dict[str, _Day]:
    """The last day for each item that waits to be placed; what others wait for is due before them."""
    due = {name: next(last for _, last in plan.windows[name] if ready[name] <= last) for name in after}
    for _ in after:
        for name, others in after.items():
            for other in others:
                if other in due:
                    due[other] = min(due[other], due[name] - plan.work[name])
    return due


def _free_day(plan: Plan, name: str, start: _Day, busy: list[_Window]) -> _Day:
    """The first day on which an item can be done that is begun on a day or later, while nothing else is worked on."""
    work = plan.work[name]
    for first, last in plan.windows[name]:
        begin = max(start, first)
        for other_begin, other_end in busy:
            if begin + work > other_begin:
                begin = max(begin, other_end)
        if begin + work <= last:
            return begin + work
    return NEVER
