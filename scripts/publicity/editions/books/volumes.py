"""Compilations as files: one HTML text becomes PDF, Word and e-book, by pandoc and typst."""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from publicity.editions.books.compilation import COLLECTIONS, Compilation, compilation_of
from publicity.editions.keeping import kept
from publicity.editions.pandoc import bound
from publicity.editions.typeset import set_text
from publicity.editions.words import rendered
from publicity.labels import labels
from publicity.project import Project
from publicity.read.content import Column
from publicity.word.house_style import reference_docx

STEM = "compilation"
FORMATS = ("pdf", "docx", "epub")


def compilations(project: Project, column: Column, folder: str) -> dict[str, Path]:
    """The files of all compilations of a column, by their paths in the site; kept in a folder below `build/`.

    Raises:
        BuildError: one could not be made.
    """
    books = [compilation_of(column, name) for name in COLLECTIONS if column.content.entries[name]]
    wanted = [(book, form) for book in books for form in FORMATS]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        made = list(workers.map(lambda one: _made(project.build / folder, *one), wanted))
    return {
        f"{book.collection}/{name}": file
        for (book, _), files in zip(wanted, made, strict=True)
        for name, file in files.items()
    }


def _made(folder: Path, book: Compilation, form: str) -> dict[str, Path]:
    from_what = [asdict(book), form, labels("zh")[STEM], labels("zh")["regulation"]]
    return kept(folder, f"{STEM}-{form}", from_what, lambda: {f"{STEM}.{form}": make(book, form)})


def make(book: Compilation, form: str) -> bytes:
    """A compilation as `pdf`, `docx` or `epub`.

    Raises:
        BuildError: pandoc or typst refused it.
    """
    if form == "pdf":
        text = _pandoc(book, "typst", "--to=typst").decode()
        words = {name: text for name, text in _words(book).items() if isinstance(text, str)}
        inputs = {"book": json.dumps({"title": book.title, "column": book.column, "host": book.host, "words": words})}
        source = f'#import "compilation.typ": *\n#show: compiled\n{text}'
        return set_text(source, inputs, book.day, book.collection)
    if form == "docx":
        return _pandoc(book, form, "--to=docx", "--reference-doc=reference.docx", f"--metadata=title={book.title}")
    metadata = {
        "identifier": f"{book.column} {book.collection}",
        "lang": "zh-CN",
        "title": book.title,
        "creator": book.host,
        "date": book.day.isoformat(),
        "toc-title": labels("zh")[STEM]["contents"],
    }
    told = [f"--metadata={key}={value}" for key, value in metadata.items()]
    return _pandoc(book, form, "--to=epub3", "--css=book.css", "--split-level=2", "--toc", "--toc-depth=2", *told)


def _words(book: Compilation) -> dict[str, str]:
    words: dict[str, str] = labels("zh")[STEM]
    return words | {"until": words["until"].format(date=book.date), "count": words["count"].format(count=book.count)}


def _pandoc(book: Compilation, form: str, *options: str) -> bytes:
    words = {"c": labels("zh")[STEM], "r": labels("zh")["regulation"], "book": book}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book.html").write_text(
            rendered("compilation.html", with_front=form != "typst", **words), encoding="utf-8"
        )
        (folder / "book.css").write_text(rendered("book.css"), encoding="utf-8")
        if form == "docx":
            (folder / "reference.docx").write_bytes(reference_docx())
        return bound(folder, f"book.{form}", *options, day=book.day, name=book.collection)
