"""`tasks.yml` against the plan: every word of it, every responsible body, and every address that is said to answer a task."""

import re
from collections.abc import Iterator

from publicity.models.lists.tasks import Task, TaskList
from publicity.problems import Problem, near
from publicity.read.content import Content, Document, LoadedTasks, page_at
from publicity.read.draft import Draft
from publicity.read.source import Source

_RESPONSIBLE = re.compile(r"（责任单位：((?:[^（）]|（[^）]*）)*)）")
"""How a plan closes a task, or several; the bodies may hold brackets of their own."""
_JOINTS = re.compile(r"[\s|、，,；]|等相关单位")
"""What stands between the names of bodies."""
_SHOWN = 30


def check_tasks(draft: Draft) -> Iterator[Problem]:
    """That the tasks stand in the plan as they are written, with the bodies that it names, and are answered by pages that there are."""
    loaded, content = draft.content.tasks, draft.content
    if loaded is None:
        return
    yield from _unanswered(content, loaded)
    plan = content.entries["policies"].get(draft.region.plan or "") if draft.region else None
    if plan is None:
        if draft.region and f"policies/{draft.region.plan}.md" not in {*content.broken, *content.embargoed}:
            yield loaded.source.problem((), "tasks-without-plan")
        return
    yield from _measures(loaded, plan, draft.bodies[plan.source.body].anchors)
    yield from _words(loaded, plan)


def _unanswered(content: Content, loaded: LoadedTasks) -> Iterator[Problem]:
    """Addresses that lead nowhere."""
    paths = {*content.page_paths, *content.broken, *content.embargoed}
    for keys, task in _tasks(loaded.meta):
        for index, offer in enumerate(task.offers):
            if page_at(offer, paths) is None:
                hint = near(offer, {path.removesuffix(".md").removesuffix("/index") for path in paths})
                yield loaded.source.problem((*keys, "offers", index), "no-such-page", path=offer, hint=hint)


def _tasks(meta: TaskList) -> Iterator[tuple[tuple[str | int, ...], Task]]:
    for place, measure in enumerate(meta.measures):
        for index, task in enumerate(measure.tasks):
            yield ("measures", place, "tasks", index), task


def _measures(loaded: LoadedTasks, plan: Document, anchors: frozenset[str]) -> Iterator[Problem]:
    """Headings that the plan has not, and places that its page has not."""
    text = _plain(plan.source.body)
    for place, measure in enumerate(loaded.meta.measures):
        if _plain(measure.title.zh) not in text:
            yield _not_in_plan(loaded.source, ("measures", place, "title", "zh"), measure.title.zh, plan)
        if measure.anchor not in anchors:
            values = {"anchor": measure.anchor, "path": plan.path, "hint": near(measure.anchor, anchors)}
            yield loaded.source.problem(("measures", place, "anchor"), "panel-anchor-nowhere", **values)


def _words(loaded: LoadedTasks, plan: Document) -> Iterator[Problem]:
    """Texts that the plan has not, bodies that it names otherwise, and tasks of it that are left out."""
    text, meta, source = _plain(plan.source.body), loaded.meta, loaded.source
    closings = list(_RESPONSIBLE.finditer(text))
    told: set[int] = set()
    for keys, task in _tasks(meta):
        start = text.find(_plain(task.text.zh))
        closing = next((index for index, found in enumerate(closings) if found.start() > start), None)
        if start < 0 or closing is None:
            yield _not_in_plan(source, (*keys, "text", "zh"), task.text.zh, plan)
            continue
        told.add(closing)
        if _plain(task.responsible) != (expected := closings[closing][1]):
            yield source.problem((*keys, "responsible"), "other-responsible", found=task.responsible, expected=expected)
        elif left := _JOINTS.sub("", meta.responsible(task)[1]):
            yield source.problem((*keys, "responsible"), "unlisted-body", found=left)
    ends = [0, *(found.end() for found in closings)]
    for index, found in enumerate(closings):
        if index not in told:
            before = text[ends[index] : found.start()][-_SHOWN:]
            yield source.problem(("measures",), "task-left-out", text=before, file=plan.source.name)


def _not_in_plan(source: Source, keys: tuple[str | int, ...], text: str, plan: Document) -> Problem:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return source.problem(keys, "quote-not-in-policy", quote=shown, file=plan.source.name)


def _plain(text: str) -> str:
    """A text without white space and Markdown's escapes."""
    return re.sub(r"[\s\\]", "", text)
