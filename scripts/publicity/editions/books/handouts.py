"""Single entries to take away: guides as Word and PDF, reference texts as PDF beside their Word files."""

import datetime
import json
import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from publicity.dates import format_date
from publicity.editions.books.compilation import plain_html
from publicity.editions.keeping import kept
from publicity.editions.pandoc import bound
from publicity.editions.typeset import set_text
from publicity.editions.words import rendered
from publicity.labels import labels
from publicity.models import Entry, Template
from publicity.project import Project
from publicity.read.content import Column, Document
from publicity.word.house_style import reference_docx
from publicity.word.tables import WIDE, laid_out

FORMATS = {"guides": ("docx", "pdf"), "templates": ("pdf",)}
"""What is made of the entries of a collection; every build makes the Word files of reference texts itself."""
_COLUMNS = re.compile(r"^(\s*columns: )(\d+),$", re.MULTILINE)
_SECTION = re.compile(r"^(?==+ )", re.MULTILINE)


@dataclass(frozen=True)
class Handout:
    """An entry as it is taken away, in Chinese; a form has nothing on it but its text. `day` is that of its latest change."""

    collection: str
    slug: str
    title: str
    column: str
    host: str
    day: datetime.date
    date: str
    is_form: bool
    summary: str
    body: str
    source: str
    is_pending: bool


def handout_of(column: Column, document: Document) -> Handout:
    """What is taken away of an entry."""
    meta, words = document.meta_as(Entry), labels("zh")["compilation"]
    return Handout(
        collection=meta.collection,
        slug=document.slug,
        title=meta.title,
        column=column.region.title["zh"],
        host=column.region.issuer[0].name["zh"],
        day=meta.updated,
        date=format_date(meta.updated, "zh"),
        is_form=isinstance(meta, Template),
        summary=meta.summary,
        body=plain_html(document.source.body, deeper=0),
        source=words["source"].format(name=meta.source.name["zh"], date=format_date(meta.source.checked, "zh")),
        is_pending=meta.review.status == "pending",
    )


def handouts(project: Project, column: Column, folder: str) -> dict[str, Path]:
    """The files of all entries that have any, by their paths in the site, beside the pages; kept in a folder below `build/`.

    Raises:
        BuildError: one could not be made.
    """
    place = project.build / folder
    wanted = [
        (handout_of(column, document), form)
        for collection, forms in FORMATS.items()
        for document in column.content.entries[collection].values()
        for form in forms
    ]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        made = list(workers.map(lambda one: _kept(place, *one), wanted))
    return {f"{one.collection}/{one.slug}.{form}": file for (one, form), file in zip(wanted, made, strict=True)}


def make(one: Handout, form: str) -> bytes:
    """An entry as `docx` or `pdf`.

    Raises:
        BuildError: pandoc or typst refused it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = rendered("handout.html", one=one, c=labels("zh")["compilation"], until=_until(one))
        (folder / "book.html").write_text(text, encoding="utf-8")
        if form == "docx":
            tree, turned = laid_out(bound(folder, "book.json", day=one.day, name=one.slug).decode())
            (folder / "laid-out.json").write_text(tree, encoding="utf-8")
            (folder / "reference.docx").write_bytes(reference_docx(turned=turned))
            options = ("--to=docx", "--reference-doc=reference.docx", f"--metadata=title={one.title}")
            return bound(folder, "book.docx", *options, day=one.day, name=one.slug, source="laid-out.json")
        markup = bound(folder, "book.typ", "--to=typst", day=one.day, name=one.slug).decode()
    told = {"title": one.title, "host": one.host, "foot": one.column}
    source = '#import "handout.typ": *\n#show: handout\n' + _turned("#title\n\n" + markup)
    return set_text(source, {"handout": json.dumps(told)}, one.day, one.slug)


def _turned(markup: str) -> str:
    """Typst's markup with the sections that hold a wide table on pages on their side."""
    parts = []
    for is_wide, sections in groupby(_SECTION.split(markup), _is_wide):
        text = "".join(sections)
        if is_wide:
            text = _COLUMNS.sub(lambda row: f"{row[1]}(1fr,) * {row[2]}," if int(row[2]) >= WIDE else row[0], text)
        parts.append(f"#page(flipped: true)[\n{text}\n]\n" if is_wide else text)
    return "".join(parts)


def _is_wide(section: str) -> bool:
    return any(int(count) >= WIDE for _, count in _COLUMNS.findall(section))


def _until(one: Handout) -> str:
    return str(labels("zh")["compilation"]["until"].format(date=one.date))


def _kept(folder: Path, one: Handout, form: str) -> Path:
    name = f"handout.{form}"
    return kept(folder, f"handout-{form}", [asdict(one), _until(one)], lambda: {name: make(one, form)})[name]
