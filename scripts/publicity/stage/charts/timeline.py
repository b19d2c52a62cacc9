"""The phases of a plan as one line to scale, with today on it: where they lie in a drawing that is as wide as its page."""

import datetime
from collections.abc import Sequence
from typing import Any

from publicity.models import Phase

_SIDE = 12
"""Nearer than this to an end, in percent, words are set from that end and not around their place."""


def timeline_of(phases: Sequence[Phase], today: datetime.date) -> dict[str, Any] | None:
    """The phases with their places and how much of each has passed, the years, and today, all in percent of the width.

    A phase that goes on is drawn to the end of the year, and a plan that is over or ahead as far as today. None without phases.
    """
    if not phases:
        return None
    last = phases[-1]
    first_day = min(phases[0].start, today)
    last_day = max(last.end or datetime.date(max(last.start, today).year, 12, 31), today)
    days = (last_day - first_day).days + 1

    def x(day: datetime.date) -> float:
        return round(100 * (day - first_day).days / days, 2)

    def segment(phase: Phase) -> dict[str, float]:
        after = (phase.end or last_day) + datetime.timedelta(days=1)
        start, end = x(phase.start), x(after)
        return {"x": start, "width": round(end - start, 2), "passed": round(max(min(x(today), end) - start, 0), 2)}

    years = (datetime.date(year, 1, 1) for year in range(first_day.year + 1, last_day.year + 1))
    return {
        "segments": [segment(phase) for phase in phases],
        "years": [{"x": x(day), "text": str(day.year)} for day in years],
        "today": {"x": x(today), "anchor": _anchor(x(today))},
    }


def _anchor(x: float) -> str:
    return "start" if x < _SIDE else "end" if x > 100 - _SIDE else "middle"
