"""Step 2: everything that refuses content. Each check is one function of what was read; their order is here.

A check yields all that it finds; nothing stops at the first problem.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from publicity.check.aliases import check_aliases
from publicity.check.attachments import check_attachments, check_scaled_names, check_videos
from publicity.check.bodies.corrections import check_corrections
from publicity.check.bodies.glyphs import check_glyphs
from publicity.check.bodies.html import check_bounds, check_html
from publicity.check.bodies.interpretations import check_pictures, check_question_pages
from publicity.check.bodies.links import check_links
from publicity.check.bodies.texts import check_texts
from publicity.check.citations import check_citations
from publicity.check.days import check_days
from publicity.check.documents import check_documents
from publicity.check.kinds.countries import check_countries
from publicity.check.kinds.newsletters import check_newsletters, note_order_of_issues
from publicity.check.kinds.page_tags import check_page_tags
from publicity.check.kinds.questions import check_questions
from publicity.check.kinds.tasks import check_tasks
from publicity.check.kinds.training import check_training
from publicity.check.notes import (
    note_doubtful_files,
    note_folders_of_no_region,
    note_large_files,
    note_slow_videos,
    note_untold_changes,
    note_unused_files,
)
from publicity.check.published import check_published
from publicity.check.references import (
    check_alerts,
    check_annexes,
    check_glossary,
    check_interpreted_policies,
    check_region,
    check_supports,
)
from publicity.check.release.entries import check_expiry, check_numbers, check_reviews, check_samples
from publicity.check.release.identity import check_identity
from publicity.check.release.links import check_own_machine
from publicity.check.release.personal import check_personal, check_places
from publicity.check.release.revisions import check_revisions
from publicity.check.release.secrecy import check_secrecy
from publicity.check.release.stubs import check_stubs, check_unfinished
from publicity.check.release.succession import check_successors
from publicity.check.shared import check_shared_names, check_unfilled_places
from publicity.check.succession import check_succession
from publicity.problems import ContentError, Problem
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.draft import Draft
from publicity.read.load import load
from publicity.read.validate import speaks_of

Check = Callable[[Draft], Iterable[Problem]]


def check_reading(draft: Draft) -> Iterable[Problem]:
    """What was met while reading: files that are not text, faulty YAML, values that a field cannot have."""
    return draft.problems


BEFORE_RENDERING: tuple[Check, ...] = (
    check_reading,
    check_bounds,
    # between files, by their front matter
    check_region,
    check_succession,
    check_shared_names,
    check_unfilled_places,
    check_interpreted_policies,
    check_annexes,
    check_supports,
    check_newsletters,
    check_questions,
    check_alerts,
    check_countries,
    check_documents,
    check_attachments,
    check_videos,
    check_scaled_names,
    check_citations,
    check_glossary,
    check_tasks,
    check_training,
    # in bodies
    check_question_pages,
    check_pictures,
    check_links,
    check_corrections,
    check_texts,
    check_glyphs,
    # of the whole column
    check_days,
    check_page_tags,
    check_aliases,
    check_published,
)
"""What a build looks for before it renders the pages; it holds their HTML to the list of `check_html` when it has made it."""

CHECKS: tuple[Check, ...] = (*BEFORE_RENDERING, check_html)
"""What no build may contain."""

FOR_RELEASE: tuple[Check, ...] = (
    check_reviews,
    check_samples,
    check_expiry,
    check_stubs,
    check_unfinished,
    check_own_machine,
    check_numbers,
    check_personal,
    check_places,
    check_secrecy,
    check_revisions,
    check_identity,
    check_successors,
)
"""What may be looked at but not published: `publicity check --release`."""

NOTES: tuple[Check, ...] = (
    note_folders_of_no_region,
    note_large_files,
    note_order_of_issues,
    note_slow_videos,
    note_untold_changes,
    note_unused_files,
)
"""What is told and refuses nothing."""

NOTES_FOR_RELEASE: tuple[Check, ...] = (note_doubtful_files,)
"""What is told of a release alone: it takes a while to read all files to take away."""


def notes(draft: Draft, *, release: bool = False) -> list[Problem]:
    """What is worth a second look in content that is sound, or is to be released."""
    return [note for run in (*NOTES, *(NOTES_FOR_RELEASE if release else ())) for note in run(draft)]


def check(draft: Draft, *, release: bool = False) -> list[Problem]:
    """Run every check on what was read; for a `release`, those of a release too. Returns all problems."""
    problems = [problem for run in BEFORE_RENDERING for problem in run(draft)]
    problems += _of_doubtful(draft, problems)
    lines = {(problem.path, problem.line) for problem in problems}
    # What another check says of the same line is nearer to what was meant.
    problems += [problem for problem in check_html(draft) if (problem.path, problem.line) not in lines]
    return problems + [problem for run in FOR_RELEASE if release for problem in run(draft)]


def _of_doubtful(draft: Draft, known: Iterable[Problem]) -> list[Problem]:
    """What else is wrong with entries that have faulty fields: all is to be told at once. What speaks of these fields is left out."""
    doubtful = draft.content.doubtful
    if not doubtful:
        return []
    entries = {name: dict(documents) for name, documents in draft.content.entries.items()}
    faulty: dict[str, frozenset[str]] = {}
    for one in doubtful:
        entries[one.document.path.partition("/")[0]].setdefault(one.document.slug, one.document)
        faulty |= {source.name: one.faulty for source in one.document.sources}
    unread = [(page, source) for page, source in draft.content.bodies_without_meta if source.name not in faulty]
    content = replace(draft.content, entries=entries, bodies_without_meta=unread, doubtful=())
    whole = replace(draft, content=content)
    told = {problem for run in BEFORE_RENDERING for problem in run(whole) if problem.path in faulty}
    return sorted(problem for problem in told.difference(known) if not speaks_of(problem, faulty[problem.path]))


def sound_column(project: Project, region: str) -> Column:
    """A region's column, where nothing that is known before rendering is wrong with its content.

    Raises:
        ContentError: with every problem found, those of `check_html` among them.
        UsageError: there is no such region.
    """
    draft = load(project, region)
    if draft.column is None or any(True for run in BEFORE_RENDERING for _ in run(draft)):
        raise ContentError(check(draft))
    return draft.column
