"""What we say about a standard beside it: notes on its gaps, warnings, evidence, effort, the view of a court.

All of it is data, in both languages, and marked as ours: none of it changes a score.
"""

from dataclasses import dataclass

from scoring.fields import Fields, is_date
from scoring.guidance_parts import Contradiction, Court, Gap, Measure, Note, Period, Planning, Role, Size
from scoring.problems import Among, Keys, Problems, StandardError
from scoring.standard import Standard
from scoring.words import ByLanguage

LANGS = ("zh", "en")
MOST_DAYS = 366


@dataclass(frozen=True)
class Guidance:
    """All guidance for one standard.

    Attributes:
        ours: Says that all this is ours and not the standard's.
        no_evidence: The warning for items met without evidence.
        evidence: What may prove an item, by item id.
        effort: Says that the sizes are our estimate.
        sizes: From the smallest effort to the largest.
        calendar: What the standard asks for at a certain time of the year.
        planning: Items that cannot be planned.
        roles: Who might see to an item.
    """

    ours: ByLanguage
    notes: tuple[Note, ...]
    warnings: tuple[Contradiction, ...]
    no_evidence: ByLanguage | None
    evidence: dict[str, tuple[ByLanguage, ...]]
    effort: ByLanguage | None
    sizes: tuple[Size, ...]
    calendar: tuple[Period, ...]
    planning: tuple[Planning, ...]
    roles: tuple[Role, ...]
    court: Court | None

    @property
    def size_of(self) -> dict[str, int]:
        """The effort for each item as the index of its size in `sizes`."""
        return {item: index for index, size in enumerate(self.sizes) for item in size.items}

    @staticmethod
    def from_data(data: object, standard: Standard) -> "Guidance":
        """Read guidance from the parsed YAML or JSON of its file.

        Raises:
            StandardError: With every problem found: shapes, unknown items, a missing language.
        """
        problems = Problems()
        guidance = _Reader(standard, problems).guidance(Fields(data, (), problems))
        problems.check(StandardError)
        return guidance


