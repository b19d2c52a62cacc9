"""Read a region and what it shares with the others into models. All problems are collected; nothing is raised on the way."""

import datetime
import os
import posixpath
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from publicity import dates
from publicity.models import (
    ENTRY_MODELS,
    LANGUAGES,
    Entry,
    Explanations,
    Glossary,
    Page,
    Region,
    Register,
    TaskList,
    Training,
    Translation,
)
from publicity.models.fields import English, is_slug
from publicity.models.publishing import PublishFile
from publicity.problems import ContentError, Problem, UsageError, near
from publicity.project import Project, files_below, is_hidden, is_lock_file
from publicity.read.attachments.named import files_of
from publicity.read.characters import is_clean
from publicity.read.content import (
    Content,
    Document,
    Doubtful,
    LoadedGlossary,
    LoadedRegister,
    LoadedStandard,
    LoadedTasks,
    LoadedTraining,
    TranslatedDocument,
)
from publicity.read.draft import Draft
from publicity.read.explanations import read_explanations
from publicity.read.files.media import INSTEAD, MEDIA, medium_problems
from publicity.read.files.plain import file_fault
from publicity.read.marked_places import Places, filled, places_of
from publicity.read.parsed import Kind, parsed_file
from publicity.read.portal.frame import FOLDER, read_portal
from publicity.read.source import Source, read_yaml
from publicity.read.validate import english_of, mended, validate
from publicity.work.names import KEPT
from publicity.work.shelf import Shelf
from scoring import Guidance, Standard, StandardError

RESERVED = frozenset({*LANGUAGES, *ENTRY_MODELS, "assets", "engine"})
"""Names at the top of the site that no page may have."""
PUBLISH_FILE = "publish.yml"
REGISTERS = ("stations", "units", "services")
SHARED = "shared"
"""The folder of what all regions publish."""
TASKS = "tasks"
"""The file of the plan's tasks."""
TRAINING = "training"
"""The file of the quiz and the slides."""
_OF_ALL = ("glossary.yml", f"{TRAINING}.yml")
_OF_REGION = (
    "region.yml",
    PUBLISH_FILE,
    "published-urls.txt",
    FOLDER,
    f"{TASKS}.yml",
    *(f"{name}.yml" for name in REGISTERS),
)
"""What lies beside the folders of the collections."""


def see_region(committed: Project, region: str, folder: Project) -> None:
    """See that a region is among what is committed.

    Raises:
        UsageError: it is not; another one where it lies in the user's own folder.
    """
    if region in committed.regions():
        return
    if region in folder.regions():
        raise UsageError("region-not-committed", region=region)
    raise UsageError("no-region", region=region, hint=near(region, committed.regions()))


def load(project: Project, region: str, today: datetime.date | None = None) -> Draft:
    """Read `content/shared`, one region, `docs/` and the standards, as of a day; what is under embargo then is left out.

    Raises:
        UsageError: there is no such region.
    """
    if region not in project.regions():
        raise UsageError("no-region", region=region, hint=near(region, project.regions()))
    reader = _Reader(project)
    shelf, shared_shelf = (Shelf(project.build / KEPT / "front-matter" / f"{name}.json") for name in (region, SHARED))
    for folder in (project.pages / "assets", project.root / "overrides"):
        reader.plain_files(folder)
    standards = reader.standards()
    region_model, region_source = reader.region(project.content / region / "region.yml")
    reader.publishing(project.content / region)
    registers = reader.registers(project.content / region)
    glossary = reader.glossary(project.content / "shared" / "glossary.yml")
    day = today or dates.today()
    places = places_of(region_model, standards, day) if region_model else None
    besides = ("adr", "assets", "manuals", "pictures", "recipes")
    pages = reader.folder(project.pages, "", Page, places, shared_shelf, skip=besides)
    entries: dict[str, dict[str, Document]] = {name: {} for name in ENTRY_MODELS}
    for root, filled_with, known in (
        (project.content / SHARED, places, shared_shelf),
        (project.content / region, None, shelf),
    ):
        reader.unknown_files(root)
        for name, model in ENTRY_MODELS.items():
            for slug, document in reader.folder(root / name, f"{name}/", model, filled_with, known).items():
                if slug in entries[name]:
                    first = entries[name][slug].source.name
                    reader.add(document.source.name, "duplicate-slug", slug=slug, collection=name, first=first)
                entries[name][slug] = document
    shelf.save()
    shared_shelf.save()
    embargoed, embargoed_files = _take_embargoed(entries, day)
    content = Content(
        region_source,
        pages,
        entries,
        standards,
        reader.media,
        frozenset(reader.broken),
        frozenset(reader.broken_standards),
        reader.bodies_without_meta,
        embargoed,
        registers,
        glossary,
        day,
        embargoed_files,
        reader.tasks(project.content / region / f"{TASKS}.yml"),
        reader.training(project.content / SHARED / f"{TRAINING}.yml", places),
        reader.data_files,
        tuple(one for one in reader.doubtful if not _is_embargoed(one.document, day)),
    )
    folder = project.content / region
    portal = None
    if region_model and region_source:
        portal, problems = read_portal(region_model, region_source, folder)
        reader.problems += problems
    return Draft(region_model, content, portal, tuple(reader.problems), folder, project.name(folder), project)


