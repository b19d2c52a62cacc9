"""Entries that are not ready for the public: under review, samples, expired, with the number of another."""

from collections.abc import Iterator

from publicity.models import Entry, Policy
from publicity.problems import Problem
from publicity.read.draft import Draft


def check_reviews(draft: Draft) -> Iterator[Problem]:
    """Entries, and the training, whose review is pending."""
    for document in draft.content.all_entries():
        if document.meta_as(Entry).review.status == "pending":
            yield document.source.problem(("review", "status"), "review-pending")
    training = draft.content.training
    if training and training.meta.review.status == "pending":
        yield training.source.problem(("review", "status"), "review-pending")


def check_samples(draft: Draft) -> Iterator[Problem]:
    """Samples among entries and registers."""
    samples = [document.source for document in draft.content.all_entries() if document.meta_as(Entry).sample]
    samples += [register.source for register in draft.content.registers.values() if register.meta.sample]
    for source in samples:
        yield source.problem(("sample",), "still-sample")


def check_expiry(draft: Draft) -> Iterator[Problem]:
    """Entries that have expired."""
    for document in draft.content.all_entries():
        expires = document.meta_as(Entry).expires
        if expires and expires < draft.content.today:
            yield document.source.problem(("expires",), "expired", expires=expires)


def check_numbers(draft: Draft) -> Iterator[Problem]:
    """Documents that bear one number, as they do where one was begun as a copy of another."""
    first: dict[str, str] = {}
    for document in draft.content.entries["policies"].values():
        number = document.meta_as(Policy).own_number
        other = first.setdefault(number, document.source.name) if number else document.source.name
        if other != document.source.name:
            yield document.source.problem(("document_number",), "same-number", number=number, file=other)
