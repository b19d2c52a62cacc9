"""The staging folder: pages written, and read back."""

import filecmp
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from publicity.project import files_below
from publicity.stage.files.assets import assets_address, scripts, stylesheets
from publicity.work.processes import spread


def write_staging(
    folder: Path, parts: Sequence[Iterable[tuple[str, str]]], media: dict[str, Path], assets: Path
) -> frozenset[str]:
    """Bring the staging folder to hold exactly these pages and files; what has not changed is not touched.

    The pages come in parts that are made side by side. Returns the paths of what was written, and of what was removed.
    """
    address = assets_address(assets)
    copies = media | {
        f"{address}{path}": assets / path for path in files_below(assets) if not path.endswith((".css", ".js"))
    }
    stale = set(files_below(folder))
    changed = set()
    made = stylesheets(assets / "css") | scripts(assets)
    code = [(f"{address}{name}", text) for name, text in made.items()]
    for written in spread(partial(_write, folder, frozenset(stale)), [*parts, code]):
        changed |= {path for path, is_new in written if is_new}
        stale -= {path for path, _ in written}
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
    return frozenset(changed | stale)


def _write(folder: Path, there: frozenset[str], texts: Iterable[tuple[str, str]]) -> list[tuple[str, bool]]:
    """Write what is not `there` as it is; returns all paths, each with whether it was written."""
    written = []
    for path, text in texts:
        target, content = folder / path, text.encode("utf-8")
        is_new = path not in there or target.read_bytes() != content
        if is_new:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        written.append((path, is_new))
    return written


def write_page(meta: dict[str, Any], body: str) -> str:
    """A staged page: front matter and body."""
    # JSON is YAML, and an order of magnitude quicker to write and to read; in one line, also quicker than in several.
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{body.strip()}\n"


def read_staged(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a staged page."""
    _, meta, body = text.split("---\n", 2)
    return json.loads(meta), body.lstrip("\n")