def _is_embargoed(document: Document, today: datetime.date) -> bool:
    embargo = document.meta_as(Entry).embargo
    return embargo is not None and embargo > today


def _take_embargoed(
    entries: dict[str, dict[str, Document]], today: datetime.date
) -> tuple[dict[str, datetime.date], frozenset[str]]:
    """Take the entries out whose day has not come; returns their paths with that day, and the files that they refer to."""
    embargoed = {}
    files: set[str] = set()
    for collection in entries.values():
        for slug, document in list(collection.items()):
            embargo = document.meta_as(Entry).embargo
            if embargo and _is_embargoed(document, today):
                embargoed[document.path] = embargo
                files |= files_of(document)
                del collection[slug]
    return embargoed, frozenset(files)


def load_standards(project: Project) -> list[Standard]:
    """The project's standards.

    Raises:
        ContentError: with every problem found in them.
    """
    reader = _Reader(project)
    standards = reader.standards()
    if reader.problems:
        raise ContentError(reader.problems)
    return [loaded.standard for loaded in standards.values()]


_NAMED_OTHERWISE = re.compile(r"(?P<stem>[^.].*?)(?:(?:\.md)?\.txt|\.markdown|[.。．]md)", re.IGNORECASE)
"""Names of texts that were meant to be read: Windows hides the ending that it adds."""


