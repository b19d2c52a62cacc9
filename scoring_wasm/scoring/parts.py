"""The parts of a standard: sections, their groups, their items, and what each is worth."""

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.points import show


@dataclass(frozen=True)
class Level:
    """One of several degrees to which an item can be met; its points are in thousandths."""

    id: str
    points: int
    text: str
    text_en: str


@dataclass(frozen=True)
class Item:
    """One thing the standard asks for.

    Attributes:
        id: Such as "4.1.2": the group's id, a dot, its own.
        text: The official wording.
        text_en: A working translation, or "".
        points: The most it can earn, in thousandths of a point; 0 in a checklist.
        levels: The degrees it can be met to, where there are several.
        each: What one of a counted thing earns, where things are counted.
    """

    id: str
    text: str
    text_en: str
    points: int
    levels: tuple[Level, ...] = ()
    each: int | None = None


@dataclass(frozen=True)
class Group:
    """Items that share a heading and a cap (in thousandths; None in a checklist)."""

    id: str
    title: str
    title_en: str
    cap: int | None
    capped: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """Groups that share a heading and a cap (in thousandths; None in a checklist)."""

    id: str
    number: str
    title: str
    title_en: str
    cap: int | None
    capped: bool
    bonus: bool
    standard: str
    standard_en: str
    merged_cell: str
    merged_cell_en: str
    groups: tuple[Group, ...]

    @property
    def items(self) -> Iterator[Item]:
        """The items of all groups, in order."""
        return (item for group in self.groups for item in group.items)


def _cap_data(part: Section | Group) -> dict[str, object]:
    if part.cap is None:
        return {}
    return {"max": show(part.cap)} | ({"capped": True} if part.capped else {})


def section_data(section: Section) -> dict[str, object]:
    """The section as it stands in a standard's file."""
    texts = {
        "number": section.number,
        "title": section.title,
        "title_en": section.title_en,
        "standard": section.standard,
        "standard_en": section.standard_en,
        "merged_cell": section.merged_cell,
        "merged_cell_en": section.merged_cell_en,
    }
    return {
        "id": section.id,
        **{key: text or None for key, text in texts.items()},
        **_cap_data(section),
        "bonus": section.bonus,
        "groups": [
            {
                "id": group.id,
                "title": group.title or None,
                "title_en": group.title_en or None,
                **_cap_data(group),
                "items": [_item_data(item) for item in group.items],
            }
            for group in section.groups
        ],
    }


def _item_data(item: Item) -> dict[str, object]:
    data: dict[str, object] = {"id": item.id, "text": item.text, "text_en": item.text_en or None}
    if item.levels:
        levels = [
            {
                "id": level.id,
                "points": show(level.points),
                "text": level.text,
                "text_en": level.text_en or None,
            }
            for level in item.levels
        ]
        return data | {"levels": levels}
    if item.each is not None:
        return data | {"each": show(item.each), "max": show(item.points)}
    return data | ({"points": show(item.points)} if item.points else {})
