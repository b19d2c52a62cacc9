"""What may be looked at but not published: `publicity check --release`."""

from collections.abc import Iterator

from publicity.author.stubs import BODY, PLACEHOLDERS, REGION, REGION_PLACEHOLDERS
from publicity.dates import is_written_date
from publicity.models import Entry, Policy, example
from publicity.problems import Problem
from publicity.read.content import Content, Document, particulars
from publicity.read.source import KeyPath, Source, parse_value


def unfit_for_release(content: Content) -> Iterator[Problem]:
    """Pending reviews, samples, what has expired, and what `publicity new` wrote and nobody has replaced."""
    for document in content.documents():
        meta = document.meta
        if not isinstance(meta, Entry):
            continue
        if meta.review.status == "pending":
            yield document.source.problem(("review", "status"), "the review is pending")
        if meta.sample:
            yield document.source.problem(("sample",), "a sample is not for publication")
        if meta.expires and meta.expires < content.today:
            yield document.source.problem(("expires",), f"expired on {meta.expires}")
        yield from _unfilled_entry(document)
    yield from _same_numbers(content)
    for register in content.registers.values():
        if register.meta.sample:
            yield register.source.problem(("sample",), "a sample is not for publication")
    if content.region_source:
        stub = parse_value(REGION.format(slug="", today=""))
        for key in REGION_PLACEHOLDERS:
            yield from _unfilled(content.region_source, content.region_source.data, stub, (key,))


def _same_numbers(content: Content) -> Iterator[Problem]:
    """Documents that bear one number: a stub brings that of another document as its example."""
    first: dict[str, str] = {}
    for document in content.entries["policies"].values():
        number = particulars(document, Policy).document_number
        other = first.setdefault(number, document.source.name)
        if other != document.source.name:
            yield document.source.problem(("document_number",), f"`{number}` is also the number of {other}; mend one")


def _unfilled_entry(document: Document) -> Iterator[Problem]:
    for name in PLACEHOLDERS:
        stub = {name: parse_value(example(Entry, name) or "")}
        yield from _unfilled(document.source, document.source.data, stub, (name,))
    if document.source.body.split() == [BODY]:
        message = f"the body is still `{BODY}`, which `publicity new` wrote; write the real one"
        line = document.source.body_line + document.source.body.partition(BODY)[0].count("\n")
        yield Problem(document.source.name, line, message)


def _unfilled(source: Source, data: object, stub: object, path: KeyPath, place: KeyPath = ()) -> Iterator[Problem]:
    """Where data still says word for word what a stub says below the keys of `path`. A date may well be the same."""
    if path:
        if isinstance(data, dict) and isinstance(stub, dict) and path[0] in data:
            yield from _unfilled(source, data[path[0]], stub[path[0]], path[1:], (*place, path[0]))
    elif isinstance(stub, dict) and isinstance(data, dict):
        for key in stub:
            if key in data:
                yield from _unfilled(source, data[key], stub[key], (), (*place, key))
    elif data == stub and isinstance(data, str) and not is_written_date(data):
        message = f"`{data}` is what `publicity new` wrote; write the real one"
        yield source.problem(place, message)
