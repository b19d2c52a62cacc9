"""The staging folder: pages written, and read back."""

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from publicity.project import files_below
from publicity.read.source import bodies_read
from publicity.stage.files.assets import as_they_are, assets_address, scripts, stylesheets
from publicity.work.processes import spread

Make = Callable[[], tuple[str, str]]
"""Makes a text of the staging folder, with its path."""
Part = Iterable[tuple[str, Make]]
"""Texts to be made, each with a name by which it is known before it has a path."""


@dataclass(frozen=True)
class Made:
    """A text of the staging folder: its path, its SHA-256, and the names of the sources whose bodies it was made from."""

    path: str
    digest: str
    bodies: frozenset[str]


def write_staging(
    folder: Path, parts: Sequence[Part], media: dict[str, Path], assets: Path, known: Mapping[str, Made]
) -> tuple[frozenset[str], dict[str, Made]]:
    """Bring the staging folder to hold exactly these texts and files; what has not changed is not touched.

    The texts come in parts that are made side by side; those that are `known` to be as they are now are not made again.
    Returns the paths of what was written or removed, and how each text was made, by its name.
    """
    address = assets_address(assets)
    copies = media | {f"{address}{path}": assets / path for path in as_they_are(assets)}
    stale = set(files_below(folder))
    changed = set()
    made = {f"{address}{name}": text for name, text in (stylesheets(assets / "css") | scripts(assets)).items()}
    code = [(path, partial(_as_it_is, path, text)) for path, text in made.items()]
    texts: dict[str, Made] = {}
    for written, new in spread(partial(_write, folder, frozenset(stale), known), [*parts, code]):
        texts |= written
        changed |= new
    stale -= {text.path for text in texts.values()}
    for path, source in copies.items():
        target = folder / path
        # With its time, so that a preview does not read a film again at every change.
        if path not in stale or not filecmp.cmp(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            os.utime(target, ns=(0, source.stat().st_mtime_ns))
            changed.add(path)
        stale.discard(path)
    for path in stale:
        (folder / path).unlink()
    for root in [Path(root) for root, _, _ in os.walk(folder, topdown=False)]:
        if not any(root.iterdir()):
            root.rmdir()
    return frozenset(changed | stale), texts


def _write(
    folder: Path, there: frozenset[str], known: Mapping[str, Made], part: Part
) -> tuple[dict[str, Made], set[str]]:
    """Make a part's texts and write those that are not `there` as they are; also returns the paths of these."""
    written, new = {}, set()
    for name, make in part:
        if name in known:
            written[name] = known[name]
            continue
        with bodies_read() as bodies:
            path, text = make()
        target, content = folder / path, text.encode("utf-8")
        if path not in there or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            new.add(path)
        written[name] = Made(path, hashlib.sha256(content).hexdigest(), frozenset(bodies))
    return written, new


def _as_it_is(path: str, text: str) -> tuple[str, str]:
    return path, text


def write_page(meta: dict[str, Any], body: str) -> str:
    """A staged page: front matter and body."""
    # JSON is YAML, and an order of magnitude quicker to write and to read; in one line, also quicker than in several.
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{body.strip()}\n"


def read_staged(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a staged page."""
    _, meta, body = text.split("---\n", 2)
    return json.loads(meta), body.lstrip("\n")
