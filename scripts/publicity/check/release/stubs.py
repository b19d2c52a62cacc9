"""What `publicity new` has written and nobody has replaced, and what writers left for later."""

import re
from collections.abc import Iterator

from publicity.author.stubs import BODY, PLACEHOLDERS, REGION, REGION_PLACEHOLDERS
from publicity.dates import is_written_date
from publicity.models import example
from publicity.problems import Problem
from publicity.read.content import Document
from publicity.read.draft import Draft
from publicity.read.passages import read_passages
from publicity.read.source import KeyPath, Source, parse_value


def check_stubs(draft: Draft) -> Iterator[Problem]:
    """What `publicity new` wrote and nobody has replaced."""
    for document in draft.content.all_entries():
        yield from _unfilled_entry(document)
    source = draft.content.region_source
    if source:
        stub = parse_value(REGION.format(slug="", today=""))
        for keys in REGION_PLACEHOLDERS:
            yield from _unfilled(source, _at(source.data, keys), _at(stub, keys), keys)


_UNFINISHED = re.compile(
    r"[（(【〔\[](?:此处|这里)?待(?:补充|核实|核对|完善|填写|填|补|更新|确认)[^（）()【】〔〕\[\]]{0,12}[）)】〕\]]"
    r"|(?<![A-Za-z])(?:TODO|FIXME|TBD)(?![A-Za-z])|此处(?:填写|插入|补充|添加)"
)
_FORMS = "templates"
"""Their readers fill them in."""


def check_unfinished(draft: Draft) -> Iterator[Problem]:
    """What writers have left for later, in texts of our own."""
    for passage in read_passages(draft.project, draft.folder.name, draft.content):
        if passage.verbatim or passage.collection == _FORMS or passage.key[:1] == ("review",):
            continue
        for match in _UNFINISHED.finditer(passage.text):
            yield Problem(passage.path, passage.line_at(match.start()), "unfinished-text", {"found": match[0]})


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
