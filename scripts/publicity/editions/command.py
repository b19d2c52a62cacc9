"""All editions of an issue, each made once and kept by the hash of what it was made from."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from publicity.editions import typeset
from publicity.editions.books.handouts import handouts
from publicity.editions.books.slides import deck
from publicity.editions.books.volumes import compilations
from publicity.editions.film import video
from publicity.editions.issue import book, mail, texts, wechat
from publicity.editions.keeping import kept
from publicity.labels import labels
from publicity.models import Entry, Interpretation, Newsletter
from publicity.problems import UsageError, near
from publicity.project import Project
from publicity.read.attachments.named import narration_of, path_beside
from publicity.read.content import Column, Document
from publicity.stage.films import film_of
from publicity.stage.issues import Issue, issue_of
from publicity.work import extras

Tell = Callable[[str, int, int], None]
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
    """The editions of one issue, or the video of a picture: where each file is kept, by its name."""

    issue: str
    files: dict[str, Path]
    collection: str = "newsletter"


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
        if slug not in known and slug not in (diagrams := diagrams_of(column)):
            hint = near(slug, [*known, *diagrams])
            raise UsageError("no-such-issue", issue=slug, region=column.region.slug, hint=hint)
    chosen = [known[slug] for slug in slugs if slug in known] if slugs else sorted(known.values(), key=_number)
    names, folder = tuple(names), project.build / KEPT
    issues = [issue_of(column, document) for document in chosen]
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # the next issue begins while the picture of this one is drawn
        begun = [[workers.submit(_made, folder, name, issue, base) for name in names] for issue in issues]
        try:
            for issue, parts in zip(issues, begun, strict=True):
                yield Made(issue.slug, {name: file for part in parts for name, file in part.result().items()})
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def takeaways(project: Project, column: Column, base: str | None, tell: Tell | None = None) -> dict[str, Path]:
    """What a build shows beside issues, pictures and single entries, compilations and slides, by their paths in the site.

    Raises:
        BuildError: one of them could not be made.
    """
    books = compilations(project, column, KEPT) | handouts(project, column, KEPT) | deck(project, column, base, KEPT)
    editions = {
        f"newsletter/{made.issue}/{name}": file
        for made in make_editions(project, column, base, names=_PUBLIC_EDITIONS)
        for name, file in made.files.items()
        if name != "cover-square.png"
    }
    videos = {
        f"{made.collection}/{made.issue}/{name}": made.files[name]
        for made in make_videos(project, column, base, tell=tell)
        for name in video.NAMES
    }
    return books | editions | videos


def diagrams_of(column: Column) -> dict[str, Document]:
    """The pictures (一图读懂) of a column."""
    entries = column.content.entries["interpretations"]
    return {slug: document for slug, document in entries.items() if document.meta_as(Interpretation).diagram}


def make_videos(
    project: Project,
    column: Column,
    base: str | None,
    slugs: Iterable[str] = (),
    *,
    every: bool = False,
    tell: Tell | None = None,
) -> Iterator[Made]:
    """The videos of issues and pictures: of those that say so, of pictures that are named, or of `every` one; known slugs.

    `tell` is called with the slug, and how many of how many pictures are done.

    Raises:
        BuildError: one could not be made, or what makes it could not be had.
    """
    diagrams = diagrams_of(column)
    entries, named = diagrams | column.content.entries["newsletter"], tuple(slugs)
    for slug in named or entries:
        document = entries[slug]
        if every or document.meta_as(Entry).video is True or (slug in named and slug in diagrams):
            extras.need("video")
            yield _video(project, column, base, document, tell)


def _video(project: Project, column: Column, base: str | None, document: Document, tell: Tell | None) -> Made:
    film, name = film_of(column, document), narration_of(document)
    if film is None:
        raise LookupError(document.path)
    recording = column.content.media[path_beside(document, name)] if name else None
    spoken = hashlib.sha256(recording.read_bytes()).hexdigest() if recording else ""
    from_what = [asdict(film), base, labels("zh")["film"], spoken]

    def at(done: int, total: int) -> None:
        if tell:
            tell(film.slug, done, total)

    files = kept(project.build / KEPT, "video", from_what, lambda: video.make(film, base, recording, at))
    return Made(film.slug, files, document.meta_as(Entry).collection)


def write_editions(made: Made, folder: Path) -> int:
    """Write the files of an issue into its folder below `folder`; what lies there from before goes. Returns their bytes."""
    target = folder / made.issue
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.name not in made.files and _is_old(old.name, made):
            old.unlink()
    for name, file in made.files.items():
        (target / name).write_bytes(file.read_bytes())
    return sum(file.stat().st_size for file in made.files.values())


def _is_old(name: str, made: Made) -> bool:
    """Whether a file is of another run: a further picture, or a video where the editions are made again."""
    if video.NAMES[0] in made.files:
        return False
    return (name.startswith("picture-") and name.endswith(".png")) or name in video.FILES


def _number(document: Document) -> tuple[int, str]:
    meta = document.meta_as(Newsletter)
    return meta.total or meta.number, document.slug


def _made(folder: Path, name: str, issue: Issue, base: str | None) -> dict[str, Path]:
    from_what = [asdict(issue), base, labels("zh")["newsletter"]]
    return kept(folder, name, from_what, lambda: EDITIONS[name](issue, base))
