"""One region built in a process of its own: whatever becomes of it, the others do not suffer."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from publicity.province.card import Card

# The program is above this package, and so it is named only here; after a build, the card.
_RUN = """
import sys
from publicity.cli import main
from publicity.province.card import write_card
*arguments, region, card = sys.argv[1:]
try:
    main(arguments)
except SystemExit as end:
    if end.code:
        raise
write_card(region, card)
"""


@dataclass(frozen=True)
class Task:
    """A region to be built. Paths are absolute: on a cluster, of a disk that all machines share."""

    root: str
    region: str
    out: str
    day: str
    language: str
    has_editions: bool = True


@dataclass(frozen=True)
class Outcome:
    """What has become of a region: its card where it was built, else what was said."""

    region: str
    card: Card | None
    said: str = ""


def run(task: Task) -> Outcome:
    """Build a region; it fails with what the build says, or with the signal that ended it."""
    with tempfile.TemporaryDirectory(prefix="publicity-province-") as folder:
        card = Path(folder) / "card.json"
        out = str(Path(task.out) / task.region)
        build = ["--language", task.language, "build", task.region, "--out", out, "--today", task.day, "--quiet"]
        build += [] if task.has_editions else ["--no-editions"]
        done = subprocess.run(
            [sys.executable, "-P", "-c", _RUN, *build, task.region, str(card)],
            cwd=task.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode == 0:
            return Outcome(task.region, Card.from_json(card.read_text(encoding="utf-8")))
        said = done.stderr.strip() or f"exit status {done.returncode}"
        return Outcome(task.region, None, said)
