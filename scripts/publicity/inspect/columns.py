"""Columns that stand still or empty, as the indicators for government sites count them (`columns.yml`)."""

import datetime
from collections.abc import Iterator
from functools import cache

from publicity.data_files import data_file
from publicity.inspect.findings import Finding
from publicity.inspect.inspection import Inspection
from publicity.labels import collections
from publicity.models import ENTRY_MODELS, Entry, Model
from publicity.read.source import KeyPath
from publicity.stage.frame import navigation_title


class Terms(Model):
    """`columns.yml`."""

    home_days: int
    terms: dict[str, int]
    too_many: int


@cache
def column_terms() -> Terms:
    """How often columns are expected to change."""
    return Terms.model_validate(data_file("publicity.inspect", "columns.yml"))


def inspect_columns(inspection: Inspection) -> Iterator[Finding]:
    """Stale and empty columns among those of the navigation; samples count for nothing."""
    shown: list[str] = list(inspection.region.navigation)
    empty = [name for name in shown if _is_empty(inspection, name)]
    for name in empty:
        yield _at(inspection, name, "empty-column", column=_title(inspection, name))
    latest = {name: day for name in ENTRY_MODELS if (day := _latest(inspection, name))}
    stale: list[str] = []
    for name, day in latest.items():
        age, limit = (inspection.today - day).days, column_terms().terms.get(collections()[name].get("changes", ""))
        if name in shown and limit is not None and age > limit:
            stale.append(name)
            values = {"column": _title(inspection, name), "latest": day, "days": age, "limit": limit}
            yield _at(inspection, name, "stale-column", **values)
    for rule, columns in (("many-empty-columns", empty), ("many-stale-columns", stale)):
        if len(columns) >= column_terms().too_many:
            names = "、".join(_title(inspection, name) for name in columns)
            yield _at(inspection, None, rule, number=len(columns), columns=names, limit=column_terms().too_many)
    newest = max(latest.values(), default=None)
    if newest and (inspection.today - newest).days > column_terms().home_days:
        days = (inspection.today - newest).days
        yield _at(inspection, None, "stale-home", latest=newest, days=days, limit=column_terms().home_days)


def _latest(inspection: Inspection, name: str) -> datetime.date | None:
    entries = [document.meta_as(Entry) for document in inspection.content.entries[name].values()]
    return max((entry.published for entry in entries if not entry.sample), default=None)


def _is_empty(inspection: Inspection, name: str) -> bool:
    if name in ENTRY_MODELS:
        return _latest(inspection, name) is None
    if name in ("stations", "units", "services"):
        loaded = inspection.content.registers.get(name)
        return (
            loaded is None
            or loaded.meta.sample
            or not (loaded.meta.stations or loaded.meta.units or loaded.meta.services)
        )
    return name in ("tasks", "training") and getattr(inspection.content, name) is None


def _title(inspection: Inspection, name: str) -> str:
    return navigation_title(inspection.region, name, "zh")


def _at(inspection: Inspection, place: str | None, rule: str, **values: object) -> Finding:
    """A finding at a column's place in the navigation of `region.yml`, for the editor who may take it out there."""
    source = inspection.content.region_source
    names: list[str] = list(inspection.region.navigation)
    key: KeyPath = ("navigation", names.index(place)) if place else ("navigation",)
    name = source.name if source else f"content/{inspection.region.slug}/region.yml"
    return Finding(rule, name, source.line(key) if source else 1, values)
