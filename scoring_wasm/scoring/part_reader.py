"""Reads and checks the parts of a standard: shapes, ids, sums, and the points that titles state."""

import re
from collections.abc import Sequence

from scoring.fields import Fields
from scoring.parts import Group, Item, Level, Section
from scoring.points import parse, show
from scoring.problems import Path, Problems

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
            self.problems.add((*fields.path, key), "zero")
        return amount

    def _id(self, fields: Fields, parent: str, example: str) -> str:
        """An id under its parent's ("4.1" and "4.1.2"), unique in the standard."""
        name = fields.text("id", required=True)
        prefix = f"{parent}." if parent else ""
        if not name:
            return ""
        place = (*fields.path, "id")
        if not name.startswith(prefix) or not _STEP.fullmatch(name[len(prefix) :]):
            self.problems.add(place, "bad-id", found=name, example=prefix + example)
        elif name in self._seen:
            self.problems.add(place, "duplicate-id", found=name)
        self._seen.add(name)
        return name

    def section(self, data: object, path: Path) -> Section:
        """Read one section with its groups and items; `path` leads to it."""
        fields = Fields(data, path, self.problems)
        name = self._id(fields, "", "1")
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
        self._check_cap(path, section, [group.cap for group in section.groups])
        return section

    def _scored_flag(self, fields: Fields, key: str) -> bool:
        """A flag that means something only where there are points."""
        flag = fields.flag(key)
        if flag and not self.scored:
            self.problems.add((*fields.path, key), "checklist-points")
        return flag

    def _group(self, data: object, path: Path, parent: str) -> Group:
        fields = Fields(data, path, self.problems)
        name = self._id(fields, parent, "1")
        group = Group(
            id=name,
            title=fields.text("title"),
            title_en=fields.text("title_en"),
            cap=self.amount(fields, "max", required=True),
            capped=self._scored_flag(fields, "capped"),
            items=tuple(self._item(*member, name) for member in fields.members("items", required=True)),
        )
        fields.done()
        self._check_cap(path, group, [item.points for item in group.items])
        return group

    def _item(self, data: object, path: Path, parent: str) -> Item:
        fields = Fields(data, path, self.problems)
        name = self._id(fields, parent, "1")
        text, text_en = fields.text("text", required=True), fields.text("text_en")
        ways = [key for key in ("points", "levels", "each") if fields.has(key)]
        if self.scored and len(ways) != 1:
            self.problems.add(path, "how-scored")
        most = self.amount(fields, "points")
        each = self.amount(fields, "each")
        levels: tuple[Level, ...] = ()
        if not self.scored:
            fields.refuse("levels", "checklist-points")
        elif ways == ["levels"]:
            levels = self._levels(fields)
            most = max((level.points for level in levels), default=0)
            if levels and not most:
                self.problems.add((*path, "levels"), "zero")
        if ways == ["each"]:
            most = self.amount(fields, "max", required=True)
        else:
            fields.refuse("max", "how-scored" if self.scored else "checklist-points")
        fields.done()
        return Item(name, text, text_en, most or 0, levels, each)

    def _levels(self, fields: Fields) -> tuple[Level, ...]:
        levels: dict[str, Level] = {}
        for member, path in fields.members("levels", required=True):
            inner = Fields(member, path, self.problems)
            name = inner.text("id", required=True)
            if name and not _LEVEL.fullmatch(name):
                self.problems.add((*path, "id"), "bad-id", found=name, example="a")
            elif name in levels:
                self.problems.add((*path, "id"), "duplicate-id", found=name)
            level = Level(
                name,
                inner.points("points", required=True) or 0,
                inner.text("text", required=True),
                inner.text("text_en"),
            )
            inner.done()
            levels[name] = level
        return tuple(levels.values())

    def _check_cap(self, path: Path, part: Section | Group, parts: Sequence[int | None]) -> None:
        """The parts add up to the cap, or beyond it where the data says so; the title states the same."""
        if part.cap is None:
            return
        # A part that could not be read has been reported; without it the sum means nothing.
        if all(parts):
            total = sum(amount or 0 for amount in parts)
            if part.capped and total < part.cap:
                self.problems.add((*path, "max"), "sum-below-cap", total=show(total), cap=show(part.cap))
            elif total != part.cap and not part.capped:
                self.problems.add((*path, "max"), "sum", total=show(total), cap=show(part.cap))
        stated = _STATED.findall(part.title)
        if stated and parse(stated[-1]) != part.cap:
            self.problems.add((*path, "title"), "title-points", stated=stated[-1], cap=show(part.cap))
