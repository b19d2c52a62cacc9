"""What to do next to reach a target: the open items that reach it, found exactly, with the fewest items or the least work.

The search goes up the tree of nested capped sums and keeps, for each node, its best ways: those for which no other is at most as dear
and earns at least as much. What is best for a sum is best for each part, whatever the caps. An item that others need is a gate: at
the lowest node that holds it and all that need it, itself or through others, both cases are searched, with it and without.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from scoring.guidance import Guidance
from scoring.planning import NEVER, Plan, days_of, plan
from scoring.points import show
from scoring.result import Result
from scoring.tree import Node, build

_Cost = tuple[int, int]


# Some open items: what they cost, first and second, what a node earns with them, and which they are. Tuples, for there are many.
_Way = tuple[int, int, int, tuple[str, ...]]


def advise(
    result: Result,
    target: int,
    guidance: Guidance | None = None,
    today: date | None = None,
    excluded: Iterable[str] = (),
) -> dict[str, object]:
    """The best sets of open items that lift the total to a target, of what can be done this year.

    Args:
        result: Where the unit stands; its standard must be scored.
        target: The total to reach, in thousandths, chosen by the user: no target is official.
        guidance: Our guidance: no set goes against its warnings, its seasons, or holds what cannot be planned.
        today: The day of the caller; without it no season is minded.
        excluded: Open items that must not be advised.

    Returns:
        "target", "total", "missing" (points), "reached", "reachable", "most" (the highest total that can be
        planned), "ceiling" (that with everything met), "left" (the days of work that this year has room for, null
        without a day or an estimate of effort), "nearest" (the items that come to "most", where that is below the
        target). If reachable and not reached, "offers": the set with the least work, and that with the fewest items
        unless its work does not fit in; each with its "kind" ("fewest", "least", or "both" where they are one),
        "items", "points", "total" and "work" in days. Of sets as good in this, the one with the higher total. Where the
        guidance estimates no effort, only "fewest", with no "work" (null).
    """
    planned = plan(result, guidance, today, excluded)
    total = result.earned["total"]
    least_work = _Search(result, planned, lambda name: (planned.work[name], 1))
    least = least_work.reaching(target)
    if least and least[0] > planned.left:
        least = None
    most = least_work.most(planned.left)
    nearest = None if least else least_work.reaching(most)
    data: dict[str, object] = {
        "target": show(target),
        "total": show(total),
        "missing": show(max(0, target - total)),
        "reached": total >= target,
        "reachable": least is not None,
        "most": show(most),
        "nearest": list(nearest[3]) if nearest else [],
        "ceiling": show(_ceiling(result)),
        "left": int(planned.left) if planned.left < NEVER else None,
    }
    if least is None or total >= target:
        return data | {"offers": []}
    if not days_of(guidance):
        return data | {"offers": [_offer("fewest", least, None, total)]}
    fewest = _Search(result, planned, lambda name: (1, planned.work[name])).reaching(target) or least
    if fewest[3] == least[3]:
        offers = [("both", least)]
    elif fewest[1] > planned.left:
        offers = [("least", least)]
    else:
        offers = [("fewest", fewest), ("least", least)]
    return data | {"offers": [_offer(kind, way, planned.work, total) for kind, way in offers]}


def _offer(kind: str, way: _Way, work: dict[str, int] | None, total: int) -> dict[str, object]:
    _, _, points, items = way
    return {
        "kind": kind,
        "items": list(items),
        "points": show(points - total),
        "total": show(points),
        "work": sum(work[name] for name in items) if work else None,
    }


def _ceiling(result: Result) -> int:
    """The total with every item met in full."""

    def most(node: Node) -> int:
        if node.id in result.earned and node.id in result.standard.item_by_id:
            return result.earned[node.id] + result.missing.get(node.id, 0)
        total = sum(most(child) for child in node.children)
        return total if node.cap is None else min(total, node.cap)

    return most(build(result.standard))


class _Search:
    """The search for the cheapest set."""

    def __init__(self, result: Result, planned: Plan, cost: Callable[[str], _Cost]) -> None:
        self._earned = result.earned
        self._missing = result.missing
        self._items = result.standard.item_by_id
        self._cost = cost
        self._planned = planned
        self._behind = {name: _behind(planned, name) for name in planned.needs}
        self._gates = frozenset().union(*self._behind.values())
        self._inside: dict[str, frozenset[str]] = {}
        self._relevant: dict[str, frozenset[str]] = {}
        self._opened_at: dict[str, list[str]] = {}
        self._relevant_to_first: dict[str, list[frozenset[str]]] = {}
        self._known: dict[tuple[str, frozenset[str]], list[_Way]] = {}
        self._known_first: dict[tuple[str, int, frozenset[str]], list[_Way]] = {}
        root = build(result.standard)
        self._survey(root)
        self._ways_to_root = self._ways(root, frozenset())

    def most(self, cost: float) -> int:
        """The highest total in reach at a first cost."""
        return max(points for first, _, points, _ in self._ways_to_root if first <= cost)

    def reaching(self, target: int) -> _Way | None:
        """The cheapest way to a total, the highest one among equals; None where there is none."""
        return next((way for way in self._ways_to_root if way[2] >= target), None)

    def _survey(self, node: Node) -> None:
        """Note the items in a node, the gates it depends on, and those that only it depends on as a whole."""
        if node.id in self._items:
            self._inside[node.id] = frozenset([node.id])
            self._relevant[node.id] = self._behind.get(node.id, frozenset()) | ({node.id} & self._gates)
            return
        for child in node.children:
            self._survey(child)
        self._inside[node.id] = frozenset().union(*(self._inside[child.id] for child in node.children))
        relevant: list[frozenset[str]] = [frozenset()]
        for child in node.children:
            relevant.append(relevant[-1] | self._relevant[child.id])
        self._relevant_to_first[node.id] = relevant
        self._relevant[node.id] = self._relevant_to_first[node.id][-1]
        done = {gate for gates in self._opened_at.values() for gate in gates}
        self._opened_at[node.id] = sorted(
            gate for gate in self._relevant[node.id] - done if self._holds_all(node, gate)
        )

    def _holds_all(self, node: Node, gate: str) -> bool:
        inside = self._inside[node.id]
        return gate in inside and all(name in inside for name, gates in self._behind.items() if gate in gates)

    def _ways(self, node: Node, chosen: frozenset[str]) -> list[_Way]:
        """The best ways for a node, cheapest first, where of the gates decided above it these are chosen."""
        key = (node.id, chosen & self._relevant[node.id])
        if key not in self._known:
            self._known[key] = self._leaf(node.id, chosen) if node.id in self._items else self._sum(node, chosen)
        return self._known[key]

    def _leaf(self, name: str, chosen: frozenset[str]) -> list[_Way]:
        now = (0, 0, self._earned[name], ())
        can = name in self._behind and name in self._planned.ready((chosen & self._behind[name]) | {name})
        more: list[_Way] = [(*self._cost(name), now[2] + self._missing[name], (name,))] if can else []
        if name in self._gates:
            return more if name in chosen else [now]
        return [now, *more]

    def _sum(self, node: Node, chosen: frozenset[str]) -> list[_Way]:
        own = self._opened_at[node.id]
        subsets = itertools.chain.from_iterable(itertools.combinations(own, count) for count in range(len(own) + 1))
        found = [way for more in subsets for way in self._first(node, len(node.children), chosen.union(more))]
        if node.cap is None:
            return _best(found)
        return _best([(first, second, min(points, node.cap), items) for first, second, points, items in found])

    def _first(self, node: Node, count: int, chosen: frozenset[str]) -> list[_Way]:
        """The best ways for the first children of a node together."""
        if count == 0:
            return [(0, 0, 0, ())]
        key = (node.id, count, chosen & self._relevant_to_first[node.id][count])
        if key not in self._known_first:
            child = node.children[count - 1]
            self._known_first[key] = _merge(self._first(node, count - 1, chosen), self._ways(child, chosen))
        return self._known_first[key]


def _behind(planned: Plan, name: str) -> frozenset[str]:
    """All that an item may need, itself or through what it needs."""
    found: set[str] = set()
    new = {name}
    while new:
        new = {other for one in new for rule in planned.needs[one] for other in rule} - found
        found |= new
    return frozenset(found)


def _merge(left: Sequence[_Way], right: Sequence[_Way]) -> list[_Way]:
    """The best of every way together with every other; of ways as good, that with more of the left."""
    pairs = [
        (one[0] + two[0], one[1] + two[1], -one[2] - two[2], -i, j)
        for i, one in enumerate(left)
        for j, two in enumerate(right)
    ]
    pairs.sort()
    best: list[_Way] = []
    top = -1
    for first, second, points, i, j in pairs:
        if -points > top:
            top = -points
            best.append((first, second, top, left[-i][3] + right[j][3]))
    return best


def _best(ways: list[_Way]) -> list[_Way]:
    """The ways that no other beats, cheapest first, each earning more than the one before."""
    best: list[_Way] = []
    for way in sorted(ways, key=lambda way: (way[0], way[1], -way[2])):
        if not best or way[2] > best[-1][2]:
            best.append(way)
    return best
