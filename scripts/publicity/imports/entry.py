"""Documents of others as new entries: read, laid out, compared, and written all or not at all."""

import datetime
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from publicity.author.stubs import Place, place_of, stub_text
from publicity.imports.blocks import Block, Paragraph, Run, Table, Text, paragraphs, plain_text
from publicity.imports.comparison import differences, letters, rendered_text
from publicity.imports.html import read_html
from publicity.imports.layout import look_at_lines, make_lists, mark_bold_headings, mark_headings, mark_questions, tidy
from publicity.imports.markdown import Written
from publicity.imports.particulars import (
    Particulars,
    internal_marks,
    page_numbers,
    refuse_classified,
    take_particulars,
    take_title,
)
from publicity.imports.pictures import alternative, as_file
from publicity.imports.punctuation import look_at
from publicity.imports.remarks import Remark, shortened
from publicity.imports.word import Read, read_word
from publicity.markup.bounds import excesses
from publicity.models import Interpretation, Policy
from publicity.models.fields import title_of
from publicity.models.fields.web import AddressError, read_target
from publicity.problems import ContentError, Field, Problem, UsageError
from publicity.project import Project
from publicity.read.load import load
from publicity.read.source import Source, parse_markdown

_CHOICES = frozenset({"form", "level", "procedure", "lessons", "purpose", "audience", "status"})
"""Required fields whose stub is a choice: it may be right as it stands, so that no check asks for it later."""


@dataclass(frozen=True)
class Import:
    """An entry that is ready to be written.

    Attributes:
        path: Of the entry.
        files: What is written, by its path: the entry, and its pictures beside it.
        remarks: What a person must still look at, each with its place.
        compared: How many characters of an official document were compared with the original; None for other texts.
        different: How many of them differ.
    """

    path: Path
    files: dict[Path, bytes]
    remarks: tuple[Problem, ...]
    compared: int | None
    different: int


def import_document(
    project: Project, region: str | None, file: Path, kind: str, slug: str, today: datetime.date
) -> Import:
    """A Word file as an entry; nothing is written yet.

    Raises:
        UsageError: the entry cannot stand there (see `place_of`), or the file cannot be read.
        ContentError: it is more than an entry can hold.
        BuildError: pandoc could not read it.
    """
    place = place_of(project, kind, slug, region)
    return _Importer(place, today).make(read_word(file), str(file))


def html_as_body(html: str, *, official: bool) -> tuple[str, tuple[Problem, ...]]:
    """What was pasted into the text of an entry, as Markdown, and what a person must still look at, by its lines.

    Of an official text only the layout is repaired. Pictures are left out and told: the clipboard only says where they lay.

    Raises:
        UsageError: there is too much of it, it bears the mark of a state secret, or it holds no text.
        ContentError: it is more than an entry can hold.
        BuildError: pandoc could not read it.
    """
    text, remarks = read_html(html)
    remarks += tidy(text, official=official)
    refuse_classified(text.blocks, [], "HTML")
    remarks += [*internal_marks(text.blocks, []), *page_numbers(text.blocks)]
    mark_headings(text.blocks)
    if not official:
        remarks += mark_bold_headings(text.blocks)
        text.blocks = make_lists(text.blocks)
    remarks += look_at_lines(text.blocks)
    for paragraph in (*paragraphs(text.blocks), *(one for note in text.notes.values() for one in paragraphs(note))):
        remarks += [*look_at(paragraph, mend=not official), *_check_links(paragraph)]
        remarks += [Remark("import-picture-not-pasted", block=paragraph) for run in paragraph.runs if run.picture]
    written = Written(text, {})
    if not written.body.strip():
        raise UsageError("import-no-text", file="HTML")
    if over := excesses(written.body):
        raise ContentError(Problem("", 0, fault.code, dict(fault.values)) for _, fault in over)
    lines = ((written.places.get(remark.block, 0) if remark.block else 0, remark) for remark in remarks)
    told = {Problem("", line, remark.code, remark.values) for line, remark in lines}
    return written.body.strip("\n"), tuple(sorted(told))


