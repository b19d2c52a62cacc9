"""Books from HTML, by pandoc."""

import datetime
import os
import subprocess
from pathlib import Path

import pypandoc

from publicity.dates import seconds_of
from publicity.problems import BuildError


def bound(folder: Path, output: str, *options: str, day: datetime.date, name: str, source: str = "book.html") -> bytes:
    """What pandoc makes of a file in a folder, dated by a day.

    Raises:
        BuildError: pandoc failed; `name` says what could not be made.
    """
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *options, f"--output={output}", source],
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(seconds_of(day))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError("edition-not-set", issue=name, said=done.stderr.strip())
    return (folder / output).read_bytes()
