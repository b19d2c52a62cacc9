"""Reading one mapping of data nobody vouches for: typed values out, every fault noted."""

import re
from datetime import date

from scoring import points
from scoring.problems import Among, Keys, Near, Problems, short

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SURROGATE = re.compile("[\ud800-\udfff]")


def closest(word: str, known: list[str]) -> str | None:
    """The known word at most two slips (one in short words) from `word`, or None."""
    # By hand, because difflib adds 49 KB, compressed, to what a browser loads before it can score.
    best, slips = None, 2 if len(word) > 3 else 1
    for candidate in known:
        if abs(len(candidate) - len(word)) <= slips and (distance := _distance(word, candidate)) <= slips:
            best, slips = candidate, distance - 1
    return best


def _distance(word: str, other: str) -> int:
    """Letters to insert, delete or replace to turn one word into the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, written 2026-06-30."""
    # Alone, fromisoformat takes 20260630 and 2026-W27 as well.
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _literal(value: object) -> object:
    """The value, a text within quotes, so that “1” is not taken for 1."""
    return f"“{short(value)}”" if isinstance(value, str) else value


class Fields:
    """One mapping being read. Each accessor declares a key; `done` names the keys that none declared.

    Attributes:
        keys: Where the mapping stands in the data.
        problems: Where faults are noted.
    """

    def __init__(self, data: object, keys: Keys, problems: Problems) -> None:
        self.keys = keys
        self.problems = problems
        self._asked: list[str] = []
        self._data: dict[object, object] = {}
        self._is_mapping = isinstance(data, dict)
        if isinstance(data, dict):
            self._data = data
        else:
            problems.add(keys, "not-mapping", found=_literal(data))

    def has(self, key: str) -> bool:
        """Whether the key is there with a value; declares it."""
        return self.take(key) is not None

    def take(self, key: str, *, required: bool = False) -> object:
        """The raw value; None where it is absent. Declares the key."""
        if key not in self._asked:
            self._asked.append(key)
        if required and self._is_mapping and key not in self._data:
            self.problems.add(self.keys, "missing-key", key=key)
        return self._data.get(key)

    def _wrong(self, name: str, code: str, **values: object) -> None:
        """Note a fault of a value."""
        if "found" in values:
            values["found"] = _literal(values["found"])
        self.problems.add((*self.keys, name), code, **values)

    def text(self, key: str, *, required: bool = False, longest: int = 4000) -> str:
        """A string; "" where it is absent or null. A required one must not be blank."""
        value = self.take(key, required=required)
        if value is None and not (required and key in self._data):
            return ""
        if not isinstance(value, str):
            self._wrong(key, "not-text", found=value)
        elif required and not value.strip():
            self._wrong(key, "blank")
        elif len(value) > longest:
            self._wrong(key, "too-long", length=len(value), longest=longest)
        elif SURROGATE.search(value):
            self._wrong(key, "broken-character")
        else:
            return value
        return ""

    def date(self, key: str) -> str:
        """A day as 2026-06-30; "" where it is absent. YAML's own dates are taken too."""
        value = self.take(key)
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        if value is None or value == "":
            return ""
        if isinstance(value, str) and is_date(value):
            return value
        self._wrong(key, "not-date", found=value)
        return ""

    def flag(self, key: str, *, required: bool = False) -> bool:
        """True or false; false where it is absent."""
        value = self.take(key, required=required)
        if isinstance(value, bool):
            return value
        if key in self._data:
            self._wrong(key, "not-bool", found=value)
        return False

    def points(self, key: str, *, required: bool = False) -> int | None:
        """An amount of points in thousandths; None where it is absent or null."""
        value = self.take(key, required=required)
        amount = points.parse(value)
        if amount is None and (value is not None or (required and key in self._data)):
            self._wrong(key, "not-points", found=value)
        return amount

    def number(self, key: str, most: int, *, required: bool = False) -> int | None:
        """A whole number from 0 to `most`; None where it is absent or null."""
        value = self.take(key, required=required)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        if value is not None or (required and key in self._data):
            self._wrong(key, "not-number", found=value, most=most)
        return None

    def members(self, key: str, *, required: bool = False, most: int = 1000) -> list[tuple[object, Keys]]:
        """The members of a list, each with its keys. A required list must not be empty."""
        value = self.take(key, required=required)
        if isinstance(value, list) and len(value) <= most and (value or not required):
            return [(member, (*self.keys, key, index)) for index, member in enumerate(value)]
        if isinstance(value, list):
            self._wrong(key, "list-size", count=len(value), most=most)
        elif key in self._data:
            self._wrong(key, "not-list", found=value)
        return []

    def words(self, key: str, *, required: bool = False) -> list[str]:
        """A list of strings."""
        words = []
        for member, keys in self.members(key, required=required):
            if isinstance(member, str):
                words.append(member)
            else:
                self.problems.add(keys, "not-text", found=member)
        return words

    def inner(self, key: str, *, required: bool = False) -> "Fields | None":
        """A mapping within this one, to be read in turn."""
        value = self.take(key, required=required)
        if key not in self._data:
            return None
        return Fields(value, (*self.keys, key), self.problems)

    def mapping(self, key: str, *, required: bool = False) -> dict[str, object]:
        """A mapping whose keys are data, such as ids; keys that are no strings are noted and left out."""
        value = self.take(key, required=required)
        if key not in self._data:
            return {}
        if not isinstance(value, dict):
            self._wrong(key, "not-mapping", found=value)
            return {}
        for name in value:
            if not isinstance(name, str):
                self._wrong(key, "not-text", found=name)
        return {name: member for name, member in value.items() if isinstance(name, str)}

    def refuse(self, key: str, code: str) -> None:
        """Declare a key that must not stand here, and say why if it does."""
        if self.take(key) is not None:
            self._wrong(key, code, key=key)

    def done(self) -> None:
        """Note every key that no accessor declared."""
        for key in self._data:
            if key not in self._asked:
                near = closest(key, self._asked) if isinstance(key, str) and len(key) < 50 else None
                hint = Near(near) if near else Among(tuple(self._asked))
                self.problems.add((*self.keys, str(key)), "unknown-key", key=key, hint=hint)
