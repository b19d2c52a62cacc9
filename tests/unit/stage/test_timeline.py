"""The plan as a line: to scale, in one piece, with today where it is."""

from datetime import date

import pytest

from publicity.models import Phase
from publicity.stage.charts.timeline import timeline_of

WORDS = {"zh": "甲", "en": "A"}


def _phases(*days: tuple[date, date | None]) -> list[Phase]:
    parts = {"name": WORDS, "period": WORDS, "text": WORDS}
    return [Phase.model_validate(parts | {"start": str(start), "end": end and str(end)}) for start, end in days]


HALF = _phases((date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), None))


def test_phases_that_follow_each_other_leave_no_gap_and_the_open_one_goes_on_to_the_end_of_the_year() -> None:
    line = timeline_of(HALF, date(2025, 10, 1))
    assert line is not None
    first, second = line["segments"]
    assert (first["x"], first["width"]) == (0.0, pytest.approx(100 * 181 / 365, abs=0.01))
    assert (second["x"], second["x"] + second["width"]) == (first["width"], 100.0)
    assert first["passed"] == first["width"]
    assert second["x"] + second["passed"] == pytest.approx(line["today"]["x"], abs=0.01)


@pytest.mark.parametrize(
    ("today", "x", "anchor", "passed"),
    [
        (date(2024, 12, 1), 0.0, "start", [0, 0]),  # before the plan begins, from today on
        (date(2025, 7, 2), 49.86, "middle", [49.59, 0.27]),
        (date(2027, 12, 31), 99.91, "end", [16.53, 83.38]),
    ],
)
def test_today_is_always_on_it(today: date, x: float, anchor: str, passed: list[float]) -> None:
    line = timeline_of(HALF, today)
    assert line is not None
    assert line["today"] == {"x": x, "anchor": anchor}
    assert [part["passed"] for part in line["segments"]] == passed


def test_a_plan_that_is_over_is_drawn_as_far_as_today() -> None:
    line = timeline_of(_phases((date(2023, 1, 1), date(2023, 12, 31))), date(2024, 12, 30))
    assert line is not None
    assert line["segments"] == [{"x": 0.0, "width": 50.0, "passed": 50.0}]
    assert line["years"] == [{"x": 50.0, "text": "2024"}]


def test_no_phases_no_line() -> None:
    assert timeline_of([], date(2025, 1, 1)) is None
