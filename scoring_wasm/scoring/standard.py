"""A standard as data: what a government asks for, in its own words, and what each thing is worth."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from scoring.fields import Fields
from scoring.part_reader import PartReader
from scoring.parts import Item, Section, section_data
from scoring.points import show
from scoring.problems import Among, Problems, StandardError

_KINDS = ("score", "checklist")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Standard:
    """A whole standard. Caps are in thousandths of a point; None where the standard has no such thing.

    Attributes:
        scored: False for a checklist, which shows coverage and never a score.
        source: The document it comes from: "document" and, where known, "url" and "issued".
        columns: The heads of the official table.
        pass_mark: Only where the document states one.
    """

    id: str
    scored: bool
    title: str
    title_en: str
    source: dict[str, str]
    columns: tuple[str, ...]
    base_max: int | None
    bonus_max: int | None
    total_cap: int | None
    pass_mark: int | None
    sections: tuple[Section, ...]

    @staticmethod
    def from_data(data: object) -> "Standard":
        """Read a standard from the parsed YAML or JSON of its file.

        Raises:
            StandardError: With every problem found, each with its path into the data.
        """
        problems = Problems()
        fields = Fields(data, (), problems)
        name = fields.text("id", required=True)
        if name and not _NAME.fullmatch(name):
            problems.add(("id",), "bad-standard-id", found=name)
        kind = fields.text("kind") or "score"
        if kind not in _KINDS:
            problems.add(("kind",), "bad-choice", found=kind, hint=Among(_KINDS))
        reader = PartReader(problems, scored=kind != "checklist")
        standard = Standard(
            id=name,
            scored=reader.scored,
            title=fields.text("title", required=True),
            title_en=fields.text("title_en"),
            source=_source(fields),
            columns=tuple(fields.words("columns")),
            base_max=reader.amount(fields, "base_max", required=True),
            bonus_max=reader.amount(fields, "bonus_max"),
            total_cap=reader.amount(fields, "total_cap", required=True),
            pass_mark=reader.amount(fields, "pass_mark"),
            sections=tuple(reader.section(*member) for member in fields.members("sections", required=True)),
        )
        for key in ("partial_credit", "not_applicable"):
            fields.refuse(key, "only-null")
        fields.done()
        if standard.scored:
            _check_sums(standard, problems)
        problems.check(StandardError)
        return standard

    @property
    def items(self) -> Iterator[Item]:
        """All items, in the official order."""
        return (item for section in self.sections for item in section.items)

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """All items by id, in the official order."""
        return {item.id: item for item in self.items}

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of the official content: what is asked and what it earns, not its translation."""
        official = _official(self.to_data())
        text = json.dumps(official, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def to_data(self) -> dict[str, object]:
        """The standard as JSON can hold it; `from_data` reads it back to an equal standard."""
        head: dict[str, object] = {
            "id": self.id,
            "kind": "score" if self.scored else "checklist",
            "title": self.title,
            "title_en": self.title_en,
            "source": dict(self.source),
            "columns": list(self.columns),
        }
        caps = {
            "base_max": self.base_max,
            "bonus_max": self.bonus_max,
            "total_cap": self.total_cap,
            "pass_mark": self.pass_mark,
        }
        if self.scored:
            head |= {key: None if cap is None else show(cap) for key, cap in caps.items()}
        return head | {"sections": [section_data(section) for section in self.sections]}


def _source(fields: Fields) -> dict[str, str]:
    inner = fields.inner("source", required=True)
    if inner is None:
        return {}
    source = {
        "document": inner.text("document", required=True),
        "url": inner.text("url"),
        "issued": inner.date("issued"),
    }
    inner.done()
    return {key: value for key, value in source.items() if value}


def _check_sums(standard: Standard, problems: Problems) -> None:
    """Sections add up to the base and the bonus; the total and the pass mark lie within reach."""
    for key, bonus, cap in (("base_max", False, standard.base_max), ("bonus_max", True, standard.bonus_max)):
        parts = [section.cap for section in standard.sections if section.bonus is bonus]
        total = sum(part or 0 for part in parts)
        if cap is None and bonus and parts:
            problems.add((), "missing-key", key=key)
        # A part that could not be read has been reported; without it the sum means nothing.
        elif cap is not None and None not in parts and total != cap:
            problems.add((key,), "sum-of-sections", total=show(total), cap=show(cap))
    caps = [section.cap or 0 for section in standard.sections]
    reach = sum(caps) if all(caps) else None
    limits = (("total_cap", standard.total_cap, reach), ("pass_mark", standard.pass_mark, standard.total_cap))
    for key, amount, most in limits:
        if amount is not None and most is not None and amount > most:
            problems.add((key,), "more-than-possible", found=show(amount), most=show(most))


def _official(data: object) -> object:
    """The data without translations and without addresses, which change while the standard does not."""
    if isinstance(data, dict):
        return {key: _official(value) for key, value in data.items() if key != "url" and not key.endswith("_en")}
    return [_official(member) for member in data] if isinstance(data, list) else data
