"""A target's published figures over time, as a line to draw and as rows to read."""

from typing import Any

from publicity.dates import format_date, format_number
from publicity.models import Language
from publicity.models.region import Target
from publicity.stage.cards import source_of

WIDTH, HEIGHT = 320, 120


def trend(target: Target, language: Language) -> dict[str, Any] | None:
    """The line of a target that has more than one published figure; the height of the goal's line where it has one.

    Places are in units of a drawing of `WIDTH` by `HEIGHT`, from its upper left corner.
    """
    progress = target.progress
    if not progress or not progress.history:
        return None
    figures = [*progress.history, progress]
    first, days = figures[0].as_of, (progress.as_of - figures[0].as_of).days
    most = max(*(figure.value for figure in figures), target.value or 0, target.upper or 0) or 1
    points = [
        {
            "x": round((figure.as_of - first).days / days * WIDTH, 1),
            "y": round(HEIGHT - figure.value / most * HEIGHT, 1),
            "value": format_number(figure.value),
            "as_of": format_date(figure.as_of, language),
            "source": source_of(figure.source, language),
        }
        for figure in figures
    ]
    goal = round(HEIGHT - target.value / most * HEIGHT, 1) if target.value else None
    return {"points": points, "goal": goal, "width": WIDTH, "height": HEIGHT}
