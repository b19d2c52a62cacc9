"""What the overview shows of a region: its column, its targets and published progress, and its newest entries."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from publicity.addresses import url_of
from publicity.check import sound_column
from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import LANGUAGES, Entry, Language, Target
from publicity.project import Project
from publicity.read.content import Document
from publicity.read.load import SHARED
from publicity.stage.cards import card, newest_first

_NEWEST = 8
"""Entries of one region, and of those that all share, that the overview looks at; it shows the newest of all."""


@dataclass(frozen=True)
class TargetRow:
    """A target as both languages show it; `progress` is the published figure with its day, None where nothing is published."""

    name: dict[Language, str]
    goal: dict[Language, str]
    progress: dict[Language, str] | None


@dataclass(frozen=True)
class EntryRow:
    """An entry: its day, title and address from the region's folder, by language; and whether all regions have it."""

    day: str
    shared: bool
    shown_day: dict[Language, str]
    title: dict[Language, str]
    address: dict[Language, str]


@dataclass(frozen=True)
class Card:
    """A region on the overview."""

    region: str
    name: dict[Language, str]
    title: dict[Language, str]
    targets: list[TargetRow]
    newest: list[EntryRow]

    @classmethod
    def from_json(cls, text: str) -> "Card":
        """As `write_card` wrote it."""
        read = json.loads(text)
        targets = [TargetRow(**row) for row in read.pop("targets")]
        newest = [EntryRow(**row) for row in read.pop("newest")]
        return cls(**read, targets=targets, newest=newest)


def write_card(region: str, file: str) -> None:
    """Write what the overview shows of a region of the project of this folder."""
    column = sound_column(Project.find(), region)
    about = column.region
    newest = [_entry(document) for document in sorted(column.content.all_entries(), key=newest_first)]
    made = Card(
        region=region,
        name={language: about.name_on(column.today)[language] for language in LANGUAGES},
        title={language: about.title[language] for language in LANGUAGES},
        targets=[_target(target) for target in about.targets],
        newest=[row for shared in (False, True) for row in [row for row in newest if row.shared == shared][:_NEWEST]],
    )
    Path(file).write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")


def _target(target: Target) -> TargetRow:
    progress = target.progress
    figures = [format_number(value) for value in (target.value, target.upper) if value is not None]
    goals: dict[Language, str] = {}
    shown: dict[Language, str] = {}
    for language in LANGUAGES:
        words = labels(language)["home"]
        goals[language] = _with_unit(words["to"].join(figures), target, language)
        if figures and target.comparison == "at_least":
            goals[language] += f"{_space(language)}{words['at_least']}"
        if progress:
            figure = _with_unit(format_number(progress.value), target, language)
            day = format_date(progress.as_of, language)
            shown[language] = f"{figure}（{day}）" if language == "zh" else f"{figure} ({day})"
    return TargetRow({language: target.name[language] for language in LANGUAGES}, goals, shown or None)


def _with_unit(figure: str, target: Target, language: Language) -> str:
    unit = target.unit[language] if target.unit and figure else ""
    return f"{figure}{'' if unit == '%' or not unit else _space(language)}{unit}"


def _space(language: Language) -> str:
    return "" if language == "zh" else " "


def _entry(document: Document) -> EntryRow:
    day = document.meta_as(Entry).published
    return EntryRow(
        day=day.isoformat(),
        shared=document.source.name.startswith(f"content/{SHARED}/"),
        shown_day={language: format_date(day, language) for language in LANGUAGES},
        title={language: str(card(document, language)["title"]) for language in LANGUAGES},
        address={language: url_of(document.path, language) for language in LANGUAGES},
    )
