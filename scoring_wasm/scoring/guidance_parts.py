"""The parts of the guidance beside a standard; see `scoring.guidance`."""

from dataclasses import dataclass

from scoring.words import ByLanguage


@dataclass(frozen=True)
class Note:
    """Something to know about the standard.

    Attributes:
        when: "always"; "met" or "open": once one of its items is; "cut": once the total's cap cuts off.
        items: The items it belongs to; none: the whole standard.
    """

    id: str
    when: str
    items: tuple[str, ...]
    text: ByLanguage


@dataclass(frozen=True)
class Contradiction:
    """Answers that do not go together: one of `met` is met, all of `open` are not. Never a deduction."""

    id: str
    kind: str
    met: tuple[str, ...]
    open: tuple[str, ...]
    text: ByLanguage


@dataclass(frozen=True)
class Size:
    """A class of effort, by our estimate: at least so many days, and the items in it."""

    id: str
    label: ByLanguage
    days: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class Period:
    """A part of every year in which something has to happen: month and day ("01-01") of its first and last day."""

    id: str
    items: tuple[str, ...]
    first: str
    last: str
    text: ByLanguage


@dataclass(frozen=True)
class Measure:
    """A kind of measure a court looks at, and the items that may have to do with it."""

    id: str
    text: ByLanguage
    items: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Something a court looks at and no item asks for; `measures` are the kinds it belongs to."""

    id: str
    measures: tuple[str, ...]
    text: ByLanguage


@dataclass(frozen=True)
class Court:
    """The unscored panel on the measures that courts look at."""

    title: ByLanguage
    source: ByLanguage
    text: ByLanguage
    measures: tuple[Measure, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Planning:
    """Whether items can be planned at all, and why not: a statement of fact or an outcome is true or it is not."""

    items: tuple[str, ...]
    plannable: bool
    text: ByLanguage


@dataclass(frozen=True)
class Role:
    """Who in a unit might best see to some items, by our suggestion."""

    label: ByLanguage
    items: tuple[str, ...]
