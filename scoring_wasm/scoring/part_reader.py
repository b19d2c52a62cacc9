"""Reads and checks the parts of a standard: shapes, ids, sums, and the points that titles state."""

import re
from collections.abc import Sequence

from scoring.fields import Fields
from scoring.parts import Group, Item, Level, Section
from scoring.points import parse, show
from scoring.problems import Keys, Problems

# Capitals and digits only: so no id is ever the name of a sum, "base", "bonus" or "total".
_STEP = re.compile(r"[0-9A-Z]{1,4}")
_LEVEL = re.compile(r"[0-9a-z]{1,8}")
_STATED = re.compile(r"（([0-9]+(?:\.[0-9]+)?)分）")


class PartReader:
    """Reads the parts of one standard, noting problems."""

    def __init__(self, problems: Problems, *, scored: bool) -> None:
        self.problems = problems
        self.scored = scored
        self._seen: set[str] = set()

    def amount(self, fields: Fields, key: str, *, required: bool = False) -> int | None:
        """An amount of points that must be positive; none at all in a checklist."""
        if not self.scored:
            fields.refuse(key, "checklist-points")
            return None
        amount = fields.points(key, required=required)
        if amount == 0:
            self.problems.add((*fields.keys, key), "zero")
        return amount

    def _id(self, fields: Fields, parent: str) -> str:
        """An id under its parent's ("4.1" and "4.1.2"), unique in the standard."""
        name = fields.text("id", required=True)
        prefix = f"{parent}." if parent else ""
        if not name:
            return ""
        place = (*fields.keys, "id")
        if not name.startswith(prefix) or not _STEP.fullmatch(name[len(prefix) :]):
            if parent:
                self.problems.add(place, "bad-id-below", found=name, parent=parent)
            else:
                self.problems.add(place, "bad-id", found=name)
        elif name in self._seen:
            self.problems.add(place, "duplicate-id", found=name)
        self._seen.add(name)
        return name

    def section(self, data: object, keys: Keys) -> Section:
        """Read one section with its groups and items; `keys` leads to it."""
        fields = Fields(data, keys, self.problems)
        name = self._id(fields, "")
        section = Section(
            id=name,
            number=fields.text("number"),
            title=fields.text("title", required=True),
            title_en=fields.text("title_en"),
            cap=self.amount(fields, "max", required=True),
            capped=self._scored_flag(fields, "capped"),
            bonus=self._scored_flag(fields, "bonus"),
            standard=fields.text("standard"),
            standard_en=fields.text("standard_en"),
            merged_cell=fields.text("merged_cell"),
            merged_cell_en=fields.text("merged_cell_en"),
            groups=tuple(self._group(*member, name) for member in fields.members("groups", required=True)),
        )
        fields.done()
        self._check_cap(keys, section, [group.cap for group in section.groups])
        return section

    def _scored_flag(self, fields: Fields, key: str) -> bool:
        """A flag that means something only where there are points."""
        flag = fields.flag(key)
        if flag and not self.scored:
            self.problems.add((*fields.keys, key), "checklist-points", key=key)
        return flag

    def _group(self, data: object, keys: Keys, parent: str) -> Group:
        fields = Fields(data, keys, self.problems)
        name = self._id(fields, parent)
        group = Group(
            id=name,
            title=fields.text("title"),
            title_en=fields.text("title_en"),
            cap=self.amount(fields, "max", required=True),
            capped=self._scored_flag(fields, "capped"),
            items=tuple(self._item(*member, name) for member in fields.members("items", required=True)),
        )
        fields.done()
        self._check_cap(keys, group, [item.points for item in group.items])
        return group

    def _item(self, data: object, keys: Keys, parent: str) -> Item:
        fields = Fields(data, keys, self.problems)
        name = self._id(fields, parent)
        text, text_en = fields.text("text", required=True), fields.text("text_en")
        ways = [key for key in ("points", "levels", "each") if fields.has(key)]
        if self.scored and len(ways) != 1:
            self.problems.add(keys, "how-scored")
        most = self.amount(fields, "points")
        each = self.amount(fields, "each")
        levels: tuple[Level, ...] = ()
        if not self.scored:
            fields.refuse("levels", "checklist-points")
        elif ways == ["levels"]:
            levels = self._levels(fields)
            most = max((level.points for level in levels), default=0)
            if levels and not most:
                self.problems.add((*keys, "levels"), "zero")
        if ways == ["each"]:
            most = self.amount(fields, "max", required=True)
        else:
            fields.refuse("max", "how-scored" if self.scored else "checklist-points")
        fields.done()
        return Item(name, text, text_en, most or 0, levels, each)

    def _levels(self, fields: Fields) -> tuple[Level, ...]:
        levels: dict[str, Level] = {}
        for member, keys in fields.members("levels", required=True):
            inner = Fields(member, keys, self.problems)
            name = inner.text("id", required=True)
            if name and not _LEVEL.fullmatch(name):
                self.problems.add((*keys, "id"), "bad-level-id", found=name)
            elif name in levels:
                self.problems.add((*keys, "id"), "duplicate-id", found=name)
            level = Level(
                name,
                inner.points("points", required=True) or 0,
                inner.text("text", required=True),
                inner.text("text_en"),
            )
            inner.done()
            levels[name] = level
        return tuple(levels.values())

    def _check_cap(self, keys: Keys, part: Section | Group, parts: Sequence[int | None]) -> None:
        """The parts add up to the cap, or beyond it where the data says so; the title states the same."""
        if part.cap is None:
            return
        # A part that could not be read has been reported; without it the sum means nothing.
        if all(parts):
            total = sum(amount or 0 for amount in parts)
            if part.capped and total < part.cap:
                self.problems.add((*keys, "max"), "sum-below-cap", total=show(total), cap=show(part.cap))
            elif total != part.cap and not part.capped:
                self.problems.add((*keys, "max"), "sum", total=show(total), cap=show(part.cap))
        stated = _STATED.findall(part.title)
        if stated and parse(stated[-1]) != part.cap:
            self.problems.add((*keys, "title"), "title-points", stated=stated[-1], cap=show(part.cap))
