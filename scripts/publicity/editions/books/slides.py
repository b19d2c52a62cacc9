"""The slides of a lesson for staff, with what to say in their notes, from `training.yml` and the entries that it names."""

import datetime
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from publicity.addresses import url_of
from publicity.dates import format_date, format_money, format_number
from publicity.editions.books.slide_style import reference_pptx
from publicity.editions.keeping import kept
from publicity.editions.pandoc import bound
from publicity.editions.words import full, rendered
from publicity.labels import labels
from publicity.models import REVIEW_STEPS, Case, Entry, Review, ReviewStep, Slide
from publicity.project import Project
from publicity.read.content import Column
from publicity.stage.kinds.case import law_applied
from publicity.stage.own.training import PAGE

FILE = "slides.pptx"
_SHORT = 20
"""Characters of a note that stand beside the amount; the notes hold all of it."""


@dataclass(frozen=True)
class ShownSlide:
    """A slide as it is shown: `basis` are the articles under it, `notes` what is said and where it is from."""

    title: str
    points: tuple[str, ...]
    basis: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Deck:
    """The slides of a column; `day` is that on which they were last worked on."""

    title: str
    column: str
    host: str
    day: datetime.date
    date: str
    slides: tuple[ShownSlide, ...]


def deck_of(column: Column, base: str | None) -> Deck | None:
    """The slides of a column; None where there is no training. `base` is the site's address, where it is known."""
    loaded = column.content.training
    if loaded is None:
        return None
    day, region = _day(loaded.meta.review) or column.today, column.region
    shown = [_shown(column, slide, base) for slide in loaded.meta.slides]
    if address := full(base, url_of(PAGE, "zh")):
        shown[-1] = replace(shown[-1], points=(*shown[-1].points, address))
    return Deck(
        title=labels("zh")["training"]["deck"],
        column=region.title["zh"],
        host=region.issuer[0].name["zh"],
        day=day,
        date=format_date(day, "zh"),
        slides=tuple(shown),
    )


def deck(project: Project, column: Column, base: str | None, folder: str) -> dict[str, Path]:
    """The file of the slides by its path in the site, kept in a folder below `build/`.

    Raises:
        BuildError: pandoc refused them.
    """
    slides = deck_of(column, base)
    if slides is None:
        return {}
    place = PAGE.removesuffix(".md")
    files = kept(project.build / folder, "slides", asdict(slides), lambda: {FILE: make(slides)})
    return {f"{place}/{name}": file for name, file in files.items()}


def make(slides: Deck) -> bytes:
    """The slides as a PowerPoint file.

    Raises:
        BuildError: pandoc refused them.
    """
    metadata = {"subtitle": slides.column, "author": slides.host, "date": slides.date}
    told = [f"--metadata={key}={value}" for key, value in metadata.items()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book.html").write_text(rendered("slides.html", deck=slides), encoding="utf-8")
        (folder / "reference.pptx").write_bytes(reference_pptx())
        options = ("--to=pptx", "--slide-level=1", "--reference-doc=reference.pptx", *told)
        return bound(folder, FILE, *options, day=slides.day, name=FILE)


def _day(review: Review) -> datetime.date | None:
    """The day of the last step of the review."""
    steps: list[ReviewStep | None] = [getattr(review, step) for step in REVIEW_STEPS]
    return max((step.date for step in steps if step), default=None)


def _shown(column: Column, slide: Slide, base: str | None) -> ShownSlide:
    words = labels("zh")["training"]
    collection, slug = slide.entry.split("/")
    document = column.content.entries[collection][slug]
    laws: dict[str, list[str]] = {}
    for cited in slide.articles:
        laws.setdefault(law_applied(column.content, cited, "zh")["law"], []).append(cited.article)
    basis = "；".join(f"{law}{'、'.join(articles)}" for law, articles in laws.items())
    meta = document.meta_as(Entry)
    address = full(base, url_of(document.path, "zh"))
    notes = [slide.notes, words["from"].format(title=meta.title), *([address] if address else [])]
    particulars: list[str] = []
    if isinstance(meta, Case):
        particulars = list(_particulars(meta))
        if meta.amount and meta.amount.note:
            notes.insert(1, words["amount_note"].format(note=meta.amount.note["zh"]))
    return ShownSlide(slide.title, (*particulars, *slide.points), words["basis"] + basis if basis else "", tuple(notes))


def _particulars(case: Case) -> Iterator[str]:
    """Who decided, when, how much: what the case itself says, and not again in the slides."""
    words, pair = labels("zh")["case"], labels("zh")["training"]["particular"]
    yield pair.format(name=words["authority"], value=case.authority["zh"])
    if case.year:
        yield pair.format(name=words["decided"], value=labels("zh")["filters"]["year"].format(year=case.year))
    if case.amount:
        amount = format_money(case.amount.value, words["currency"][case.amount.currency], "zh", whole=True)
        note = case.amount.note["zh"] if case.amount.note else ""  # that it is a fine, say
        yield pair.format(name=words["amount"], value=f"{amount}，{note}" if 0 < len(note) <= _SHORT else amount)
    if case.multiplier is not None:
        number = format_number(case.multiplier)
        yield pair.format(name=words["multiplier"], value=words["times"].format(number=number))
