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

_LEFT, _RIGHT = 2, 97
"""The ends of the scale, in percent of the width."""
_TITLE, _ROW, _SCALE = 2.0, 0.9, 2.0
"""Heights in the chart's own letters, so that all grow with them: of a lane's name, of a row of points, of the scale below the last."""
_NEAR = 3.0
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

    lanes: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    y = 0.0
    for procedure in words["procedures"]:
        if procedure not in {kind for _, kind, _ in named}:
            continue
        y += _TITLE
        lanes.append({"title": words["procedures"][procedure], "y": round(y - 0.6, 2)})
        rows: list[float] = []
        for value, _, title in sorted(one for one in named if one[1] == procedure):
            row = next((number for number, end in enumerate(rows) if x(value) - end >= _NEAR), len(rows))
            rows[row : row + 1] = [x(value)]
            about = f"{title}：{format_money(value, yuan, language)}" if language == "zh" else f"{title}: {format_money(value, yuan, language)}"  # fmt: skip
            points.append({"x": x(value), "y": round(y + _ROW * (row + 0.5), 2), "about": about})
        y = round(y + _ROW * len(rows), 2)
    return {
        "amounts": {
            "height": round(y + _SCALE, 2),
            "left": _LEFT,
            "floor": y,
            "lanes": lanes,
            "points": points,
            "ticks": [_tick(power, first, last, x(10**power), yuan, language) for power in range(first, last + 1)],
            "count": len(named),
            "least": format_money(min(sums), yuan, language),
            "most": format_money(max(sums), yuan, language),
        }
    }


def _tick(power: int, first: int, last: int, x: float, yuan: str, language: Language) -> dict[str, Any]:
    """A power of ten on the scale; the ends are named, and every other one between them."""
    kind = {first: "first", last: "last"}.get(power, "between")
    is_named = kind != "between" or ((power - first) % 2 == 0 and last - power > 1)
    anchor = {"first": "start", "last": "end"}.get(kind, "middle")
    return {"x": x, "text": format_money(10**power, yuan, language) if is_named else "", "anchor": anchor, "kind": kind}
