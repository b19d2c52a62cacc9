"""The issue as an e-book."""

import os
import subprocess
import tempfile
from pathlib import Path

import pypandoc

from publicity.dates import seconds_of
from publicity.editions.words import filled
from publicity.problems import BuildError
from publicity.stage.issues import Issue


def make(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`issue.epub`, made by pandoc; its identifier and its day are the issue's own.

    Raises:
        BuildError: pandoc failed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book.html").write_text(filled("book.html", issue, base), encoding="utf-8")
        (folder / "book.css").write_text(filled("book.css", issue, base), encoding="utf-8")
        metadata = {
            "identifier": f"{issue.column} {issue.slug}",
            "lang": "zh-CN",
            "title": issue.title,
            "creator": issue.host,
            "date": issue.day.isoformat(),
            "description": issue.summary,
            "toc-title": "目录",
        }
        told = [f"--metadata={key}={value}" for key, value in metadata.items()]
        command = [pypandoc.get_pandoc_path(), "--from=html", "--to=epub3", "--css=book.css", "--split-level=1", *told]
        done = subprocess.run(
            [*command, "--output=book.epub", "book.html"],
            cwd=folder,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(seconds_of(issue.day))},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BuildError("edition-not-set", issue=issue.slug, said=done.stderr.strip())
        return {"issue.epub": (folder / "book.epub").read_bytes()}
