"""What an editor can do, as plain functions of names and forms; the page in front of it only shows it.

One thing happens at a time: checks and previews share what they read, and MkDocs has one state for the process.
"""

import functools
import posixpath
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from publicity.check import published
from publicity.dates import today
from publicity.edit import moves, review
from publicity.edit.answers import Answer, Attached, Checked, Importer, Paster, Row, Sheet
from publicity.edit.attaching import brought
from publicity.edit.checking import BODY, ENGLISH, RAW, Findings, Told, check_draft, problems_by_entry
from publicity.edit.compare import Piece, compare
from publicity.edit.copying import CopySheet, copy_sheet
from publicity.edit.drafts import PREFIX, Draft, Drafts, EntryName, Files, Noted, RefusedError
from publicity.edit.form.choices import choices_of, roles_of
from publicity.edit.form.forms import Values, form_of, values_of
from publicity.edit.form.sent import dropped, files_of, raw_of
from publicity.edit.front_matter import MarkdownFile, text_in
from publicity.edit.git.remote import RemoteError
from publicity.edit.git.repository import BusyError, ChangedMeanwhileError, Changes, Repository, Version
from publicity.edit.review import Role
from publicity.inspect import inspect_region
from publicity.inspect.report import html_report
from publicity.labels.sentences import chosen_language, text_of
from publicity.models import Interpretation, Language, Policy, Translation
from publicity.problems import BuildError, ContentError, Problem
from publicity.project import Project
from publicity.read.draft import Draft as LoadedDraft
from publicity.read.files.media import is_image
from publicity.read.load import load
from publicity.render.single import SinglePages

F = TypeVar("F", bound=Callable[..., Any])

_NOBODY = Role("编辑页面", "Editing page")
"""Who keeps a version that no editor has saved."""
_PENDING = "review-pending"
"""What an approval itself mends."""


