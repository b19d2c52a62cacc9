"""All editions of an issue, each made once and kept by the hash of what it was made from."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from publicity.editions import book, mail, texts, typeset, wechat
from publicity.editions.handouts import handouts
from publicity.editions.keeping import kept
from publicity.editions.slides import deck
from publicity.editions.volumes import compilations
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
KEPT = "editions-kept"
"""The folder below `build/` where they are kept."""
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
    """The editions of the issues named, or of all, oldest first, each as soon as it is there.

    Raises:
        UsageError: there is no such issue.
        BuildError: an edition could not be made.
    """
    known = column.content.entries["newsletter"]
    slugs = tuple(slugs)
    for slug in slugs:
        if slug not in known:
            raise UsageError("no-such-issue", issue=slug, region=column.region.slug, hint=near(slug, known))
    chosen = [known[slug] for slug in slugs] if slugs else sorted(known.values(), key=_number)
    names, folder = tuple(names), project.build / KEPT
    issues = [issue_of(column, document) for document in chosen]
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # the next issue begins while the picture of this one is drawn
        begun = [[workers.submit(_made, folder, name, issue, base) for name in names] for issue in issues]
        try:
            for issue, parts in zip(issues, begun, strict=True):
                yield Made(issue.slug, {name: file for part in parts for name, file in part.result().items()})
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def takeaways(project: Project, column: Column, base: str | None) -> dict[str, Path]:
    """What a build shows beside each issue, compilations, slides and single entries, by their paths in the site.

    Raises:
        BuildError: one of them could not be made.
    """
    books = compilations(project, column, KEPT) | handouts(project, column, KEPT) | deck(project, column, base, KEPT)
    return books | {
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


def _made(folder: Path, name: str, issue: Issue, base: str | None) -> dict[str, Path]:
    from_what = [asdict(issue), base, labels("zh")["newsletter"]]
    return kept(folder, name, from_what, lambda: EDITIONS[name](issue, base))
