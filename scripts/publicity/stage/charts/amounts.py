"""The sums of cases as points on a logarithmic scale, a lane for each kind of procedure: where they lie in a drawing as wide as its page."""

import math
from collections.abc import Iterable
from typing import Any

from publicity.dates import format_money
from publicity.labels import labels
from publicity.models import Language
from publicity.models.entries import Case
from publicity.read.content import Document
from publicity.stage.cards import card

_LEFT, _RIGHT = 12, 96
"""The ends of the scale, in percent of the width; on its left stand the names of the lanes."""
_ROW, _TOP, _SCALE = 16, 12, 40
"""Heights in pixels: of a row of points, above the first, and of the scale below the last."""
_NEAR = 2.0
"""Points that are nearer to each other, in percent, stand in rows of their own."""


def amounts_of(documents: Iterable[Document], language: Language) -> dict[str, Any]:
    """The drawing for an index of cases; none where fewer than two name a sum in yuan. Other currencies are not converted."""
    words = labels(language)["case"]
    yuan = words["currency"]["CNY"]
    named = [
        (case.amount.value, case.procedure, card(document, language)["title"])
        for document in documents
        if (case := document.meta_as(Case)).amount and case.amount.currency == "CNY" and case.amount.value > 0
    ]
    if len(named) < 2:
        return {}
    sums = [value for value, _, _ in named]
    first, last = math.floor(math.log10(min(sums))), math.ceil(math.log10(max(sums)))
    last = max(last, first + 1)

    def x(value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (math.log10(value) - first) / (last - first), 2)

    lanes, points, y = [], [], _TOP
    for procedure in words["procedures"]:
        if procedure not in {kind for _, kind, _ in named}:
            continue
        rows: list[float] = []
        for value, _, title in sorted(one for one in named if one[1] == procedure):
            row = next((number for number, end in enumerate(rows) if x(value) - end >= _NEAR), len(rows))
            rows[row : row + 1] = [x(value)]
            about = f"{title}：{format_money(value, yuan, language)}" if language == "zh" else f"{title}: {format_money(value, yuan, language)}"  # fmt: skip
            points.append({"x": x(value), "y": y + _ROW * row + _ROW // 2, "about": about})
        lanes.append({"title": words["procedures"][procedure], "y": y + _ROW * len(rows) // 2 + 5, "line": y - 4})
        y += _ROW * len(rows) + 8
    # Every other one is named: on a phone there is room for no more.
    ticks = [
        {"x": x(10**power), "text": "" if (power - first) % 2 else format_money(10**power, yuan, language)}
        for power in range(first, last + 1)
    ]
    return {
        "amounts": {
            "height": y + _SCALE,
            "floor": y,
            "lanes": lanes,
            "points": points,
            "ticks": ticks,
            "count": len(named),
            "least": format_money(min(sums), yuan, language),
            "most": format_money(max(sums), yuan, language),
        }
    }