class _Reader:
    """Reads the parts of the guidance for one standard, noting problems."""

    def __init__(self, standard: Standard, problems: Problems) -> None:
        self._standard = standard
        self._problems = problems

    def guidance(self, fields: Fields) -> Guidance:
        name = fields.text("standard", required=True)
        if name and name != self._standard.id:
            self._problems.add(("standard",), "other-guidance", found=name, expected=self._standard.id)
        effort, sizes = self._effort(fields)
        guidance = Guidance(
            ours=self._words(fields, "ours"),
            notes=tuple(self._note(*member) for member in fields.members("notes")),
            warnings=tuple(self._warning(*member) for member in fields.members("warnings")),
            no_evidence=self._words(fields, "no_evidence") if fields.has("no_evidence") else None,
            evidence=self._evidence(fields),
            effort=effort,
            sizes=sizes,
            calendar=self._calendar(fields),
            planning=tuple(self._planning(*member) for member in fields.members("planning")),
            roles=tuple(self._role(*member) for member in fields.members("roles")),
            court=self._court(fields),
        )
        fields.done()
        return guidance

    def _words(self, fields: Fields, key: str) -> ByLanguage:
        """A text in both languages."""
        inner = fields.inner(key, required=True)
        return self._both(inner) if inner else {}

    @staticmethod
    def _both(fields: Fields) -> ByLanguage:
        words = {lang: fields.text(lang, required=True) for lang in LANGS}
        fields.done()
        return words

    def _items(self, fields: Fields, key: str) -> tuple[str, ...]:
        """A list of ids of items of the standard."""
        names = fields.words(key)
        for index, name in enumerate(names):
            if name not in self._standard.item_by_id:
                self._problems.add((*fields.keys, key, index), "unknown-item", found=name)
        return tuple(names)

    def _choice(self, fields: Fields, key: str, known: tuple[str, ...]) -> str:
        """One of a few words; the first where the key is absent."""
        word = fields.text(key) or known[0]
        if word not in known:
            self._problems.add((*fields.keys, key), "bad-choice", found=word, hint=Among(known))
        return word

    def _note(self, data: object, keys: Keys) -> Note:
        fields = Fields(data, keys, self._problems)
        note = Note(
            id=fields.text("id", required=True),
            when=self._choice(fields, "when", ("always", "met", "open", "cut")),
            items=self._items(fields, "items"),
            text=self._words(fields, "text"),
        )
        if note.when in ("met", "open") and not note.items:
            self._problems.add(keys, "missing-key", key="items")
        fields.done()
        return note

    def _warning(self, data: object, keys: Keys) -> Contradiction:
        fields = Fields(data, keys, self._problems)
        warning = Contradiction(
            id=fields.text("id", required=True),
            kind=self._choice(fields, "kind", ("dependence", "contradiction")),
            met=self._items(fields, "met"),
            open=self._items(fields, "open"),
            text=self._words(fields, "text"),
        )
        for key, items in (("met", warning.met), ("open", warning.open)):
            if not items:
                self._problems.add(keys, "missing-key", key=key)
        fields.done()
        return warning

    def _evidence(self, fields: Fields) -> dict[str, tuple[ByLanguage, ...]]:
        """By item, a list of things that may prove it."""
        inner = fields.inner("evidence")
        if inner is None:
            return {}
        for name in fields.mapping("evidence"):
            if name not in self._standard.item_by_id:
                self._problems.add(("evidence", name), "unknown-item", found=name)
        return {
            name: tuple(self._both(Fields(*member, self._problems)) for member in inner.members(name))
            for name in self._standard.item_by_id
            if inner.has(name)
        }

    def _effort(self, fields: Fields) -> tuple[ByLanguage | None, tuple[Size, ...]]:
        """The estimate of effort: every item in exactly one size."""
        inner = fields.inner("effort")
        if inner is None:
            return None, ()
        text = self._words(inner, "text")
        sizes = []
        for member, keys in inner.members("sizes", required=True):
            size = Fields(member, keys, self._problems)
            name = size.text("id", required=True)
            days = size.number("days", MOST_DAYS, required=True) or 0
            sizes.append(Size(name, self._words(size, "label"), days, self._items(size, "items")))
            size.done()
        inner.done()
        placed = [item for size in sizes for item in size.items]
        for item in self._standard.item_by_id:
            if placed.count(item) != 1:
                code = "two-efforts" if item in placed else "no-effort"
                self._problems.add(("effort", "sizes"), code, item=item)
        return text, tuple(sizes)

    def _calendar(self, fields: Fields) -> tuple[Period, ...]:
        """The periods of the year. Their ids name events in calendars, where two alike would be one."""
        periods: dict[str, Period] = {}
        for member, keys in fields.members("calendar"):
            period = self._period(Fields(member, keys, self._problems))
            if period.id in periods:
                self._problems.add((*keys, "id"), "duplicate-id", found=period.id)
            periods[period.id] = period
        return tuple(periods.values())

    def _period(self, fields: Fields) -> Period:
        period = Period(
            id=fields.text("id", required=True),
            items=self._items(fields, "items"),
            first=self._month_day(fields, "from"),
            last=self._month_day(fields, "until"),
            text=self._words(fields, "text"),
        )
        if not period.items:
            self._problems.add(fields.keys, "missing-key", key="items")
        if period.first and period.last and period.first > period.last:
            self._problems.add((*fields.keys, "until"), "ends-before-start", first=period.first, found=period.last)
        fields.done()
        return period

    def _month_day(self, fields: Fields, key: str) -> str:
        """A day that every year has, as 06-30; "" where it is none."""
        day = fields.text(key, required=True)
        if not day or is_date(f"2001-{day}"):
            return day
        self._problems.add((*fields.keys, key), "not-month-day", found=day)
        return ""

    def _planning(self, data: object, keys: Keys) -> Planning:
        fields = Fields(data, keys, self._problems)
        planning = Planning(
            items=self._items(fields, "items"),
            plannable=fields.flag("plannable", required=True),
            text=self._words(fields, "text"),
        )
        fields.done()
        return planning

    def _role(self, data: object, keys: Keys) -> Role:
        fields = Fields(data, keys, self._problems)
        role = Role(self._words(fields, "label"), self._items(fields, "items"))
        fields.done()
        return role

    def _court(self, fields: Fields) -> Court | None:
        inner = fields.inner("court")
        if inner is None:
            return None
        court = Court(
            title=self._words(inner, "title"),
            source=self._words(inner, "source"),
            text=self._words(inner, "text"),
            measures=tuple(self._measure(*member) for member in inner.members("measures", required=True)),
            gaps=tuple(self._gap(*member) for member in inner.members("gaps")),
        )
        known = [measure.id for measure in court.measures]
        for index, gap in enumerate(court.gaps):
            for name in gap.measures:
                if name not in known:
                    place = ("court", "gaps", index, "measures")
                    self._problems.add(place, "bad-choice", found=name, hint=Among(tuple(known)))
        inner.done()
        return court

    def _measure(self, data: object, keys: Keys) -> Measure:
        fields = Fields(data, keys, self._problems)
        measure = Measure(fields.text("id", required=True), self._words(fields, "text"), self._items(fields, "items"))
        fields.done()
        return measure

    def _gap(self, data: object, keys: Keys) -> Gap:
        fields = Fields(data, keys, self._problems)
        gap = Gap(
            fields.text("id", required=True),
            tuple(fields.words("measures", required=True)),
            self._words(fields, "text"),
        )
        fields.done()
        return gap
