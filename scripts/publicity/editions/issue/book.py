"""The issue as an e-book."""

import tempfile
from pathlib import Path

from publicity.editions.pandoc import bound
from publicity.editions.words import filled
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
        options = ("--to=epub3", "--css=book.css", "--split-level=1", *told)
        return {"issue.epub": bound(folder, "book.epub", *options, day=issue.day, name=issue.slug)}
