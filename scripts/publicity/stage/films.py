"""The films that are made of entries: of an issue of the newsletter, of a policy as a picture (一图读懂)."""

import re
from collections.abc import Iterator

from publicity.addresses import url_of
from publicity.dates import format_date, format_number
from publicity.labels import labels
from publicity.models import Interpretation, Newsletter, Panel
from publicity.read.content import Column, Document
from publicity.stage.film import Film, Row, Shot, fitted
from publicity.stage.issues import Issue, Story, issue_of

_MOST_WORDS = 62
_MOST_OPENING = 45
_MOST_SHOWN = 64
"""Characters of details that can be read while a panel stands."""


def film_of(column: Column, document: Document) -> Film | None:
    """The film of an entry, in Chinese; None where it has no panels."""
    if isinstance(document.meta, Newsletter):
        return _of_issue(issue_of(column, document))
    if isinstance(document.meta, Interpretation) and document.meta.diagram:
        return _of_diagram(column, document)
    return None


def _of_issue(issue: Issue) -> Film:
    marks = [labels("zh")["newsletter"]["sample"]] if issue.is_sample else []
    return Film(
        slug=issue.slug,
        path=issue.path,
        title=issue.title,
        name=issue.name,
        line=f"{issue.number}　{issue.date}",
        host=issue.host,
        day=issue.day,
        figure=issue.figure,
        marks=(*marks, *([labels("zh")["pending"]] if issue.pending else [])),
        shots=fitted(_issue_shots(issue)),
    )


def _issue_shots(issue: Issue) -> Iterator[Shot]:
    n, words = labels("zh")["newsletter"], labels("zh")["film"]
    yield Shot("cover", _opening(issue.summary, issue.title), issue.name, issue.theme)
    for place, one in enumerate(issue.figures):
        source = n["source"].format(title=one.link.title, date=one.checked)
        row = Row(one.name, one.value, one.unit)
        yield Shot(
            "figure", f"{one.name}：{one.value}{one.unit}。", n["figures"], rows=(row,), note=source, rank=1 + 3 * place
        )
    yield _story(n["lead"], issue.lead, rank=0)
    for place, section in enumerate(issue.sections):
        yield from (
            _story(section.title, story, rank=2 + place + 4 * later) for later, story in enumerate(section.stories)
        )
    if issue.case:
        amount = tuple(Row(value=value) for value in (issue.case.amount,) if value)
        lesson = _stopped(f"{n['lesson']}：{issue.case.lesson}")
        yield Shot("case", lesson, n["case"], issue.case.link.title, amount, issue.case.result, rank=2)
    if issue.todo:
        items = tuple(Row(number, text=_short(text)) for number, text, _ in issue.todo.items[:2])
        until = n["until"].format(date=issue.todo.until) if issue.todo.until else ""
        yield Shot("todo", _stopped(issue.todo.text), n["todo"], rows=items, note=until, rank=1)
    if issue.days:
        rows = tuple(Row(day.what, day.text) for day in issue.days[:4])
        said = [_stopped("；".join(f"{row.value}，{row.name}" for row in rows[:count])) for count in (2, 1)]
        yield Shot("days", said[0], n["days"], rows=rows, briefer=(said[1],), rank=3)
    yield Shot("end", words["end"].format(column=issue.column), title=words["end_title"], text=issue.contact)


def _story(kicker: str, story: Story, rank: int) -> Shot:
    """A story by its headline; what is said is what it means for the reader, or how it begins."""
    first = re.split(r"(?<=[。！？])", story.text)[0]
    said = story.matters or (first if len(first) <= _MOST_WORDS else story.headline)
    return Shot("story", _stopped(said), kicker, story.headline, rank=rank)


