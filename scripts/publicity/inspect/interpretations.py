"""Policies and their interpretations: whether there is one, and how many working days it came later."""

import datetime
from collections.abc import Iterator

import chinese_calendar

from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.models import Interpretation, Policy
from publicity.read.relations import interpretations_of

DUE = 3  # working days, as 郑州 asks of its offices (see `basis` in rules.yml)
_FRIDAY = 4


def inspect_interpretations(inspection: Inspection) -> Iterator[Finding]:
    """Policies without an interpretation of their issuer, or whose first one came late. What the column compiled counts for neither."""
    for document in inspection.content.entries["policies"].values():
        policy = document.meta_as(Policy)
        official = [
            interpretation
            for interpretation in interpretations_of(inspection.content, document)
            if interpretation.meta_as(Interpretation).is_official
        ]
        place = document.source.name, document.source.line(("published",))
        title = policy.short_title or policy.title
        if not official:
            yield Finding("no-interpretation", *place, {"title": title})
            continue
        first = official[0].meta_as(Interpretation).published
        lag = working_days(policy.published, first)
        if lag > DUE:
            values = {"title": title, "days": lag, "limit": DUE, "published": policy.published, "first": first}
            yield Finding(
                "late-interpretation", official[0].source.name, official[0].source.line(("published",)), values
            )


def working_days(start: datetime.date, end: datetime.date) -> int:
    """The working days after `start`, up to and with `end`; none where `end` is not later."""
    return sum(_is_working_day(start + datetime.timedelta(days=count)) for count in range(1, (end - start).days + 1))


def _is_working_day(day: datetime.date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the State Council has not announced that year's holidays, or the library is older
        return day.weekday() <= _FRIDAY
