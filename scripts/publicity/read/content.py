"""What was read of a region, whatever it was read from: documents, standards, glossary, and the column that they make."""

import datetime
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from publicity.models import (
    Case,
    Citation,
    Entry,
    Explanations,
    Interpretation,
    Language,
    Page,
    Question,
    Region,
    Register,
    Regulation,
    Task,
    TaskList,
    Term,
    Training,
    Translation,
)
from publicity.read.portal.frame import Portal
from publicity.read.source import Source
from scoring import Standard

M = TypeVar("M", bound=Entry)


def page_at(address: str, paths: Container[str]) -> str | None:
    """The path of the page at an address such as `cases` or `guides/evidence`; None where there is none."""
    return next((path for path in (f"{address}.md", f"{address}/index.md") if path in paths), None)


@dataclass(frozen=True)
class Document:
    """A Markdown file with its particulars. `path` is its address in the site's tree, such as `policies/x.md`."""

    path: str
    source: Source
    meta: Entry | Page
    translation: "TranslatedDocument | None" = None

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its file, and that of its English side where there is one."""
        return (self.source, self.translation.source) if self.translation else (self.source,)

    def meta_as(self, kind: type[M]) -> M:
        """Its particulars as the model that its collection has."""
        if not isinstance(self.meta, kind):
            raise TypeError(f"{self.path} is {type(self.meta).__name__}, not {kind.__name__}")
        return self.meta


def page_of(document: Document, language: Language) -> Page:
    """The particulars of a page of `docs/`, in English where it has an English side."""
    meta = document.translation.meta if language == "en" and document.translation else document.meta
    if not isinstance(meta, Page):
        raise TypeError(f"{document.path} is {type(meta).__name__}, not Page")
    return meta


@dataclass(frozen=True)
class TranslatedDocument:
    """The English side of a document. A page's English side has a page's particulars."""

    source: Source
    meta: Translation | Page


@dataclass(frozen=True)
class Doubtful:
    """An entry in whose particulars something is wrong; what stands below its `faulty` keys is not its own."""

    document: Document
    faulty: frozenset[str]


@dataclass(frozen=True)
class LoadedStandard:
    """A standard, what we say about it, as it stands in its file, and what its items mean in plain words."""

    standard: Standard
    guidance: dict[str, Any] | None
    explanations: Explanations | None = None


@dataclass(frozen=True)
class LoadedRegister:
    """A register of a region, with the file it stands in."""

    source: Source
    meta: Register


@dataclass(frozen=True)
class LoadedGlossary:
    """The terms that all regions share, with the file they stand in."""

    source: Source
    terms: list[Term]


@dataclass(frozen=True)
class LoadedTasks:
    """The tasks of a region's plan, with the file they stand in."""

    source: Source
    meta: TaskList


@dataclass(frozen=True)
class LoadedTraining:
    """What staff are trained with in all regions, with the file it stands in."""

    source: Source
    meta: Training


@dataclass(frozen=True)
class Content:
    """What was read for one region, sound or not.

    `broken` names the pages and `broken_standards` the standards that exist but could not be read, `bodies_without_meta` what could
    be read of files without their particulars, `embargoed_files` what entries under embargo refer to, `data_files` the hash of every
    YAML file by its name, `doubtful` the entries that have problems of their own and are among no others.
    """

    region_source: Source | None
    pages: dict[str, Document]
    entries: dict[str, dict[str, Document]]
    standards: dict[str, LoadedStandard]
    media: dict[str, Path]
    broken: frozenset[str]
    broken_standards: frozenset[str]
    bodies_without_meta: list[tuple[str, Source]]
    embargoed: dict[str, datetime.date]
    registers: dict[str, LoadedRegister]
    glossary: LoadedGlossary | None
    today: datetime.date
    embargoed_files: frozenset[str] = frozenset()
    tasks: LoadedTasks | None = None
    training: LoadedTraining | None = None
    data_files: Mapping[str, str] = field(default_factory=dict)
    doubtful: tuple[Doubtful, ...] = ()

    @cached_property
    def interpretations(self) -> dict[str, list[Document]]:
        """The interpretations of each policy by its slug, oldest first."""
        interpretations: dict[str, list[Document]] = {}
        oldest_first = sorted(
            self.entries["interpretations"].values(),
            key=lambda interpretation: (interpretation.meta_as(Entry).published, interpretation.slug),
        )
        for interpretation in oldest_first:
            interpretations.setdefault(interpretation.meta_as(Interpretation).interprets, []).append(interpretation)
        return interpretations

    @cached_property
    def citing(self) -> dict[str, list[tuple[Document, Citation]]]:
        """The cases that apply a regulation by its slug, newest first, each with the article."""
        citations: dict[str, list[tuple[Document, Citation]]] = {}
        cases = self.entries["cases"].values()
        for case in sorted(cases, key=lambda case: (-(case.meta_as(Case).year or 0), case.slug)):
            for cited in case.meta_as(Case).articles:
                if isinstance(cited, Citation):
                    citations.setdefault(cited.regulation, []).append((case, cited))
        return citations

    @cached_property
    def replaced(self) -> dict[str, list[Document]]:
        """The old texts that a regulation has replaced, by its slug."""
        replaced: dict[str, list[Document]] = {}
        for regulation in self.entries["regulations"].values():
            if now := regulation.meta_as(Regulation).replaced_by:
                replaced.setdefault(now, []).append(regulation)
        return replaced

    @cached_property
    def asked(self) -> dict[str, list[Document]]:
        """The questions that belong to an entry, by its `collection/slug`."""
        asked: dict[str, list[Document]] = {}
        for question in self.entries["questions"].values():
            for name in question.meta_as(Question).entries:
                asked.setdefault(name, []).append(question)
        return asked

    @cached_property
    def answered(self) -> dict[str, list[Task]]:
        """The tasks of the plan that a page answers, by its path."""
        answered: dict[str, list[Task]] = {}
        for task in self.tasks.meta.tasks if self.tasks else ():
            for path in dict.fromkeys(map(self.offered, task.offers)):
                answered.setdefault(path, []).append(task)
        return answered

    def offered(self, address: str) -> str:
        """The path of the page that a task offers; the checks have made sure that there is one."""
        return page_at(address, self.page_paths) or address

    def all_entries(self) -> Iterable[Document]:
        """The entries of all collections."""
        for collection in self.entries.values():
            yield from collection.values()

    def documents(self) -> Iterable[Document]:
        """All pages and entries."""
        yield from self.pages.values()
        yield from self.all_entries()

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """The paths of all pages that are listed."""
        return frozenset(self.listed_paths())

    def listed_paths(self) -> Iterable[str]:
        """The paths in the sitemap, which must not be lost: pages but for those that are not listed, entries, indexes."""
        for document in self.documents():
            if not isinstance(document.meta, Page) or document.meta.listed:
                yield document.path
        for collection in self.entries:
            yield f"{collection}/index.md"


@dataclass(frozen=True)
class Column:
    """Everything that one region publishes."""

    region: Region
    content: Content
    portal: Portal | None = None

    @property
    def updated(self) -> datetime.date | None:
        """The last day, up to that, on which something was published or changed; None where there is nothing."""
        entries = [document.meta_as(Entry) for document in self.content.all_entries()]
        days = (day for entry in entries for day in (entry.published, *(change.date for change in entry.history)))
        return max((day for day in days if day <= self.today), default=None)

    @property
    def today(self) -> datetime.date:
        """The day that the column is made for."""
        return self.content.today
