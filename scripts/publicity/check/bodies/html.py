"""Bodies as pages will show them: converted with the pages' own Markdown, and held to the list of what a page may hold.

A verdict is kept by the hash of all that it depends on, in `build/checked/`: what has been found sound once is not converted again.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from publicity import markup
from publicity.check.bodies.processes import spread
from publicity.markup.allowed import Fault
from publicity.markup.bounds import excesses
from publicity.markup.placed import body_faults
from publicity.markup.taken import Taken, taken_ids
from publicity.models import ENTRY_MODELS, Entry, Page, Translation
from publicity.problems import Problem
from publicity.project import Project
from publicity.read.draft import Draft
from publicity.read.source import Source

Job = tuple[str, Taken]
"""A body, and the ids that its page uses itself."""
Verdict = list[tuple[int, Fault]]
"""The faults of a body, with their lines."""

_FEW = 50_000
"""Characters that are converted sooner than processes are started."""
_verdicts: dict[str, Verdict] = {}
"""What is known already, by the hash of the job: all regions show what is shared."""


def check_bounds(draft: Draft) -> Iterator[Problem]:
    """Bodies that Markdown would take too long for."""
    for _, source in _bodies(draft):
        for line, fault in excesses(source.body):
            yield _problem(source, line, fault)


def check_html(draft: Draft) -> Iterator[Problem]:
    """What the HTML of bodies may not hold."""
    bodies = [(taken, source) for taken, source in _bodies(draft) if not any(excesses(source.body))]
    jobs = {_hash(source.body, taken): (source.body, taken) for taken, source in bodies}
    verdicts = _judge(jobs, draft.project.build / "checked" / f"{draft.folder.name}.json")
    for taken, source in bodies:
        for line, fault in verdicts[_hash(source.body, taken)]:
            yield _problem(source, line, fault)


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


def _judge(jobs: dict[str, Job], file: Path) -> dict[str, Verdict]:
    """The verdicts of jobs by their hashes: those that are known, and those that have to be found."""
    known = _read(file) | _verdicts
    left = [job for job in jobs if job not in known]
    known |= dict(zip(left, _convert([jobs[job] for job in left]), strict=True))
    verdicts = {job: known[job] for job in jobs}
    _verdicts.update(verdicts)
    if left:
        _write(file, verdicts)
    return verdicts


def _convert(jobs: Sequence[Job]) -> list[Verdict]:
    """The verdicts of jobs, found on all processors where that is quicker."""
    if sum(len(body) for body, _ in jobs) < _FEW:
        return [_verdict(job) for job in jobs]
    return spread(_verdict, jobs)


def _verdict(job: Job) -> Verdict:
    return body_faults(*job)


def _hash(body: str, taken: Taken) -> str:
    """A hash of all that a verdict depends on."""
    return hashlib.sha256(f"{_list_version()}\n{taken}\n{body}".encode()).hexdigest()


@cache
def _list_version() -> str:
    """A hash of dialect and list, as they stand in the package `markup`, and the versions of what converts and reads."""
    files = sorted(Path(markup.__path__[0]).glob("*.py"))
    used = [f"{name} {version(name)}" for name in ("Markdown", "pymdown-extensions", "selectolax")]
    return hashlib.sha256(b"\0".join([*(file.read_bytes() for file in files), " ".join(used).encode()])).hexdigest()


def _read(file: Path) -> dict[str, Verdict]:
    """The verdicts in a file; empty where it is missing or damaged."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return {
            job: [(int(line), Fault(code, tuple(values.items()))) for line, code, values in verdict]
            for job, verdict in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(file: Path, verdicts: dict[str, Verdict]) -> None:
    """Keep the verdicts on the contents that there are now. Where nothing can be written they are found again the next time."""
    rows = {job: [[line, fault.code, dict(fault.values)] for line, fault in faults] for job, faults in verdicts.items()}
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        fresh.replace(file)
