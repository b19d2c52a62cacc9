"""Issues of the newsletter: what they refer to is there, and their figures stand in the entries that they name."""

from collections.abc import Iterator
from itertools import pairwise

from publicity.models import Newsletter
from publicity.models.parts.newsletter import IssueFigure
from publicity.problems import Among, Problem, near, near_path
from publicity.read.content import Content, Document
from publicity.read.draft import Draft
from publicity.read.markdown.body import plain_words
from publicity.read.source import KeyPath


def check_newsletters(draft: Draft) -> Iterator[Problem]:
    """The entries, items of the standard and figures that an issue names, and numbers that two issues have."""
    numbers: dict[int, Document] = {}
    known = {f"{name}/{slug}" for name, entries in draft.content.entries.items() for slug in entries}
    for issue in draft.content.entries["newsletter"].values():
        meta = issue.meta_as(Newsletter)
        for keys, name in meta.named():
            yield from _unknown(draft.content, known, issue, keys, name)
        yield from _twice(issue, meta)
        for index, item in enumerate(meta.items):
            if item.entry not in meta.entries:
                keys = ("items", index, "entry")
                yield issue.source.problem(keys, "item-not-listed", entry=item.entry, hint=Among(tuple(meta.entries)))
        for index, figure in enumerate(meta.figures):
            yield from _unquoted(draft.content, issue, index, figure)
        yield from _to_do(draft, issue, meta)
        earlier = numbers.setdefault(meta.total or meta.number, issue)
        if earlier is not issue:
            key = "total" if meta.total else "number"
            values = {"number": meta.total or meta.number, "file": earlier.source.name}
            yield issue.source.problem((key,), "issue-number-taken", **values)


def _twice(issue: Document, meta: Newsletter) -> Iterator[Problem]:
    """What an issue would show twice, or itself."""
    for index, name in enumerate(meta.entries):
        if name in meta.entries[:index]:
            yield issue.source.problem(("entries", index), "listed-twice", entry=name)
        if name == f"newsletter/{issue.slug}":
            yield issue.source.problem(("entries", index), "issue-in-itself", entry=name)
    told = [item.entry for item in meta.items]
    for index, name in enumerate(told):
        if name in told[:index]:
            yield issue.source.problem(("items", index, "entry"), "listed-twice", entry=name)


def note_order_of_issues(draft: Draft) -> Iterator[Problem]:
    """Issues whose numbers leave one out, or that were published before the one with the number below."""
    issues = sorted(
        (meta.total or meta.number, meta.published, issue.source.name, issue)
        for issue in draft.content.entries["newsletter"].values()
        for meta in (issue.meta_as(Newsletter),)
    )
    for (number, day, file, _), (after, later, _, issue) in pairwise(issues):
        key = "total" if issue.meta_as(Newsletter).total else "number"
        if after > number + 1:
            yield issue.source.problem((key,), "issue-left-out", number=after, before=number)
        if later < day:
            values = {"number": after, "day": later, "before": number, "earlier": day, "file": file}
            yield issue.source.problem(("published",), "issue-before-its-turn", **values)


def _unknown(content: Content, known: set[str], issue: Document, keys: KeyPath, name: str) -> Iterator[Problem]:
    path = f"{name}.md"
    if until := content.embargoed.get(path):
        yield issue.source.problem(keys, "under-embargo", target=path, until=until)
    elif name not in known and path not in content.broken:
        yield issue.source.problem(keys, "unknown-entry", entry=name, hint=near_path(name, known))
    elif keys[0] == "case" and not name.startswith("cases/"):
        yield issue.source.problem(keys, "not-a-case", entry=name)


def _unquoted(content: Content, issue: Document, index: int, figure: IssueFigure) -> Iterator[Problem]:
    collection, slug = figure.entry.split("/")
    entry = content.entries.get(collection, {}).get(slug)
    if entry is None:  # it has a problem of its own
        return
    texts = (getattr(entry.meta, "title", ""), getattr(entry.meta, "summary", ""), entry.source.body)
    if not any(plain_words(figure.quote) in plain_words(text) for text in texts):
        keys = ("figures", index, "quote")
        yield issue.source.problem(keys, "quote-not-in-entry", quote=figure.quote, file=entry.source.name)


def _to_do(draft: Draft, issue: Document, meta: Newsletter) -> Iterator[Problem]:
    """The items of a to-do are those of the region's standard; without one nothing of it would show."""
    if meta.todo and draft.region and draft.region.standard is None:
        yield issue.source.problem(("todo",), "todo-without-standard")
    source = draft.content.region_source
    name = source.data.get("standard") if source and isinstance(source.data, dict) else None
    loaded = draft.content.standards.get(str(name))
    for index, item in enumerate(meta.todo.items if meta.todo and loaded else []):
        known = loaded.standard.item_by_id if loaded else {}
        if item not in known:
            values = {"standard": name, "item": item, "hint": near(item, known)}
            yield issue.source.problem(("todo", "items", index), "no-such-item", **values)
