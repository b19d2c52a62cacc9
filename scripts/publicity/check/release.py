"""What may be looked at but not published: `publicity check --release`."""

from collections.abc import Iterator

from publicity.author.stubs import BODY, PLACEHOLDERS, REGION, REGION_PLACEHOLDERS
from publicity.dates import is_written_date
from publicity.models import Entry, Policy, example
from publicity.problems import Problem
from publicity.read.content import Document
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.personal import NEVER_PUBLISHED, personal_numbers
from publicity.read.source import KeyPath, Source, parse_value


def check_reviews(draft: Draft) -> Iterator[Problem]:
    """Entries whose review is pending."""
    for document in draft.content.all_entries():
        if document.meta_as(Entry).review.status == "pending":
            yield document.source.problem(("review", "status"), "review-pending")


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


def check_stubs(draft: Draft) -> Iterator[Problem]:
    """What `publicity new` wrote and nobody has replaced."""
    for document in draft.content.all_entries():
        yield from _unfilled_entry(document)
    source = draft.content.region_source
    if source:
        stub = parse_value(REGION.format(slug="", today=""))
        for keys in REGION_PLACEHOLDERS:
            yield from _unfilled(source, _at(source.data, keys), _at(stub, keys), keys)


def check_numbers(draft: Draft) -> Iterator[Problem]:
    """Documents that bear one number, as they do where one was begun as a copy of another."""
    first: dict[str, str] = {}
    for document in draft.content.entries["policies"].values():
        number = document.meta_as(Policy).document_number
        other = first.setdefault(number, document.source.name)
        if other != document.source.name:
            yield document.source.problem(("document_number",), "same-number", number=number, file=other)


def check_personal(draft: Draft) -> Iterator[Problem]:
    """Numbers of persons: the same that an inspection calls 必须整改."""
    passages = read_passages(draft.project, draft.folder.name, draft.content)
    for number in personal_numbers(passages, draft.region, draft.content):
        if number.kind in NEVER_PUBLISHED:
            yield Problem(number.path, number.line, number.kind, {"number": number.masked})


def _unfilled_entry(document: Document) -> Iterator[Problem]:
    for name in PLACEHOLDERS:
        stub = parse_value(example(type(document.meta), name) or "")
        yield from _unfilled(document.source, _at(document.source.data, (name,)), stub, (name,))
    if document.source.body.split() == [BODY]:
        line = document.source.body_line + document.source.body.partition(BODY)[0].count("\n")
        yield Problem(document.source.name, line, "stub-text", {"text": BODY})


def _unfilled(source: Source, data: object, stub: object, keys: KeyPath) -> Iterator[Problem]:
    """Where data still says word for word what a stub says. A date may well be the same."""
    if isinstance(stub, dict) and isinstance(data, dict):
        for key in stub:
            if key in data:
                yield from _unfilled(source, data[key], stub[key], (*keys, key))
    elif data == stub and isinstance(data, str) and not is_written_date(data):
        yield source.problem(keys, "stub-value", value=data)


def _at(data: object, keys: KeyPath) -> object:
    """What stands below some keys, or None."""
    for key in keys:
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data