def write_import(made: Import) -> None:
    """Write the files of an import: all, or none where one of them is there already.

    Raises:
        UsageError: one is there.
        OSError: one cannot be written.
    """
    made.path.parent.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for path in sorted(made.files, key=lambda path: path == made.path):  # the entry last
            _write_new(path, made.files[path])
            written.append(path)
    except BaseException as error:
        for path in written:
            path.unlink()
        if isinstance(error, FileExistsError):
            raise UsageError("already-there", file=error.filename) from error
        raise


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(data)
        Path(name).chmod(0o644)
        try:
            os.link(name, path)  # where a file is already this fails, and a rename would not
        except FileExistsError as error:
            raise FileExistsError(error.errno, error.strerror, str(path)) from error
        except OSError:  # a file system without hard links
            with path.open("xb") as file:
                file.write(data)
    finally:
        Path(name).unlink()


class _Importer:
    """Makes one entry of what was read."""

    def __init__(self, place: Place, today: datetime.date) -> None:
        self._place = place
        self._today = today
        self._official = issubclass(place.model, Policy | Interpretation)
        self._name = place.project.name(place.path)
        self._remarks: list[Remark] = []

    def make(self, read: Read, file: str) -> Import:
        """The entry, with all that is to be known of it."""
        text = read.text
        self._remarks += [*read.remarks, *tidy(text, official=self._official)]
        refuse_classified(text.blocks, read.beside, file)
        self._remarks += [*internal_marks(text.blocks, read.beside), *page_numbers(text.blocks)]
        whole = plain_text(text)
        found, values = self._lay_out(text)
        every = [*paragraphs(text.blocks), *(one for note in text.notes.values() for one in paragraphs(note))]
        for paragraph in every:
            self._remarks += look_at(paragraph, mend=not self._official)
            self._remarks += _check_links(paragraph)
        self._remarks += [Remark("import-inner-table", block=table) for table in _inner_tables(text.blocks)]
        pictures, files = self._pictures(every, read.pictures)
        written = Written(text, pictures)
        if not written.body.strip():
            raise UsageError("import-no-text", file=file)
        if over := excesses(written.body):  # no page could be made of it, nor could it be compared in reasonable time
            raise ContentError(Problem(self._name, 0, fault.code, dict(fault.values)) for _, fault in over)
        entry = stub_text(self._place, self._today, values, written.body.strip("\n"))
        files[self._place.path] = entry.encode("utf-8")
        source = _parsed(entry, self._name)
        problems = [self._problem(remark, source, written.places, text) for remark in self._remarks]
        problems += self._fields(source, values)
        # Of other texts punctuation may have been mended, and numbers have become lists, since they were read.
        taken, shown = ("".join(found.taken), rendered_text(source.body)) if self._official else ("", whole)
        apart = differences(read.original, taken, shown, source.body)
        for one in apart:
            told: dict[str, object] = {"original": one.original, "found": one.found, "count": one.count}
            problems.append(Problem(self._name, source.body_line - 1 + one.line, "import-differs", told))
        return Import(
            self._place.path,
            files,
            tuple(sorted(set(problems))),
            compared=len(letters(read.original)) if self._official else None,
            different=sum(one.count for one in apart),
        )

    def _lay_out(self, text: Text) -> tuple[Particulars, dict[str, str]]:
        """Give the blocks their roles and levels; returns what was found for fields, also as YAML."""
        is_policy = issubclass(self._place.model, Policy)
        found, text.blocks = take_particulars(text.blocks) if is_policy else take_title(text.blocks)
        self._remarks += found.remarks
        mark_headings(text.blocks)
        values = {"title": found.title}
        if is_policy:
            written = found.written.isoformat() if found.written else ""
            values |= {"document_number": found.number, "issuer": found.issuer, "written": written}
        if issubclass(self._place.model, Interpretation):
            values |= {"form": "questions"} if mark_questions(text.blocks) else {}
            values |= {"interprets": self._interpreted(found.title, text)}
        if not self._official:
            if "form" not in values:
                self._remarks += mark_bold_headings(text.blocks)
            text.blocks = make_lists(text.blocks)
        self._remarks += look_at_lines(text.blocks)
        return found, {name: _yaml(value) for name, value in values.items() if value}

    def _interpreted(self, title: str, text: Text) -> str:
        """The policy that a text names first, by its title in 《》 or its number."""
        region = self._place.region if self._place.region != "shared" else self._place.project.default_region()
        policies = load(self._place.project, region).content.entries["policies"].values()
        words = title + "".join(paragraph.text for paragraph in paragraphs(text.blocks))
        places: dict[int, str] = {}
        for document in policies:
            meta = document.meta_as(Policy)
            names = {meta.document_number, meta.title, meta.short_title or "", *re.findall("《([^》]+)》", meta.title)}
            at = min((words.find(name) for name in names if name and name in words), default=-1)
            if at >= 0:
                places.setdefault(at, document.slug)
        return places[min(places)] if places else ""

    def _pictures(self, every: list[Paragraph], pictures: dict[str, bytes]) -> tuple[dict[str, str], dict[Path, bytes]]:
        """The names of the files of pictures, and these."""
        names: dict[str, str] = {}
        files: dict[Path, bytes] = {}
        for paragraph in every:
            for at, run in enumerate(paragraph.runs):
                if not run.picture:
                    continue
                made = as_file(pictures.get(run.picture, b"")) if run.picture not in names else None
                if made:
                    path = self._free_path(made[0], files)
                    names[run.picture], files[path] = path.name, made[1]
                paragraph.runs[at] = replace(run, text=alternative(run.text))
                self._remarks.append(_picture_remark(paragraph, paragraph.runs[at], names.get(run.picture)))
        return names, files

    def _free_path(self, suffix: str, files: dict[Path, bytes]) -> Path:
        """A name beside the entry that no file has."""
        number = 1
        while True:
            path = self._place.path.with_name(f"{self._place.path.stem}-{number}{suffix}")
            if path not in files and not path.exists():
                return path
            number += 1

    def _problem(self, remark: Remark, source: Source, places: dict[Block, int], text: Text) -> Problem:
        block = remark.block
        if remark.paragraph:
            before = [one for one in paragraphs(text.blocks) if 0 < one.facts.number <= remark.paragraph]
            block = max(before, key=lambda one: one.facts.number, default=None)
        above = len(source.body) - len(source.body.lstrip("\n"))
        line = source.body_line - 1 + above + places[block] if block in places else 0
        return Problem(self._name, line, remark.code, remark.values)

    def _fields(self, source: Source, values: dict[str, str]) -> Iterator[Problem]:
        """The fields that were found, to be compared with the original, and those that nobody has filled in yet."""
        data = source.data if isinstance(source.data, dict) else {}
        for name, field in self._place.model.model_fields.items():
            shown = Field(name, title_of(field))
            if name in values:
                yield source.problem((name,), "import-found", field=shown, value=shortened(str(data.get(name, "")), 60))
            elif field.is_required() and name in _CHOICES:
                chosen = data.get(name)
                words = "、".join(map(str, chosen)) if isinstance(chosen, list) else str(chosen)
                yield source.problem((name,), "import-chosen", field=shown, value=words)
            elif field.is_required() and name != "review":
                yield source.problem((name,), "import-fill", field=shown)