class _Reader:
    """Collects what it reads, and every problem on the way."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.english: English = "required"
        self.media: dict[str, Path] = {}
        self.data_files: dict[str, str] = {}
        self.broken: set[str] = set()
        self.broken_standards: set[str] = set()
        self.bodies_without_meta: list[tuple[str, Source]] = []
        self.doubtful: list[Doubtful] = []
        self._doubted: list[Doubtful] = []  # of the folder that is being read
        self._folders: dict[Path, bool] = {}
        self._media_names: dict[str, str] = {}

    def add(self, name: str, code: str, **values: object) -> None:
        """Note what is wrong with a whole file."""
        self.problems.append(Problem(name, 1, code, values))

    def is_plain(self, folder: Path) -> bool:
        """Whether a folder lies in the project, and neither is nor lies below a link; the first link on the way is a problem."""
        if folder == self.project.root:
            return True
        if folder not in self._folders:
            self._folders[folder] = self.is_plain(folder.parent)
            if self._folders[folder] and folder.is_symlink():
                self.add(self.project.name(folder), "is-link")
                self._folders[folder] = False
        return self._folders[folder]

    def plain_files(self, folder: Path) -> None:
        """Look at what others read or copy from a folder."""
        for inside in files_below(folder) if self.is_plain(folder) else ():
            name = self.project.name(folder / inside)
            if not is_clean(inside):
                self.add(name, "unprintable-name", found=posixpath.basename(inside))
            elif fault := file_fault(folder / inside, name):
                self.problems.append(fault)

    def region(self, path: Path) -> tuple[Region | None, Source | None]:
        source = self._yaml(path)
        if source is None:
            return None, None
        self.english = english_of(source)
        region, problems = validate(Region, source, self.english)
        self.problems += problems
        slug = source.data.get("slug") if isinstance(source.data, dict) else None
        if isinstance(slug, str) and slug != path.parent.name:
            self.problems.append(source.problem(("slug",), "other-slug", found=slug, folder=path.parent.name))
        return region, source

    def publishing(self, root: Path) -> None:
        """See that `publish.yml` is sound, where the region has one; a build does not need it."""
        source = self._yaml_there(root / PUBLISH_FILE)
        if source:
            self.problems += validate(PublishFile, source)[1]

    def registers(self, root: Path) -> dict[str, LoadedRegister]:
        """`stations.yml`, `units.yml` and `services.yml`, where the region has them."""
        registers = {}
        for name in REGISTERS:
            source = self._yaml_there(root / f"{name}.yml")
            if source:
                register, problems = validate(Register, source, self.english)
                self.problems += problems
                said = source.data if isinstance(source.data, dict) else {}
                for other in (other for other in REGISTERS if other != name and other in said):
                    self.problems.append(
                        source.problem((other,), "list-of-another-file", list=other, file=f"{other}.yml")
                    )
                if register:
                    registers[name] = LoadedRegister(source, register)
        return registers

    def glossary(self, path: Path) -> LoadedGlossary | None:
        """The shared glossary, where there is one."""
        source = self._yaml_there(path)
        if source is None:
            return None
        glossary, problems = validate(Glossary, source, self.english)
        self.problems += problems
        return LoadedGlossary(source, glossary.terms) if glossary else None

    def tasks(self, path: Path) -> LoadedTasks | None:
        """The tasks of the region's plan, where it has written them down."""
        source = self._yaml_there(path)
        if source is None:
            return None
        tasks, problems = validate(TaskList, source, self.english)
        self.problems += problems
        return LoadedTasks(source, tasks) if tasks else None

    def training(self, path: Path, places: Places | None) -> LoadedTraining | None:
        """The shared quiz and slides, where there are any, with their marked places filled."""
        source = self._yaml_there(path)
        if source is None:
            return None
        if places:
            source, unknown = filled(source, places, "zh")
            self.problems += unknown
        training, problems = validate(Training, source, self.english)
        self.problems += problems
        return LoadedTraining(source, training) if training else None

    def standards(self) -> dict[str, LoadedStandard]:
        """Every standard with our guidance beside it, by its id."""
        standards = {}
        folder = self.project.standards
        for path in sorted(folder.glob("*.yml")) if self.is_plain(folder) else ():
            if path.name.endswith((".guidance.yml", ".explanations.yml")):
                continue
            self.broken_standards.add(path.stem)  # until it has been read
            source = self._yaml(path)
            if source is None:
                continue
            try:
                standard = Standard.from_data(source.data)
            except StandardError as error:
                self._standard_problems(source, error)
                continue
            self.broken_standards.remove(path.stem)
            guidance = self._guidance(path.with_suffix(".guidance.yml"), standard)
            explanations = self._explanations(path.with_suffix(".explanations.yml"), standard)
            standards[standard.id] = LoadedStandard(standard, guidance, explanations)
        return standards

    def _guidance(self, path: Path, standard: Standard) -> dict[str, Any] | None:
        source = self._yaml_there(path)
        if source is None:
            return None
        try:
            Guidance.from_data(source.data, standard)
        except StandardError as error:
            self._standard_problems(source, error)
        return cast(dict[str, Any], source.data)

    def _explanations(self, path: Path, standard: Standard) -> Explanations | None:
        source = self._yaml_there(path)
        if source is None:
            return None
        explanations, problems = read_explanations(source, standard)
        self.problems += problems
        return explanations

    def _standard_problems(self, source: Source, error: StandardError) -> None:
        self.problems += [
            replace(problem, path=source.name, line=source.line(problem.keys)) for problem in error.problems
        ]

    def folder(
        self,
        folder: Path,
        prefix: str,
        model: type[Entry] | type[Page],
        places: Places | None,
        shelf: Shelf,
        skip: tuple[str, ...] = (),
    ) -> dict[str, Document]:
        """The documents of a folder by slug; `x.en.md` is the English side of `x.md`. What was read before stands on the `shelf`."""
        originals: dict[str, Document] = {}
        translations: dict[str, TranslatedDocument] = {}
        files = sorted(files_below(folder, skip)) if self.is_plain(folder) else []
        here = self.project.name(folder)
        for inside in files:
            path, name = folder / inside, f"{here}/{inside}"
            if not self._is_text(inside, path, name, prefix, here):
                continue
            if inside.endswith(".en.md"):
                slug = inside.removesuffix(".en.md")
                translated = self._document(
                    f"{prefix}{slug}.md", path, name, Page if model is Page else Translation, places, shelf
                )
                if f"{slug}.md" not in originals and not (folder / f"{slug}.md").exists():
                    self.add(name, "no-original", original=f"{slug}.md")
                elif translated:
                    translations[slug] = TranslatedDocument(*translated)
            else:
                page = f"{prefix}{inside}"
                document = self._document(page, path, name, model, places, shelf)
                if document is None:
                    self.broken.add(page)
                else:
                    originals[inside.removesuffix(".md")] = Document(page, *document)
        while self._doubted:
            one = self._doubted.pop()
            self.doubtful.append(
                replace(one, document=replace(one.document, translation=translations.get(one.document.slug)))
            )
        return {
            slug: Document(original.path, original.source, original.meta, translations.get(slug))
            for slug, original in originals.items()
        }

    def _is_text(self, inside: str, path: Path, name: str, prefix: str, here: str) -> bool:
        """Whether a file is a text that may be read; a picture or attachment is noted; anything else is a problem."""
        suffix = posixpath.splitext(inside)[1]
        if is_lock_file(path):
            self.add(name, "lock-file")
        elif not is_clean(inside):
            self.add(name, "unprintable-name", found=path.name)
        elif fault := file_fault(path, name):
            self.problems.append(fault)
            self.broken.add(prefix + inside)
        elif suffix.lower() in MEDIA:
            self._medium(prefix + inside, path, name)
        elif instead := INSTEAD.get(suffix.lower()):
            self.add(name, "convertible-kind", found=suffix, instead=instead)
        elif suffix != ".md" and (named := _NAMED_OTHERWISE.fullmatch(path.name)):
            self.add(name, "text-named-otherwise", found=path.name, right=f"{named['stem']}.md")
        elif suffix != ".md":
            self.add(name, "unpublished-kind", found=suffix or path.name, kinds=(".md", *sorted(MEDIA)))
        elif "/" in inside:
            self.add(name, "nested-entry", folder=here)
        else:
            return True
        return False

    def _medium(self, page: str, path: Path, name: str) -> None:
        # Two names that differ in capitals alone are one file on Windows and macOS.
        first = self._media_names.setdefault(page.lower(), name)
        if first != name:
            self.add(name, "same-name", page=page, first=first)
        self.media[page] = path
        self.problems += medium_problems(path, name)

    def unknown_files(self, root: Path) -> None:
        """Folders and files of a region, or of what regions share, that nothing reads."""
        known = {*ENTRY_MODELS, *(_OF_ALL if root.name == SHARED else _OF_REGION)}
        for path in sorted(root.iterdir()) if self.is_plain(root) and root.is_dir() else ():
            if fault := file_fault(path, self.project.name(path)):
                self.problems.append(fault)
                continue
            if is_hidden(path.name) or path.name in known:
                continue
            if is_lock_file(path):
                self.add(self.project.name(path), "lock-file")
                continue
            self.add(
                self.project.name(path),
                "unknown-folder",
                found=path.name,
                hint=near(path.name, known if path.suffix else ENTRY_MODELS),
            )

    def _document(
        self, page: str, path: Path, name: str, model: Kind, places: Places | None, shelf: Shelf
    ) -> tuple[Source, Any] | None:
        source, meta, faults = parsed_file(path, name, model, self.english, places, shelf)
        self.problems += faults
        if source is None:
            return None
        slug = path.name.removesuffix(".md").removesuffix(".en")
        if not is_slug(slug):
            self.add(name, "bad-file-name", found=slug)
        elif slug in (RESERVED if model is Page else {"index"}):
            self.add(name, "reserved-name", found=slug)
        if meta is None:
            self.bodies_without_meta.append((page, source))
            if issubclass(model, Entry) and source.data is not None:
                made, beside, faulty = mended(model, source, self.english)
                self.problems += beside
                self._doubted += [Doubtful(Document(page, source, made), faulty)] if made else []
            return None
        return source, meta

    def _yaml_there(self, path: Path) -> Source | None:
        """A file that need not be there; a link that leads nowhere is there."""
        return self._yaml(path) if os.path.lexists(path) else None

    def _yaml(self, path: Path) -> Source | None:
        if not self.is_plain(path.parent):
            return None
        source, problems = read_yaml(path, self.project.name(path))
        self.problems += problems
        if source:
            self.data_files[source.name] = source.digest
        return source
