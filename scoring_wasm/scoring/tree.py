"""A standard as nested capped sums: what all scoring comes down to, shared with the tally in the browser.

A leaf earns its points times a quantity: 1 if ticked, 0 if not, n if n are counted. A node earns the sum of
its children, at most its cap. An item with levels is a node with one leaf "4.1.2=a" for each level, of which
one is ticked; a counted item is a node with one leaf "4.1.2#" whose quantity is the count.
"""

from dataclasses import dataclass

from scoring.parts import Item, Section
from scoring.points import show
from scoring.standard import Standard


@dataclass(frozen=True)
class Node:
    """A node with children and perhaps a cap, or a leaf with points (none in a checklist); in thousandths."""

    id: str
    cap: int | None = None
    points: int | None = None
    children: tuple["Node", ...] = ()


def build(standard: Standard) -> Node:
    """The nested capped sums of a standard: "total" over "base" and, where there is one, "bonus"."""
    if not standard.scored:
        return Node("total", children=tuple(_section(section) for section in standard.sections))
    parts = [("base", standard.base_max, False), ("bonus", standard.bonus_max, True)]
    return Node(
        "total",
        standard.total_cap,
        children=tuple(
            Node(name, cap, children=tuple(_section(part) for part in standard.sections if part.bonus is bonus))
            for name, cap, bonus in parts
            if cap is not None
        ),
    )


def _section(section: Section) -> Node:
    return Node(
        section.id,
        section.cap,
        children=tuple(
            Node(group.id, group.cap, children=tuple(_item(item) for item in group.items)) for group in section.groups
        ),
    )


def _item(item: Item) -> Node:
    if item.levels:
        leaves = tuple(Node(f"{item.id}={level.id}", points=level.points) for level in item.levels)
        return Node(item.id, item.points, children=leaves)
    if item.each is not None:
        return Node(item.id, item.points, children=(Node(f"{item.id}#", points=item.each),))
    return Node(item.id, points=item.points or None)


def values(node: Node, quantities: dict[str, int]) -> dict[str, int]:
    """What every node and leaf earns, in thousandths by id, given the quantities of leaves (absent: 0)."""
    earned_by: dict[str, int] = {}
    _earn(node, quantities, earned_by)
    return earned_by


def _earn(node: Node, quantities: dict[str, int], earned_by: dict[str, int]) -> int:
    earned = sum(_earn(child, quantities, earned_by) for child in node.children)
    if not node.children:
        earned = (node.points or 0) * quantities.get(node.id, 0)
    earned_by[node.id] = earned if node.cap is None else min(earned, node.cap)
    return earned_by[node.id]


def tree(standard: Standard) -> dict[str, object]:
    """The nested capped sums as plain data: {"id", "cap", "children"}, leaves {"id", "points"}; as decimals.

    A checklist has neither caps nor points: there is nothing to add up, only leaves to count.
    """
    return _plain(build(standard))


def _plain(node: Node) -> dict[str, object]:
    data: dict[str, object] = {"id": node.id}
    if node.cap is not None:
        data["cap"] = show(node.cap)
    if node.points is not None:
        data["points"] = show(node.points)
    if node.children:
        data["children"] = [_plain(child) for child in node.children]
    return data
