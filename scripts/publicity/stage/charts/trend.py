"""The published figures of a target over time as a line: where its points lie in a drawing that is as wide as its page."""

import datetime
from collections.abc import Sequence
from typing import Any

from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import Language, PublishedFigure, Target
from publicity.stage.cards import source_of

HEIGHT = 220
_TOP, _FLOOR = 36, 172
"""Between these heights, in pixels, lie the highest value and zero; above and below there is room for words."""
_LEFT, _RIGHT = 2, 98
"""The first and the last day, in percent of the width."""
_ABOVE, _BELOW = 12, 24
"""How far from a point its figure stands."""


def trend_of(target: Target, language: Language) -> dict[str, Any] | None:
    """The line of a target with its points, lines in between and the target's own height; nothing without earlier figures."""
    progress = target.progress
    if progress is None or not progress.history or target.value is None:
        return None
    figures: Sequence[PublishedFigure] = (*progress.history, progress)
    goal = target.value if target.upper is None else target.upper
    highest = max(goal, *(figure.value for figure in figures)) or 1
    aim_y = _y(target.value, highest)
    points: list[dict[str, Any]] = [
        {
            "x": _x(figure.as_of, figures),
            "y": (y := _y(figure.value, highest)),
            # Away from the line of the target, and never on the floor.
            "label_y": y - _ABOVE if y <= aim_y or y + _BELOW > _FLOOR else y + _BELOW,
            "value": format_number(figure.value),
            "date": format_date(figure.as_of, language),
            "source": source_of(figure.source, language),
        }
        for figure in figures
    ]
    return {
        "id": f"trend-{target.id}",
        "height": HEIGHT,
        "floor": _FLOOR,
        "points": points,
        # Its words stand at the right, where the last point has those of its own on the other side.
        "aim": {"y": aim_y, "label_y": aim_y + _BELOW if points[-1]["y"] <= aim_y else aim_y - _ABOVE},
        "about": labels(language)["progress"]["trend_about"].format(count=len(points)),
    }


def _x(day: datetime.date, figures: Sequence[PublishedFigure]) -> float:
    first, last = figures[0].as_of, figures[-1].as_of
    return round(_LEFT + (_RIGHT - _LEFT) * (day - first).days / (last - first).days, 2)


def _y(value: float, highest: float) -> float:
    return round(_FLOOR - (_FLOOR - _TOP) * value / highest, 1)