def _inner_tables(blocks: list[Block]) -> Iterator[Table]:
    """The tables in cells of others."""
    cells = (cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row)
    return (block for cell in cells for block in cell.blocks if isinstance(block, Table))


def _parsed(entry: str, name: str) -> Source:
    source, problems = parse_markdown(entry, name)
    if source is None or source.data is None:
        raise AssertionError(problems)  # we wrote it ourselves
    return source


def _yaml(value: str) -> str:
    """A text as a value of YAML."""
    if value.startswith(("“", "‘", "「", "＂")):
        return json.dumps(value, ensure_ascii=False)
    written: str = yaml.safe_dump(value, allow_unicode=True, width=10_000)
    return value if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else written.removesuffix("...\n").strip()


def _check_links(paragraph: Paragraph) -> Iterator[Remark]:
    """Links that lead nowhere from a page become words."""
    for at, run in enumerate(paragraph.runs):
        if run.link and not _leads_outward(run.link):
            paragraph.runs[at] = replace(run, link="")
            if not run.link.startswith("#"):
                yield Remark(
                    "import-link", {"words": shortened(run.text), "address": shortened(run.link)}, block=paragraph
                )


def _leads_outward(address: str) -> bool:
    try:
        return read_target(address).scheme in ("http", "https", "mailto")
    except AddressError:
        return False


def _picture_remark(paragraph: Paragraph, run: Run, file: str | None) -> Remark:
    if file is None:
        return Remark("import-picture-lost", {}, block=paragraph)
    if not run.text:
        return Remark("import-picture", {"file": file}, block=paragraph)
    return Remark("import-picture-text", {"file": file, "words": shortened(run.text)}, block=paragraph)
