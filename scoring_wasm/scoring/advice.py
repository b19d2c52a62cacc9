"""What to do next to reach a target: the smallest sets of open items that reach it, found exactly.

Both steps work on the tree of nested capped sums. First, the most each node can earn with k more items: what
is best for a sum is best for each part, whatever the caps. That gives the smallest number of items. Then all
choices of that many items, as a table of (items used, points earned) for each node, without those that can no
longer reach the target.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.points import show
from scoring.result import Result
from scoring.tree import Node, build

# More alternatives than this help nobody to decide.
MOST_SETS = 5

# Choices that use as many items for as many points: how many there are, and the best of them, each as its
# effort and the indexes of its items.
_Choice = tuple[int, tuple[int, ...]]
_Table = dict[tuple[int, int], tuple[int, list[_Choice]]]


def advise(result: Result, target: int, sizes: dict[str, int], excluded: Iterable[str] = ()) -> dict[str, object]:
    """The smallest sets of open items that lift the total to a target.

    Args:
        result: Where the unit stands; its standard must be scored.
        target: The total to reach, in thousandths, chosen by the user: no target is official.
        sizes: The effort for items by id, 0 for the smallest; items not named count as 0.
        excluded: Open items that must not be advised.

    Returns:
        "target", "total", "missing" (points), "reached", "reachable", "most" (the highest total in reach); if
        reachable, "size" of the smallest sets, their "count", and up to `MOST_SETS` of them as "sets": least
        effort first, then highest total, then the order of the standard with the bonus last.
    """
    total = result.earned["total"]
    # In the order of the tree, which puts the bonus last: the search ranks and cuts as it goes along the tree.
    parts = sorted(result.standard.sections, key=lambda section: section.bonus)
    wanted = result.missing.keys() - set(excluded)
    names = [item.id for part in parts for item in part.items if item.id in wanted]
    search = _Search(result, names, target, [sizes.get(name, 0) for name in names])
    data: dict[str, object] = {
        "target": show(target),
        "total": show(total),
        "missing": show(max(0, target - total)),
        "reached": total >= target,
        "reachable": search.size is not None,
        "most": show(search.root.best[-1]),
    }
    if search.size is None:
        return data
    count, choices = search.smallest()
    return data | {
        "size": search.size,
        "count": count,
        "sets": [
            {"items": [names[index] for index in choice], "points": show(reach - total), "total": show(reach)}
            for reach, choice in choices
        ],
    }


@dataclass(frozen=True)
class _Part:
    """A node of the tree made ready for the search.

    Attributes:
        best: The most it can earn with 0, 1, 2, … more items; only one number where nothing in it is open.
        options: The indexes of the open items in it.
        uncut: What all items in it earn now, before any cap.
    """

    cap: int | None
    best: list[int]
    options: frozenset[int]
    uncut: int
    children: tuple["_Part", ...] = ()


class _Search:
    """The search for the smallest sets; `size`: how many items they have, None if the target is too high."""

    def __init__(self, result: Result, names: list[str], target: int, sizes: list[int]) -> None:
        self._earned = result.earned
        self._items = result.standard.item_by_id
        self._index = {name: index for index, name in enumerate(names)}
        self._rises = [self._items[name].points - self._earned[name] for name in names]
        self._target = target
        self._sizes = sizes
        self.root = self._part(build(result.standard))
        self.size = next((count for count, most in enumerate(self.root.best) if most >= target), None)

    def _part(self, node: Node) -> _Part:
        now = self._earned[node.id]
        if node.id in self._items:
            index = self._index.get(node.id)
            if index is None:
                return _Part(None, [now], frozenset(), now)
            return _Part(None, [now, now + self._rises[index]], frozenset([index]), now)
        children: list[_Part] = []
        for child in map(self._part, node.children):
            # A cap that nothing can exceed changes nothing: its parts then join those of the node above.
            bites = child.cap is not None and child.uncut + self._rise(child) > child.cap
            children.extend([child] if bites or not child.children else child.children)
        best = [0]
        for child in children:
            best = _best_of_both(best, child.best)
        if node.cap is not None:
            best = [min(most, node.cap) for most in best]
        options = frozenset(index for child in children for index in child.options)
        return _Part(node.cap, best, options, sum(child.uncut for child in children), tuple(children))

    def _rise(self, part: _Part) -> int:
        return sum(self._rises[index] for index in part.options)

    def smallest(self) -> tuple[int, list[tuple[int, tuple[int, ...]]]]:
        """How many smallest sets there are, and the best: the total each reaches, its items' indexes."""
        count = 0
        ranked: list[tuple[int, int, tuple[int, ...]]] = []
        for (_, total), (ways, choices) in self._table(self.root).items():
            # Fewer items than the smallest size cannot reach it, and more were never tried.
            if total >= self._target:
                count += ways
                ranked.extend((effort, -total, items) for effort, items in choices)
        return count, [(-reach, items) for _, reach, items in sorted(ranked)[:MOST_SETS]]

    def _table(self, part: _Part) -> _Table:
        """All ways for a part to use some of its open items that can still lead to the target."""
        if not part.children:
            table: _Table = {(0, part.best[0]): (1, [(0, ())])}
            for index in part.options:
                table[1, part.best[1]] = (1, [(self._sizes[index], (index,))])
            return table
        table = {(0, 0): (1, [(0, ())])}
        done: frozenset[int] = frozenset()
        uncut = 0
        for child in part.children:
            done |= child.options
            uncut += child.uncut
            table = self._merge(table, self._table(child), self._needed(done, uncut))
        if part.cap is None:
            return table
        capped: _Table = {}
        for (used, points), choices in table.items():
            _add(capped, (used, min(points, part.cap)), choices)
        return capped

    def _needed(self, done: frozenset[int], uncut: int) -> list[int]:
        """What the items done must earn together so that the others can still fill up to the target.

        Args:
            done: The indexes of the items done.
            uncut: What they, and all items closed among them, earn now.

        Returns:
            The points needed, by the number of items used so far.
        """
        size = self.size or 0
        others = sorted((rise for index, rise in enumerate(self._rises) if index not in done), reverse=True)
        left = self._target - (self.root.uncut - uncut)
        return [left - sum(others[: size - used]) for used in range(size + 1)]

    @staticmethod
    def _merge(left: _Table, right: _Table, needed: list[int]) -> _Table:
        """Every way of one table together with every way of the other, as far as it can lead to the target."""
        table: _Table = {}
        for (used, points), (count, choices) in left.items():
            for (more, added), (ways, extras) in right.items():
                if used + more < len(needed) and points + added >= needed[used + more]:
                    both = [(effort + rest, items + tail) for effort, items in choices for rest, tail in extras]
                    _add(table, (used + more, points + added), (count * ways, both))
        return table


def _best_of_both(left: list[int], right: list[int]) -> list[int]:
    """The most two parts can earn together with 0, 1, 2, … more items between them."""
    best = [0] * (len(left) + len(right) - 1)
    for i, first in enumerate(left):
        for j, second in enumerate(right):
            best[i + j] = max(best[i + j], first + second)
    return best


def _add(table: _Table, key: tuple[int, int], more: tuple[int, list[_Choice]]) -> None:
    """Add choices to those already known for the same number of items and points, keeping the best."""
    count, choices = table.get(key, (0, []))
    table[key] = (count + more[0], sorted(choices + more[1])[:MOST_SETS])
