"""Bodies as pages will show them: converted with the pages' own Markdown, and held to the list of what a page may hold.

A verdict is kept by the hash of all that it depends on: what has been converted once is not converted again.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from publicity.markup.allowed import Fault
from publicity.markup.bounds import excesses
from publicity.markup.placed import body_faults
from publicity.markup.taken import Taken, taken_ids
from publicity.models import ENTRY_MODELS, Entry, Page, Translation
from publicity.problems import Problem
from publicity.project import Project
from publicity.read.draft import Draft
from publicity.read.relations import SCHEME
from publicity.read.source import Source
from publicity.work.memory import Memory
from publicity.work.names import KEPT, name_of
from publicity.work.shelf import Shelf

Job = tuple[str, Taken]
"""A body, and the ids that its page uses itself."""
Verdict = list[tuple[int, Fault]]
"""The faults of a body, with their lines."""


def check_bounds(draft: Draft) -> Iterator[Problem]:
    """Bodies that Markdown would take too long for."""
    for _, source in _bodies(draft):
        for line, fault in excesses(source.body):
            yield _problem(source, line, fault)


def check_html(draft: Draft) -> Iterator[Problem]:
    """What the HTML of bodies may not hold."""
    bodies = [
        (source, (_linked(source.body), taken)) for taken, source in _bodies(draft) if not any(excesses(source.body))
    ]
    jobs = {name_of(*job): job for _, job in bodies}
    verdicts = _verdicts.of(jobs, Shelf(kept_verdicts(draft.project, draft.folder.name)))
    for source, job in bodies:
        for line, fault in verdicts[name_of(*job)]:
            yield _problem(source, line, fault)


def _linked(body: str) -> str:
    """A body whose links to terms are addresses, as they are on its page; whether the terms are there is asked elsewhere."""
    return body.replace(f"]({SCHEME}", "](#")


def kept_verdicts(project: Project, region: str) -> Path:
    """Where the verdicts on a region's bodies are kept."""
    return project.build / KEPT / "html" / f"{region}.json"


def taken_on(project: Project, meta: Entry | Page | Translation | None, path: str) -> Taken:
    """The ids that the page at a path uses itself, by its template and its particulars; without these, by its collection."""
    model = ENTRY_MODELS.get(path.partition("/")[0])
    template = meta.template if isinstance(meta, Page) else f"{model.__name__.lower()}.html" if model else "page.html"
    ids = _template_ids(project.root / "overrides", template)
    return ids | meta.anchors if isinstance(meta, Entry) else ids


_template_ids = cache(taken_ids)


def _bodies(draft: Draft) -> Iterator[tuple[Taken, Source]]:
    """All texts that have a body, with the ids of their pages."""
    for document in draft.content.documents():
        taken = taken_on(draft.project, document.meta, document.path)
        for source in document.sources:
            if source.body.strip():
                yield taken, source
    for path, source in draft.content.bodies_without_meta:
        yield taken_on(draft.project, None, path), source


def _problem(source: Source, line: int, fault: Fault) -> Problem:
    return Problem(source.name, source.body_line - 1 + line, fault.code, dict(fault.values))


def _dumps(verdict: Verdict) -> list[Any]:
    return [[line, fault.code, dict(fault.values)] for line, fault in verdict]


def _loads(kept: list[Any]) -> Verdict:
    return [(line, Fault(code, tuple(values.items()))) for line, code, values in kept]


_verdicts = Memory[Job, Verdict](
    lambda job: body_faults(*job), length=lambda job: len(job[0]), dumps=_dumps, loads=_loads
)
"""All regions show what is shared."""
