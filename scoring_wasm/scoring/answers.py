"""A unit's answers, and the file they are exported to."""

import json
from dataclasses import dataclass
from functools import cached_property

FORMAT = "trade-secret-self-assessment"
VERSION = 1

# How much one file may hold. The page takes its own limits from here, so that it makes no file that is refused.
LONGEST_NAME = 200
LONGEST_NOTE = 5000
MOST_EVIDENCE = 50
MOST_COUNTED = 10**6


@dataclass(frozen=True)
class Evidence:
    """What proves an item: names only, never the thing itself. All may be ""."""

    name: str
    date: str
    holder: str


@dataclass(frozen=True)
class Answer:
    """The answer to one item.

    Attributes:
        met: Whether the unit says it meets the item. It alone decides whether the item earns points.
        level: The id of the level met, for an item with levels.
        count: How many are counted, for a counted item; at least 1 where met.
        check: Whether somebody still has to check this answer.
        note: Plain text, verbatim.
        owner: Who sees to an open item.
        due: Until when, as 2026-06-30, or "".
    """

    met: bool
    level: str = ""
    count: int | None = None
    check: bool = False
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    owner: str = ""
    due: str = ""

    def to_data(self) -> dict[str, object]:
        """The answer as exported: `met` always, the rest where there is something to say."""
        data: dict[str, object] = {"met": self.met}
        if self.count is not None:
            data["count"] = self.count
        rest = {
            "level": self.level,
            "check": self.check,
            "note": self.note,
            "evidence": [dict(vars(proof)) for proof in self.evidence],
            "owner": self.owner,
            "due": self.due,
        }
        return data | {key: value for key, value in rest.items() if value}


@dataclass(frozen=True)
class Answers:
    """All answers of one unit to one version of a standard.

    Attributes:
        created: When the file was made, as a day or time of ISO 8601, or "".
        unit: Whose answers they are, or "".
        name: What the visitor calls this draft, or "".
        by_item: The answers by item id, in the order of the standard; items never touched are absent.
    """

    standard_id: str
    standard_sha256: str
    created: str
    unit: str
    name: str
    by_item: dict[str, Answer]

    @cached_property
    def met(self) -> frozenset[str]:
        """The ids of the items met."""
        return frozenset(name for name, answer in self.by_item.items() if answer.met)

    def to_data(self) -> dict[str, object]:
        """The exported file as data: `read_answers` reads it back to equal answers."""
        head = {"created": self.created, "unit": self.unit, "name": self.name}
        return {
            "format": FORMAT,
            "version": VERSION,
            "standard": {"id": self.standard_id, "sha256": self.standard_sha256},
            **{key: value for key, value in head.items() if value},
            "answers": {name: answer.to_data() for name, answer in self.by_item.items()},
        }

    def export(self) -> str:
        """The exported file as text, always the same for equal answers."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=2) + "\n"
