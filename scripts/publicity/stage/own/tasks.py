"""The tasks of the region's plan: the page that lists them with what the column offers for each, and what an entry says of them."""

from collections import Counter
from typing import Any

from publicity.addresses import url_of
from publicity.dates import format_date
from publicity.labels import labels
from publicity.models import ENTRY_MODELS, Language, Task
from publicity.read.content import Column, LoadedTasks, page_of
from publicity.stage.cards import card, source_of
from publicity.stage.files.filter_rules import sheet_of

PAGE = "tasks.md"


def tasks_data(column: Column, language: Language) -> dict[str, Any]:
    """The tasks under the headings of the plan, with what narrows them; nothing where the region has not written them down."""
    loaded = column.content.tasks
    plan = column.content.entries["policies"].get(column.region.plan or "")
    shown: dict[str, Any] = {"plan": card(plan, language) if plan else None, "measures": [], "filters": [], "count": 0}
    if loaded is None:
        return shown
    tasks = list(loaded.meta.tasks)
    return shown | {
        "count": len(tasks),
        "filters": _filters(loaded, language),
        "filters_sheet": stylesheet(column)[0],
        "measures": [
            {
                "id": measure.id,
                "title": measure.title[language],
                "anchor": measure.anchor,
                "bodies": sorted({name for task in measure.tasks for name in _bodies(loaded, task)}),
                "tasks": [_task(column, loaded, task, language) for task in measure.tasks],
            }
            for measure in loaded.meta.measures
        ],
    }


def stylesheet(column: Column) -> tuple[str, str]:
    """The rules that narrow the tasks, with their address."""
    return sheet_of(_facet_answers(column))


def _facet_answers(column: Column) -> set[tuple[str, str]]:
    """Every answer by which the tasks can be narrowed, with the key of its filter."""
    loaded = column.content.tasks
    if loaded is None:
        return set()
    bodies = {("body", body.id) for body in loaded.meta.bodies}
    return bodies | {("measure", measure.id) for measure in loaded.meta.measures}


def tasks_of(column: Column, path: str, language: Language) -> list[dict[str, Any]]:
    """The tasks that a page answers, each with its place on the page of tasks."""
    return [
        {"name": _name(task, language), "url": f"{url_of(PAGE, language)}#task-{task.id}"}
        for task in column.content.answered.get(path, ())
    ]


def _name(task: Task, language: Language) -> str:
    words = labels(language)["tasks"]
    return str(
        words["numbered"].format(number=task.number, name=task.name[language]) if task.number else task.name[language]
    )


def _bodies(loaded: LoadedTasks, task: Task) -> list[str]:
    return [body.id for body in loaded.meta.responsible(task)[0]]


def _filters(loaded: LoadedTasks, language: Language) -> list[dict[str, Any]]:
    """The choices of the page's form: by body and by measure, with how many tasks each finds."""
    names = labels(language)["filters"]["names"]
    count = Counter(name for task in loaded.meta.tasks for name in _bodies(loaded, task))
    bodies = [(body.id, body.name[language], count[body.id]) for body in loaded.meta.bodies]
    measures = [(measure.id, measure.title[language], len(measure.tasks)) for measure in loaded.meta.measures]
    return [
        {
            "key": key,
            "title": names[key],
            "answers": [{"value": value, "title": title, "count": number} for value, title, number in answers],
        }
        for key, answers in (("body", bodies), ("measure", measures))
    ]


def _task(column: Column, loaded: LoadedTasks, task: Task, language: Language) -> dict[str, Any]:
    bodies, _ = loaded.meta.responsible(task)
    return {
        "id": task.id,
        "name": _name(task, language),
        "text": task.text[language],
        "responsible": task.responsible if language == "zh" else "; ".join(body.name.en for body in bodies),
        "bodies": [body.id for body in bodies],
        "offers": [_offer(column, offer, language) for offer in task.offers],
        "progress": [
            {
                "text": row.text[language],
                "as_of": format_date(row.as_of, language),
                "source": source_of(row.source, language),
            }
            for row in task.progress
        ],
    }


def _offer(column: Column, offer: str, language: Language) -> dict[str, str]:
    """A page that answers a task, as a link."""
    path = column.content.offered(offer)
    collection, _, slug = path.removesuffix(".md").rpartition("/")
    if slug == "index" and collection in ENTRY_MODELS:
        title, written = labels(language)["collections"][collection]["title"], language
    elif collection in ENTRY_MODELS:
        shown = card(column.content.entries[collection][slug], language)
        title, written = shown["title"], shown["language"]
    else:
        title, written = page_of(column.content.pages[slug], language).title, language
    return {"title": title, "url": url_of(path, language), "language": written}
