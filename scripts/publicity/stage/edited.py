"""What need not be staged again when only bodies were edited: every text that was not made from one of those.

While a text is made, the bodies that it asks for are noted (`read.source`). All else that it may look at is compared here as a whole:
where anything of that is another than it was, nothing counts as known. Both by hashes, so that another process can do so, too.
"""

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publicity.read.content import Column, Content
from publicity.stage.files.folder import Made
from publicity.work.names import code_version, name_of
from publicity.work.shelf import read_values, write_values


@dataclass(frozen=True)
class Staged:
    """What a staging folder was made from, and how each of its texts was made."""

    besides: str
    """A hash of all but the bodies; of files beside the texts, of their sizes and times."""
    bodies: Mapping[str, str]
    """The hash of each body, by its source's name."""
    texts: Mapping[str, Made]


def staged_from(
    column: Column, documents: Mapping[str, Path], scaled: frozenset[str], takeaways: Mapping[str, Path]
) -> Staged:
    """What a staging folder is made from; none of its texts has been made yet."""
    content = column.content
    fronts = [
        (document.path, [(source.name, source.digest, source.body_line) for source in document.sources])
        for document in content.documents()
    ]
    besides = name_of(
        code_version(),
        content.today,
        sorted(content.data_files.items()),
        fronts,
        column.portal,
        sorted(content.embargoed.items()),
        sorted(content.embargoed_files),
        sorted(_states(content).items()),
        sorted(scaled),
        [(path, file.stat().st_size) for path, file in sorted({**documents, **takeaways}.items())],
    )
    bodies = {source.name: source.body_digest for document in content.documents() for source in document.sources}
    return Staged(besides, bodies, {})


def _states(content: Content) -> dict[str, tuple[int, int]]:
    """Size and time of change of the files beside the texts: pages show sizes, and the length of films."""
    states = ((path, file.stat()) for path, file in content.media.items())
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states}


def known_texts(before: Staged, now: Staged) -> dict[str, Made]:
    """The texts of a staging that would now be made as they were."""
    if before.besides != now.besides:
        return {}
    edited = {name for name, digest in now.bodies.items() if before.bodies.get(name) != digest}
    return {name: made for name, made in before.texts.items() if made.bodies.isdisjoint(edited)}


def kept_texts(file: Path, folder: Path, now: Staged) -> dict[str, Made]:
    """Those of the staging that was kept in a file, as far as they lie in its folder as they were made."""
    kept = read_values(file)
    with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
        texts = {name: Made(path, digest, frozenset(bodies)) for name, (path, digest, bodies) in kept["texts"].items()}
        known = known_texts(Staged(kept["besides"], kept["bodies"], texts), now)
        return {name: made for name, made in known.items() if _holds(folder / made.path, made.digest)}
    return {}


def keep_staging(file: Path, staged: Staged) -> None:
    """Keep in a file how a staging was made."""
    texts = {name: [made.path, made.digest, sorted(made.bodies)] for name, made in staged.texts.items()}
    write_values(file, {"besides": staged.besides, "bodies": staged.bodies, "texts": texts})


def _holds(file: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return False