def _one_at_a_time(method: F) -> F:
    @functools.wraps(method)
    def run(self: "Desk", *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the method
        with self.lock:
            return method(self, *arguments, **options)

    return cast(F, run)


class Desk:
    """One region's desk. All methods may be called from any thread."""

    def __init__(
        self, project: Project, region: str, importer: Importer | None = None, paster: Paster | None = None
    ) -> None:
        """Open it; with an `importer`, entries can be begun from Word files, with a `paster`, text of Word and WPS can be pasted.

        Raises:
            UsageError: the project lies in no repository.
        """
        self.project = project
        self.region = region
        self.repository = Repository(project.root)
        self.drafts = Drafts(project, self.repository, region)
        self.importer = importer
        self.paster = paster
        self.lock = threading.RLock()
        self._pages: dict[tuple[EntryName, Language], tuple[str, SinglePages]] = {}
        self._kept_by: dict[EntryName, tuple[str, str]] = {}
        self._known: tuple[str, LoadedDraft, dict[str, int]] | None = None

    @_one_at_a_time
    def meet(self) -> str:
        """Learn what other desks have sent, and send what they could not be sent; returns why that was not possible, or nothing."""
        if not self.repository.has_remote:
            return ""
        told = ""
        try:
            self.repository.fetch()
            if not self.repository.follow(self.repository.main, moves.joined):
                told = text_of(Problem("", 0, "main-parted"))
            for branch in self.repository.branches(PREFIX):
                self.repository.follow(branch)
            for branch in self.repository.unsent(PREFIX):
                if branch != self.repository.main or not told:
                    self.repository.push(branch)
        except (RemoteError, BusyError) as error:
            return text_of(error.problem)
        except ChangedMeanwhileError:
            pass  # another desk was quicker: its draft is there the next time
        return told

    @_one_at_a_time
    def entries(self) -> list[Row]:
        """All entries of the region with their state, and how many problems the published ones have."""
        counts = self._published()[1]
        rows = []
        for name in self.drafts.names():
            draft = self.drafts.open(name)
            count = counts.get(name.path, 0) + counts.get(name.english, 0)
            rows.append(Row(name, _title(draft), self._state(draft), count))
        return rows

    @_one_at_a_time
    def uncommitted(self) -> list[EntryName]:
        """Entries in the user's folder that have not been committed: no draft, and not published."""
        return self.drafts.uncommitted()

    @_one_at_a_time
    def take_up(self, collection: str, slug: str) -> EntryName:
        """Make a draft of one of them.

        Raises:
            RefusedError: there is none, or another region has a draft of this name.
        """
        name = next(
            (name for name in self.drafts.uncommitted() if (name.collection, name.slug) == (collection, slug)), None
        )
        if name is None:
            raise RefusedError("bad-name")
        self.drafts.take_up(name)
        return name

    @_one_at_a_time
    def find(self, collection: str, slug: str) -> EntryName | None:
        """An entry that is there, published or begun."""
        name = self.drafts.name_of(collection, slug)
        return name if name and self.drafts.open(name).is_there else None

    @_one_at_a_time
    def begin(
        self, collection: str, slug: str, title: str, files: Files | None = None, *, is_own: bool = False
    ) -> EntryName:
        """Begin an entry, empty but for its title, or with the files of an import; the region's own in its folder, whatever its kind.

        Raises:
            RefusedError: the name is none, or taken.
        """
        name = self.drafts.name_of(collection, slug)
        if name is None or slug == "index":  # the collection's own page
            raise RefusedError("bad-name")
        there = {(one.collection, one.slug) for one in self.drafts.uncommitted()}
        if self.drafts.open(name).is_there or (collection, slug) in there:
            raise RefusedError("name-taken")
        if is_own:
            name = replace(name, folder=self.region)
        day = today().isoformat()
        data = {"title": title.strip(), "published": day, "review": {"status": "pending"}}
        file = MarkdownFile("", "\n").with_data({key: value for key, value in data.items() if value})
        self.drafts.keep(name, None, files or {name.path: file.text.encode()})
        return name

    @_one_at_a_time
    def begin_from(self, collection: str, slug: str, title: str, document: bytes, *, is_own: bool = False) -> EntryName:
        """Begin an entry from a Word file; what has to be looked at stands on its page.

        Raises:
            RefusedError: the name is none, or taken.
            UsageError, ContentError, BuildError: the file cannot be read as an entry.
        """
        name = self.drafts.name_of(collection, slug)
        if name is None or self.importer is None:
            raise RefusedError("bad-name")
        if is_own:
            name = replace(name, folder=self.region)
        region = None if name.model.shared and not is_own else self.region
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{slug}.docx"
            file.write_bytes(document)
            made = self.importer(self.drafts.mirror(), region, file, name.model.kind_name(), slug, today())
        root = self.drafts.mirror().root
        files = {path.relative_to(root).as_posix(): content for path, content in made.files.items()}
        remarks = tuple(_noted(problem, files.get(name.path, b"")) for problem in made.remarks)
        if title.strip() and name.path in files:
            read = MarkdownFile.of(files[name.path].decode())
            files[name.path] = read.with_data(read.data | {"title": title.strip()}).text.encode()
        self.begin(collection, slug, title, files, is_own=is_own)
        self.drafts.note(name, remarks)
        return name

    def pasted(self, name: EntryName, html: str) -> tuple[str, list[Noted]]:
        """What was pasted as Markdown, and what a person must still look at, by its lines.

        Raises:
            UsageError, ContentError, BuildError: it cannot be read.
        """
        if self.paster is None:
            return "", []
        markdown, remarks = self.paster(html, issubclass(name.model, Policy | Interpretation))
        return markdown, [(problem.line, text_of(problem)) for problem in remarks]

    @_one_at_a_time
    def open(self, name: EntryName) -> Sheet:
        """An entry for its page."""
        draft = self.drafts.open(name)
        choices = choices_of(self._published()[0].content)
        fields, english = form_of(name.model, choices), form_of(Translation, choices)
        values = values_of(fields, draft.file.data)
        values |= {f"{ENGLISH}{key}": text for key, text in values_of(english, draft.english.data).items()}
        bodies = {BODY: draft.file, f"{ENGLISH}{BODY}": draft.english}
        values |= {key: file.body.strip("\n") for key, file in bodies.items()}
        values |= {RAW: draft.text(name.path), f"{ENGLISH}{RAW}": draft.text(name.english)}
        steps = draft.file.data.get("review")
        return Sheet(
            draft,
            _title(draft),
            self._state(draft),
            fields,
            english,
            values,
            raw=raw_of(draft),
            remarks=self.drafts.noted(name),
            steps=steps if isinstance(steps, dict) else {},
        )

    def roles(self) -> list[Role]:
        """The roles that the region's entries name."""
        return roles_of(self._published()[0].content)

    @_one_at_a_time
    def keep(self, name: EntryName, version: str, sent: Values, page: str = "") -> Checked:
        """Keep what was typed, and check it.

        Raises:
            ChangedMeanwhileError: the entry is not as it was when its page was opened.
            RefusedError: it could not be read again.
        """
        self._keep(name, version, sent, page)
        return replace(self.check(name), dropped=dropped(self.drafts.open(name), sent))

    @_one_at_a_time
    def check(self, name: EntryName) -> Checked:
        """How an entry stands."""
        draft = self.drafts.open(name)
        findings = check_draft(self.drafts.mirror(draft), [self.region], draft)
        return Checked(draft.version, self._state(draft), bool(draft.unsaved), findings)

    @_one_at_a_time
    def act(self, name: EntryName, action: str, version: str, sent: Values, role: Role, page: str = "") -> Answer:
        """Take a step: save, submit, review, approve, withdraw."""
        if missing := self._missing_of(role):
            return Answer(missing, is_done=False)
        steps = {"save": self._save, "submit": self._submit, "review": self._review, "approve": self._approve}
        try:
            self._keep(name, version, sent, page)
            return self._sent(name, steps.get(action, self._withdraw)(self.drafts.open(name), role))
        except RefusedError as error:
            return Answer(error.code, is_done=False)
        except ChangedMeanwhileError as error:
            if error.paths:
                return Answer("folder-changed", "、".join(error.paths), is_done=False)
            return Answer("changed", is_done=False, is_changed=True)

    @_one_at_a_time
    def take_down(self, name: EntryName, version: str, reason: str, role: Role) -> Answer:
        """Withdraw a published entry in every region that shows it; the reason stands at its address in their lists."""
        reason = " ".join(reason.split())
        if not reason:
            return Answer("no-reason", is_done=False)
        files = self._main_files(name)
        changes = moves.without(files, name, reason)
        said = "taken-down-from-home" if moves.is_on_own_pages(files, name) else "taken-down"
        message = f"撤下《{_title(self.drafts.open(name))}》\n\n{reason}\n"
        return self._move(name, version, name, changes, role, message, said)

    @_one_at_a_time
    def discard(self, name: EntryName, version: str, role: Role) -> Answer:
        """Give up a draft of what was never published: nothing lists it any more, and its name is free."""
        draft = self.drafts.open(name)
        if missing := self._missing_of(role):
            return Answer(missing, is_done=False)
        if name.path in draft.published or self.drafts.state(draft) != "draft":
            return Answer("not-to-be-discarded", is_done=False)
        if version != draft.version:
            return Answer("changed", is_done=False, is_changed=True)
        try:
            self.drafts.discard(name, role.author)
        except ChangedMeanwhileError:
            return Answer("changed", is_done=False, is_changed=True)
        return self._sent(name, Answer("discarded"))

    @_one_at_a_time
    def rename(self, name: EntryName, version: str, slug: str, role: Role) -> Answer:
        """Give an entry another name: its old address leads on where it was published, and what refers to it follows."""
        new = self.drafts.name_of(name.collection, slug)
        if new is None or slug == "index":
            return Answer("bad-name", is_done=False)
        if self.drafts.open(new).is_there:
            return Answer("name-taken", is_done=False)
        new = replace(name, slug=slug)
        draft = self.drafts.open(name)
        if name.path not in draft.published:
            return self._rename_draft(draft, version, new, role)
        changes = moves.renamed(self._main_files(name), name, new)
        message = f"改文件名：《{_title(draft)}》\n\n{name.slug} → {slug}\n"
        return self._move(name, version, new, changes, role, message, "renamed")

    @_one_at_a_time
    def settle(self, name: EntryName, sent: Values, role: Role, *, ours: bool) -> Answer:
        """Where an entry was changed elsewhere, too: go on with one of both; the other stays in its history."""
        if missing := self._missing_of(role):
            return Answer(missing, is_done=False)
        try:
            files = self.sent_files(name, sent)
        except RefusedError as error:
            return Answer(error.code, is_done=False)
        draft = self.drafts.open(name)
        if not draft.is_in_conflict:  # two pages of one desk
            self.drafts.save(name, f"另一页面的改动：《{_title(draft)}》", role.author)
        if ours:
            self.drafts.keep_ours(name, role.author)
            self.drafts.keep(name, None, files)
        else:
            self.drafts.take_theirs(name, role.author)
            self.drafts.set_aside(name, {path: text for path, text in files.items() if text is not None}, role.author)
        return self._sent(name, Answer("resolved"))

    @_one_at_a_time
    def attach(self, name: EntryName, filename: str, content: bytes) -> Attached:
        """Put a picture or attachment beside an entry.

        Raises:
            RefusedError: nobody publishes such files.
            ContentError: its content is not what its name says, or cannot be published.
        """
        draft = self.drafts.open(name)
        file = brought(filename, content, name.slug)
        place = file.name_among({**draft.published, **draft.changes}, name.home)
        self.drafts.keep(name, None, {place: content})
        return Attached(posixpath.basename(place), file.title, is_image(place), file.remark)

    @_one_at_a_time
    def difference(self, name: EntryName, commit: str = "") -> list[tuple[str, list[list[Piece]]]]:
        """The entry's files compared with what is published, or with a version, or with `other` that is in conflict with it."""
        draft = self.drafts.open(name)
        if commit == "other":
            commit = self.drafts.others(draft) or ""
        rows = []
        for path in (name.path, name.english):
            old = draft.published.get(path) if not commit else self.repository.read(commit, path)
            pieces = compare(text_in(old or b""), draft.text(path))
            if pieces:
                rows.append((posixpath.basename(path), pieces))
        return rows

    @_one_at_a_time
    def copied(self, name: EntryName) -> CopySheet:
        """An issue of the newsletter for WeChat, with its draft.

        Raises:
            ContentError, UsageError, BuildError: as `copy_sheet`.
        """
        return copy_sheet(self.project, self.drafts.mirror(self.drafts.open(name)), self.region, name.slug)

    @_one_at_a_time
    def versions(self, name: EntryName) -> list[Version]:
        """The versions of an entry, newest first."""
        commit = self.repository.head(name.branch) or self.repository.head(self.repository.main)
        return list(self.repository.versions(commit, name.path, name.english)) if commit else []

    @_one_at_a_time
    def restore(self, name: EntryName, commit: str) -> Answer:
        """Bring an earlier version back, unsaved, with the files that it names and that have been dropped since.

        What was typed and not saved becomes a version before it.
        """
        files = {path: self.repository.read(commit, path) for path in (name.path, name.english)}
        texts = b"\n".join(filter(None, files.values())).decode("utf-8", "replace")
        draft = self.drafts.open(name)
        for path, sha in self.repository.files(commit, name.home).items():
            is_there = path in draft.published or draft.changes.get(path) is not None
            if not path.endswith(".md") and not is_there and posixpath.basename(path) in texts:
                files[path] = self.repository.content(sha)
        try:
            if draft.unsaved and not draft.is_in_conflict:
                self.drafts.set_aside(name, draft.unsaved, _NOBODY.author)
            self.drafts.keep(name, None, {path: content for path, content in files.items() if content is not None})
        except ChangedMeanwhileError:
            return Answer("changed", is_done=False, is_changed=True)
        return Answer("restored")

    @_one_at_a_time
    def page(self, name: EntryName, path: str) -> Path | None:
        """A file of the site as it would be with an entry's draft, or as it was when that was last sound; None where there is none.

        Raises:
            BuildError: a page cannot be rendered.
        """
        draft = self.drafts.open(name)
        language: Language = "en" if path.startswith("en/") else "zh"
        over = sorted((path, hash(content)) for path, content in draft.changes.items())
        stamp = repr((self.repository.head(self.repository.main), over))
        known = self._pages.get((name, language))
        # What a page shows belongs to the page that was rendered last.
        if known is None or (known[0] != stamp and path.endswith(".html")):
            mirror = self.drafts.mirror(draft)
            out = mirror.root / "build" / "pages" / language
            try:
                known = stamp, SinglePages(mirror, self.region, language, out)
            except (ContentError, BuildError):
                return known[1].file(path) if known else None
            self._pages = {(name, language): known} | {
                key: value for key, value in self._pages.items() if key[0] == name and key[1] != language
            }
        file = known[1].file(path)
        return file if file and file.is_file() else None

    @_one_at_a_time
    def report(self) -> str:
        """What an inspection of the published content says, as a page."""
        return html_report(
            inspect_region(self.drafts.mirror(), self.region, site=None, bad_links=None), chosen_language()
        )

    def _missing_of(self, role: Role) -> str:
        """What a role lacks to be recorded."""
        region = self._published()[0].region
        if region and region.english == "optional":
            return "" if role.zh else "no-role-in-chinese"
        return "" if role.zh and role.en else "no-role"

    def _keep(self, name: EntryName, version: str, sent: Values, page: str) -> None:
        """Keep what was typed.

        A page that has not heard yet how its last words were kept may go on from them: `page` tells one from another.
        """
        now = self.drafts.open(name).version
        if page and self._kept_by.get(name) == (page, now):
            version = now
        draft = self.drafts.keep(name, version, self.sent_files(name, sent))
        self._kept_by[name] = page, draft.version

    def _save(self, draft: Draft, role: Role) -> Answer:
        is_new = draft.name.path not in draft.published and draft.head is None
        self.drafts.save(draft.name, f"{'新写' if is_new else '修改'}：《{_title(draft)}》", role.author)
        return Answer("saved")

    def _submit(self, draft: Draft, role: Role) -> Answer:
        if self.check(draft.name).findings.unsound:
            return Answer("has-problems", is_done=False)
        review.submit(self.drafts, draft, role, today())
        return Answer("submitted")

    def _review(self, draft: Draft, role: Role) -> Answer:
        review.review(self.drafts, draft, role, today())
        return Answer("reviewed")

    def _withdraw(self, draft: Draft, role: Role) -> Answer:
        review.withdraw(self.drafts, draft, role)
        return Answer("withdrawn")

    def _approve(self, draft: Draft, role: Role) -> Answer:
        file = review.approved(self.drafts, draft, role, today())
        findings = self._as_published(draft, file)
        if findings.own or findings.elsewhere:
            rows = [told.text for told in findings.own] + list(findings.elsewhere)
            return Answer("not-ready", rows[0], is_done=False)
        lists = moves.with_address(self._main_files(draft.name), draft.name, file.data, today())
        follows = review.approve(self.drafts, draft, file, lists, role)
        self._known = None
        return Answer("approved" if follows else "approved-apart")

    def _as_published(self, draft: Draft, file: MarkdownFile) -> Findings:
        """What the checks would say of an entry once it is approved, in every region that shows it."""
        mirror = self.drafts.mirror(draft)
        place = mirror.root / draft.name.path
        try:
            place.write_bytes(file.text.encode())
            return check_draft(mirror, self._regions_of(draft.name), draft)
        finally:
            place.write_bytes(draft.text(draft.name.path).encode())

    def _regions_of(self, name: EntryName) -> list[str]:
        """The regions that show an entry."""
        return self.project.regions() if name.folder == "shared" else [self.region]

    def _main_files(self, name: EntryName) -> Files:
        """The published texts of the regions that show an entry, and of what they share; the pages of `docs` are among these."""
        main = self.repository.head(self.repository.main) or ""
        folders = [f"content/{region}" for region in self._regions_of(name)]
        files = self.repository.files(main, "content/shared", *folders, "docs")
        return {
            path: self.repository.content(sha)
            for path, sha in files.items()
            if path.endswith((".md", published.FILE, *moves.LISTS))
            and (posixpath.dirname(path) == "docs" or not path.startswith("docs/"))
        }

    def _move(
        self, name: EntryName, version: str, new: EntryName, changes: Changes, role: Role, message: str, said: str
    ) -> Answer:
        """Publish changes by which an entry leaves its address, where nothing else breaks by them."""
        draft = self.drafts.open(name)
        if missing := self._missing_of(role):
            return Answer(missing, is_done=False)
        if self.drafts.state(draft) != "published" or name.path not in draft.published:
            return Answer("not-published", is_done=False)
        if version != draft.version:
            return Answer("changed", is_done=False, is_changed=True)
        moved = replace(draft, name=new, saved=changes)
        findings = check_draft(self.drafts.mirror(moved), self._regions_of(name), moved)
        if findings.elsewhere:
            standing = self._standing(name)
            if others := [line for line in findings.elsewhere if line not in standing]:
                return Answer("still-referred-to", " ".join(others), is_done=False)
        try:
            follows = self.drafts.publish(draft, changes, message, role.author)
        except ChangedMeanwhileError as error:
            return Answer("folder-changed", "、".join(error.paths), is_done=False)
        self._known = None
        return self._sent(name, Answer(said if follows else "approved-apart", name=new if new != name else None))

    def _rename_draft(self, draft: Draft, version: str, new: EntryName, role: Role) -> Answer:
        """Nothing refers to a draft yet, and it has no address."""
        if missing := self._missing_of(role):
            return Answer(missing, is_done=False)
        if self.drafts.state(draft) != "draft":
            return Answer("draft-submitted", is_done=False)
        if version != draft.version:
            return Answer("changed", is_done=False, is_changed=True)
        try:
            self.drafts.rename(draft.name, new, role.author)
        except RefusedError as error:
            return Answer(error.code, is_done=False)
        except ChangedMeanwhileError:
            return Answer("changed", is_done=False, is_changed=True)
        answer = self._sent(new, Answer("draft-renamed", name=new))  # first: other desks are never without it
        return self._sent(draft.name, answer)

    def _standing(self, name: EntryName) -> tuple[str, ...]:
        """What is wrong elsewhere already."""
        draft = self.drafts.open(name)
        return check_draft(self.drafts.mirror(draft), self._regions_of(name), draft).elsewhere

    def _sent(self, name: EntryName, answer: Answer) -> Answer:
        """Send what has been committed to the other desks, where there is a remote."""
        if not answer.is_done or not self.repository.has_remote:
            return answer
        is_published = answer.said.startswith(("approved", "taken-down", "renamed"))
        try:
            if is_published:
                self.repository.push(self.repository.main)
            self.repository.push(name.branch)
        except ChangedMeanwhileError:
            told = self.meet()  # where another desk was quicker, both are joined, and sent
            if is_published:
                return replace(answer, said="not-pushed", detail=told) if told else answer
            return Answer("changed", is_done=False, is_changed=True)
        except RemoteError as error:
            return replace(answer, said="not-pushed", detail=text_of(error.problem))
        return answer

    def sent_files(self, name: EntryName, sent: Values) -> Changes:
        """The files that a form says; those that it does not change are as they were."""
        return files_of(self.drafts.open(name), sent, choices_of(self._published()[0].content))

    def _state(self, draft: Draft) -> str:
        state = self.drafts.state(draft)
        if state == "published":
            steps = draft.file.data.get("review")
            return "pending" if isinstance(steps, dict) and steps.get("status") == "pending" else state
        return state

    def _published(self) -> tuple[LoadedDraft, dict[str, int]]:
        """What is published, as read, and how many problems each file has."""
        main = self.repository.head(self.repository.main) or ""
        if self._known is None or self._known[0] != main:
            with self.lock:
                mirror = self.drafts.mirror()
                self._known = main, load(mirror, self.region), problems_by_entry(mirror, self.region)
        return self._known[1], self._known[2]


def open_findings(findings: Findings) -> list[Told]:
    """Why an entry cannot be published yet; what its approval will mend is not among them."""
    return [told for told in findings.own if told.code != _PENDING]


def _noted(problem: Problem, content: bytes) -> Noted:
    """What an import says of a file, by the line of its text as the page shows it."""
    file = text_in(content)
    body = MarkdownFile.of(file).body.lstrip("\n")
    above = file.count("\n") - body.count("\n")
    return max(problem.line - above, 0), text_of(problem)


def _title(draft: Draft) -> str:
    return review.title_of(draft.file)