def _of_diagram(column: Column, document: Document) -> Film:
    meta, words = document.meta_as(Interpretation), labels("zh")["film"]
    kind = words["diagram"]
    theme = meta.title.removeprefix(kind) or meta.title
    host = meta.issuer or column.region.issuer[0].name["zh"]
    flags = {labels("zh")["pending"]: meta.review.status == "pending", words["compiled"]: meta.compiled}
    panels = [_panel(panel, f"{place}/{len(meta.diagram)}") for place, panel in enumerate(meta.diagram, 1)]
    end = Shot("end", words["end"].format(column=column.region.title["zh"]), title=words["end_title"])
    return Film(
        slug=document.slug,
        path=url_of(document.path, "zh"),
        title=meta.title,
        name=kind,
        line=format_date(meta.published, "zh"),
        host=host,
        day=meta.published,
        figure=0,
        marks=tuple(mark for mark, holds in flags.items() if holds),
        shots=fitted([Shot("cover", _opening(meta.summary, meta.title), kind, theme), *panels, end]),
    )


def _panel(panel: Panel, kicker: str) -> Shot:
    """A panel: its details where they can be read in time; said are its members, its lead, or its title."""
    form, rows = _rows(panel)
    if not panel.steps and sum(len(row.name) + len(row.text) for row in rows) > _MOST_SHOWN:
        rows = tuple(Row(row.name, row.value, row.unit, "", row.share) for row in rows)
    lead = panel.text["zh"] if panel.text else ""
    members = _stopped(
        "，".join(f"{row.name}{row.value}{row.unit}" for row in rows) if form == "figures" else _members(rows)
    )
    choices = [one for one in (lead, members, panel.title["zh"]) if one and len(one) <= _MOST_WORDS]
    first, *briefer = map(_stopped, sorted(choices, key=len, reverse=True) or [panel.title["zh"][:_MOST_WORDS]])
    return Shot(form, first, kicker, panel.title["zh"], rows, note=panel.place["zh"], briefer=tuple(briefer), rank=1)


def _opening(summary: str, title: str) -> str:
    """What is said to the cover: how the summary begins, or the title where that is too long."""
    sentence = re.split(r"(?<=[。！？])", summary)[0]
    clause = sentence.partition("：")[0]
    return _stopped(next((one for one in (sentence, clause) if len(one) <= _MOST_OPENING), title))


def _members(rows: tuple[Row, ...]) -> str:
    if all(row.text for row in rows):
        return "；".join(f"{row.name}：{row.text.rstrip('。')}" for row in rows)
    return "、".join(f"{row.name}{row.value}{row.unit}" for row in rows)


def _rows(panel: Panel) -> tuple[str, tuple[Row, ...]]:
    if panel.figures:
        return "figures", tuple(
            Row(one.name["zh"], _range(one.value, one.upper), one.unit["zh"] if one.unit else "")
            for one in panel.figures
        )
    if panel.steps:
        return "steps", tuple(Row(one.name["zh"], text=one.period["zh"]) for one in panel.steps)
    if panel.flow:
        return "flow", tuple(Row(one.name["zh"], text=one.text["zh"] if one.text else "") for one in panel.flow)
    parts = panel.parts or []
    largest = max((part.value or 0 for part in parts), default=0)
    rows = tuple(
        Row(
            part.name["zh"],
            format_number(part.value) if part.value is not None else "",
            part.unit["zh"] if part.unit else "",
            part.text["zh"] if part.text else "",
            round(100 * part.value / largest, 1) if part.value is not None and largest else None,
        )
        for part in parts
    )
    return "measures" if largest else "parts", rows


def _range(value: float, upper: float | None) -> str:
    to = labels("zh")["home"]["to"]
    return format_number(value) + (f"{to}{format_number(upper)}" if upper is not None else "")


def _short(text: str) -> str:
    """The first clause of an item."""
    return re.split(r"[，；。：]", text)[0]


def _stopped(text: str) -> str:
    """Words as a sentence."""
    return text if text.endswith(("。", "！", "？")) else f"{text.rstrip('，；、')}。"
