"""Step 2: everything that refuses content. Each check is one function of what was read; their order is here.

A check yields all that it finds; nothing stops at the first problem.
"""

from collections.abc import Callable, Iterable

from publicity.check.aliases import check_aliases
from publicity.check.citations import check_citations
from publicity.check.corrections import check_corrections
from publicity.check.countries import check_countries
from publicity.check.days import check_days
from publicity.check.documents import check_documents
from publicity.check.identity import check_identity
from publicity.check.interpretations import check_panels, check_questions
from publicity.check.links import check_links
from publicity.check.page_tags import check_page_tags
from publicity.check.published import check_published
from publicity.check.references import (
    check_alerts,
    check_annexes,
    check_glossary,
    check_interpreted,
    check_newsletters,
    check_region,
    check_supports,
)
from publicity.check.release import check_expiry, check_numbers, check_reviews, check_samples, check_stubs
from publicity.check.texts import check_texts
from publicity.problems import ContentError, Problem
from publicity.project import Project
from publicity.read.content import Column
from publicity.read.draft import Draft
from publicity.read.load import load

Check = Callable[[Draft], Iterable[Problem]]


def check_reading(draft: Draft) -> Iterable[Problem]:
    """What was met while reading: files that are no text, YAML that is none, values that a field cannot have."""
    return draft.problems


CHECKS: tuple[Check, ...] = (
    check_reading,
    # between files, by their front matter
    check_region,
    check_interpreted,
    check_annexes,
    check_supports,
    check_newsletters,
    check_alerts,
    check_countries,
    check_documents,
    check_citations,
    check_glossary,
    # in bodies
    check_questions,
    check_panels,
    check_links,
    check_corrections,
    check_texts,
    # of the whole column
    check_days,
    check_page_tags,
    check_aliases,
    check_published,
)
"""What no build may contain."""

FOR_RELEASE: tuple[Check, ...] = (
    check_reviews,
    check_samples,
    check_expiry,
    check_stubs,
    check_numbers,
    check_identity,
)
"""What may be looked at but not published: `publicity check --release`."""


def check(draft: Draft, *, release: bool = False) -> list[Problem]:
    """Run every check on what was read; for a `release`, those of a release too. Returns all problems."""
    checks = (*CHECKS, *FOR_RELEASE) if release else CHECKS
    return [problem for one in checks for problem in one(draft)]


def sound_column(project: Project, region: str) -> Column:
    """A region's column, where its content has no problem.

    Raises:
        ContentError: with every problem found.
        UsageError: there is no such region.
    """
    draft = load(project, region)
    problems = check(draft)
    if draft.column is None or problems:
        raise ContentError(problems)
    return draft.column
