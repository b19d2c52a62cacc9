"""An event on its days: it is over only when its last day is."""

import datetime
from dataclasses import replace

import pytest

from conftest import ROOT
from publicity.check import sound_column
from publicity.models import Event
from publicity.project import Project
from publicity.stage.kinds.event import EVENT

FIRST, LAST = datetime.date(2026, 12, 1), datetime.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("day", "state", "place"),
    [
        (FIRST - datetime.timedelta(1), "coming", 1),
        (FIRST, "coming", 1),
        (LAST, "coming", 1),
        (LAST + datetime.timedelta(1), "over", -1),
    ],
)
def test_an_event_is_to_come_until_its_last_day_has_passed(day: datetime.date, state: str, place: int) -> None:
    column = sound_column(Project(ROOT), "jiangbei")
    column = replace(column, content=replace(column.content, today=day))
    document = column.content.entries["events"]["sample-training"]
    dates = Event.model_validate(document.source.data | {"start": "2026-12-01", "end": "2026-12-03"})
    document = replace(document, meta=dates)
    (facet, *_) = EVENT.facets
    assert list(facet.values(column, document)) == [state]
    assert EVENT.order(column, document)[0] == place * FIRST.toordinal()
