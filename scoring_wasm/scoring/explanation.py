"""What is said beside a score, from the guidance: notes, warnings, open items, and the view of a court."""

from scoring.guidance import Guidance
from scoring.guidance_parts import Contradiction, Measure, Note
from scoring.points import show
from scoring.result import Result
from scoring.tree import Node, build


def explain(result: Result, guidance: Guidance | None, lang: str) -> dict[str, object]:
    """Everything said beside a score, as JSON can hold it, in the language `lang` ("zh" or "en").

    Returns:
        "ours": that the rest is ours and not the standard's; "notes"; "warnings"; "open": the items still to
        be met, in the order of the standard; "orders": their ids by points, effort and owner; "court".
    """
    sizes = guidance.size_of if guidance else {}
    data: dict[str, object] = {"open": _open(result, guidance, lang), "orders": _orders(result, sizes)}
    if guidance is None:
        return data | {"ours": None, "notes": [], "warnings": [], "court": None}
    return data | {
        "ours": guidance.ours[lang],
        "notes": [
            {"id": note.id, "items": list(note.items), "text": note.text[lang]}
            for note in guidance.notes
            if _applies(note, result)
        ],
        "warnings": _warnings(result, guidance, lang),
        "court": _court(result, guidance, lang),
    }


def gains(result: Result) -> dict[str, int]:
    """By how much the total would rise, in thousandths, if only this open item were met in full."""
    return _gains(build(result.standard), result.missing, result.earned)


def _gains(node: Node, missing: dict[str, int], earned: dict[str, int]) -> dict[str, int]:
    """By how much the node would rise for each open item under it: what is left after its cap."""
    if node.id in missing:
        return {node.id: missing[node.id]}
    uncut = sum(earned[child.id] for child in node.children)
    rises = {name: rise for child in node.children for name, rise in _gains(child, missing, earned).items()}
    if node.cap is None:
        return rises
    return {name: min(node.cap, uncut + rise) - earned[node.id] for name, rise in rises.items()}


def _open(result: Result, guidance: Guidance | None, lang: str) -> list[dict[str, object]]:
    sizes = guidance.size_of if guidance else {}
    rises = gains(result)
    rows = []
    for item in result.open:
        answer = result.answer(item.id)
        row: dict[str, object] = {
            "id": item.id,
            "check": answer.check,
            "owner": answer.owner,
            "due": answer.due,
        }
        if result.standard.scored:
            row["points"] = show(result.missing[item.id])
            row["gain"] = show(rises[item.id])
        if guidance and item.id in sizes:
            size = guidance.sizes[sizes[item.id]]
            row["effort"] = size.id
            row["effort_label"] = size.label[lang]
        rows.append(row)
    return rows


def _orders(result: Result, sizes: dict[str, int]) -> dict[str, object]:
    """The open items by points (most first), effort (least first), and who sees to them (nobody last)."""
    ids = [item.id for item in result.open]
    by_points = sorted(ids, key=lambda name: -result.missing[name])
    owners: dict[str, list[str]] = {}
    for name in ids:
        owners.setdefault(result.answer(name).owner, []).append(name)
    return {
        "points": by_points,
        "effort": sorted(by_points, key=lambda name: sizes.get(name, 0)),
        "owner": [
            {"owner": owner, "items": owners[owner]} for owner in sorted(owners, key=lambda name: (not name, name))
        ],
    }


def _applies(note: Note, result: Result) -> bool:
    met = result.met
    return {
        "always": True,
        "met": any(name in met for name in note.items),
        "open": any(name not in met for name in note.items),
        "cut": "total" in result.cuts,
    }[note.when]


def _warnings(result: Result, guidance: Guidance, lang: str) -> list[dict[str, object]]:
    """Dependences and contradictions first, then the items met without evidence."""
    met = result.met
    warnings: list[dict[str, object]] = [
        {
            "id": rule.id,
            "kind": rule.kind,
            "items": [name for name in rule.met if name in met],
            "open": list(rule.open),
            "text": rule.text[lang],
        }
        for rule in guidance.warnings
        if _fires(rule, met)
    ]
    bare = [name for name, answer in result.answers.by_item.items() if name in met and not answer.evidence]
    if bare and guidance.no_evidence:
        text = guidance.no_evidence[lang]
        warnings.append({"id": "no-evidence", "kind": "evidence", "items": bare, "open": [], "text": text})
    return warnings


def _fires(contradiction: Contradiction, met: frozenset[str]) -> bool:
    return not met.isdisjoint(contradiction.met) and met.isdisjoint(contradiction.open)


def _court(result: Result, guidance: Guidance, lang: str) -> dict[str, object] | None:
    """The panel; "touched": an item met may have to do with the measure. It says nothing about the score."""
    court = guidance.court
    if court is None:
        return None
    met = result.met

    def row(measure: Measure) -> dict[str, object]:
        mine = [name for name in measure.items if name in met]
        return {
            "id": measure.id,
            "text": measure.text[lang],
            "items": list(measure.items),
            "met": mine,
            "touched": bool(mine),
            "gaps": [gap.id for gap in court.gaps if measure.id in gap.measures],
        }

    return {
        "title": court.title[lang],
        "source": court.source[lang],
        "text": court.text[lang],
        "measures": [row(measure) for measure in court.measures],
        "gaps": [{"id": gap.id, "measures": list(gap.measures), "text": gap.text[lang]} for gap in court.gaps],
    }
