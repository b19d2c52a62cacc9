"""All editions of an issue, each made once and kept by the hash of what it was made from."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from publicity.editions import book, mail, texts, typeset, wechat
from publicity.extras import GENERATOR
from publicity.labels import labels
from publicity.models import Newsletter
from publicity.problems import UsageError, near
from publicity.project import Project
from publicity.read.content import Column, Document
from publicity.stage.issues import Issue, issue_of

Make = Callable[[Issue, "str | None"], dict[str, bytes]]
EDITIONS: dict[str, Make] = {
    "mail": mail.make,
    "wechat": wechat.make,
    "texts": texts.make,
    "pdf": typeset.pdf,
    "picture": typeset.picture,
    "cover": typeset.covers,
    "epub": book.make,
}
"""Each edition with the function that makes its files."""
PUBLIC = ("issue.pdf", "issue.epub", "picture.png", "cover.png")
"""What a build puts beside an issue's page; a picture that is cut goes on."""
_PUBLIC_EDITIONS = ("pdf", "epub", "picture", "cover")


@dataclass(frozen=True)
class Made:
    """The editions of one issue: where each file is kept, by its name."""

    issue: str
    files: dict[str, Path]


def make_editions(
    project: Project, column: Column, base: str | None, slugs: Iterable[str] = (), names: Iterable[str] = EDITIONS
) -> Iterator[Made]:
    """The editions of the issues named, or of all, oldest first, one issue at a time.

    Raises:
        UsageError: there is no such issue.
        BuildError: an edition could not be made.
    """
    issues = column.content.entries["newsletter"]
    slugs = tuple(slugs)
    for slug in slugs:
        if slug not in issues:
            raise UsageError("no-such-issue", issue=slug, region=column.region.slug, hint=near(slug, issues))
    chosen = [issues[slug] for slug in slugs] if slugs else sorted(issues.values(), key=_number)
    names, kept = tuple(names), project.build / "editions-kept"
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for document in chosen:
            issue = issue_of(column, document)
            parts = workers.map(lambda name, issue=issue: _kept(kept, name, issue, base), names)
            yield Made(issue.slug, {name: file for part in parts for name, file in part.items()})


def public_editions(project: Project, column: Column, base: str | None) -> dict[str, Path]:
    """What a build shows beside each issue, by its path in the site."""
    return {
        f"newsletter/{made.issue}/{name}": file
        for made in make_editions(project, column, base, names=_PUBLIC_EDITIONS)
        for name, file in made.files.items()
        if name != "cover-square.png"
    }


def write_editions(made: Made, folder: Path) -> int:
    """Write the files of an issue into its folder below `folder`; what lies there from before goes. Returns their bytes."""
    target = folder / made.issue
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.name not in made.files and _is_ours(old.name):
            old.unlink()
    for name, file in made.files.items():
        (target / name).write_bytes(file.read_bytes())
    return sum(file.stat().st_size for file in made.files.values())


def _is_ours(name: str) -> bool:
    return name.startswith("picture-") and name.endswith(".png")


def _number(document: Document) -> tuple[int, str]:
    meta = document.meta_as(Newsletter)
    return meta.total or meta.number, document.slug


def _kept(folder: Path, name: str, issue: Issue, base: str | None) -> dict[str, Path]:
    """The files of an edition, made where none is kept that was made from the same."""
    from_what = json.dumps([name, asdict(issue), base, labels("zh")["newsletter"]], ensure_ascii=False, default=str)
    place = folder / f"{name}-{hashlib.sha256(f'{_makers()}{from_what}'.encode()).hexdigest()[:24]}"
    if not place.is_dir():
        half = place.with_name(f"{place.name}.{os.getpid()}")
        half.mkdir(parents=True, exist_ok=True)
        for file, content in EDITIONS[name](issue, base).items():
            (half / file).write_bytes(content)
        try:
            half.rename(place)
        except OSError:  # another process was quicker
            for left in half.iterdir():
                left.unlink()
            half.rmdir()
    return {file.name: file for file in sorted(place.iterdir())}


@cache
def _makers() -> str:
    """A hash of all that makes editions: this package with its templates, and the locked tools."""
    files = [
        file for file in sorted(Path(__file__).parent.rglob("*")) if file.suffix in (".py", ".html", ".css", ".typ")
    ]
    lock = GENERATOR / "requirements-editions.txt"
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in (*files, lock))).hexdigest()
