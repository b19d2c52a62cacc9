"""The score: what every item, group and section earns, base, bonus and the capped total."""

from dataclasses import dataclass
from functools import cached_property

from scoring.answers import Answer, Answers
from scoring.parts import Item
from scoring.points import show
from scoring.standard import Standard
from scoring.tree import Node, build, values

_UNANSWERED = Answer(met=False)


@dataclass(frozen=True)
class Result:
    """What a set of answers earns under a standard.

    Attributes:
        earned: What each node of the standard's tree earns after its cap, in thousandths, by id.
        cuts: What the cap of a node cut off, in thousandths, by id; only where it did.
    """

    standard: Standard
    answers: Answers
    earned: dict[str, int]
    cuts: dict[str, int]

    @cached_property
    def met(self) -> frozenset[str]:
        """The ids of the items met. A chosen level that earns nothing, such as “none”, is an answer and meets nothing."""
        return frozenset(name for name in self.answers.met if not self.standard.scored or self.earned[name])

    @cached_property
    def open(self) -> list[Item]:
        """Items not met, or met to less than their most, in the order of the standard."""
        return [item for item in self.standard.items if self._is_open(item)]

    @cached_property
    def missing(self) -> dict[str, int]:
        """The points that open items could still earn by themselves, in thousandths, by id."""
        return {item.id: item.points - self.earned[item.id] for item in self.open}

    def _is_open(self, item: Item) -> bool:
        return item.id not in self.met or self.earned[item.id] < item.points

    def answer(self, name: str) -> Answer:
        """The answer to an item; "not met" where it was never touched."""
        return self.answers.by_item.get(name, _UNANSWERED)

    def to_data(self) -> dict[str, object]:
        """The result as JSON can hold it, amounts as decimals. A checklist has coverage, never a score."""
        data: dict[str, object] = {
            "standard": {"id": self.standard.id, "sha256": self.standard.sha256},
            "scored": self.standard.scored,
            "items": {item.id: self._item(item) for item in self.standard.items},
            "coverage": self._coverage(),
            "to_check": [name for name, answer in self.answers.by_item.items() if answer.check],
        }
        if not self.standard.scored:
            return data
        standard = self.standard
        caps = {"total": standard.total_cap, "base": standard.base_max, "bonus": standard.bonus_max}
        return data | {
            **{name: None if cap is None else show(self.earned[name]) for name, cap in caps.items()},
            "max": {name: None if cap is None else show(cap) for name, cap in caps.items()},
            "sections": {section.id: show(self.earned[section.id]) for section in standard.sections},
            "groups": {
                group.id: show(self.earned[group.id]) for section in standard.sections for group in section.groups
            },
            "cut": show(sum(self.cuts.values())),
            "cuts": {name: show(cut) for name, cut in self.cuts.items()},
            "pass_mark": None if standard.pass_mark is None else show(standard.pass_mark),
        }

    def _item(self, item: Item) -> dict[str, object]:
        met = item.id in self.met
        if not self.standard.scored:
            return {"met": met}
        return {"met": met, "points": show(self.earned[item.id]), "max": show(item.points)}

    def _coverage(self) -> dict[str, object]:
        met = self.met
        sections = {
            section.id: {"met": sum(item.id in met for item in section.items), "of": len(list(section.items))}
            for section in self.standard.sections
        }
        return {"met": len(met), "of": len(self.standard.item_by_id), "sections": sections}


def score(standard: Standard, answers: Answers) -> Result:
    """Score by the letter of the standard: an item met earns its points, each sum is cut at its cap."""
    root = build(standard)
    earned = values(root, quantities(answers))
    cuts: dict[str, int] = {}
    _find_cuts(root, earned, cuts)
    return Result(standard, answers, earned, cuts)


def quantities(answers: Answers) -> dict[str, int]:
    """How much of each leaf of the tree the answers claim; see `scoring.tree` for the names of leaves."""
    quantities = {}
    for name, answer in answers.by_item.items():
        if answer.met and answer.level:
            quantities[f"{name}={answer.level}"] = 1
        elif answer.met and answer.count is not None:
            quantities[f"{name}#"] = answer.count
        elif answer.met:
            quantities[name] = 1
    return quantities


def _find_cuts(node: Node, earned: dict[str, int], cuts: dict[str, int]) -> None:
    """Note where a node earns less than its children together."""
    for child in node.children:
        _find_cuts(child, earned, cuts)
    uncut = sum(earned[child.id] for child in node.children)
    if node.children and uncut > earned[node.id]:
        cuts[node.id] = uncut - earned[node.id]
