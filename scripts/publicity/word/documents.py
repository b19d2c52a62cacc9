"""Reference texts as Word documents, made by pandoc from the same Markdown as the page."""

import hashlib
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

import pypandoc

from publicity.models import Template
from publicity.problems import BuildError, Problem
from publicity.read.content import Content, Document
from publicity.word import tables
from publicity.word.house_style import reference_docx

_RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|mailto:|tel:)[^)]*\)")
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*\}")
_EPOCH = "1767225600"  # 2026-01-01: pandoc writes a date into the file, and equal texts shall give equal files


def make_documents(content: Content, cache_folder: Path) -> dict[str, Path]:
    """The .docx of every reference text, by its path in the site; made only when its text has changed.

    Raises:
        BuildError: pandoc failed.
    """
    templates = list(content.entries["templates"].values())
    if not templates:
        return {}
    cache_folder.mkdir(parents=True, exist_ok=True)
    references = {turned: _reference(cache_folder, reference_docx(turned=turned)) for turned in (False, True)}
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # more at once take memory and save no time
        files = list(workers.map(lambda one: _make(one, references), templates))
    return {path_of(template): file for template, file in zip(templates, files, strict=True)}


def path_of(document: Document) -> str:
    """Where a reference text's .docx lies in the site, beside its page."""
    return f"templates/{document.slug}.docx"


def _reference(folder: Path, content: bytes) -> Path:
    file = folder / f"reference-{hashlib.sha256(content).hexdigest()[:20]}.docx"
    if not file.exists():
        temporary = file.with_suffix(f".{os.getpid()}.docx")
        temporary.write_bytes(content)
        temporary.replace(file)
    return file


def _make(document: Document, references: dict[bool, Path]) -> Path:
    text = f"{_for_word(document)}\n"
    made_of = "\n".join([_makers(), *(reference.name for reference in references.values()), text])
    target = references[False].with_name(f"{hashlib.sha256(made_of.encode()).hexdigest()[:20]}.docx")
    if target.exists():
        return target
    run = partial(_pandoc, document.source.name, target.parent)
    tree, turned = tables.laid_out(run(text, "--from=markdown-citations-tex_math_dollars", "--to=json"))
    temporary = target.with_suffix(f".{os.getpid()}.docx")  # regions that are built side by side share this folder
    # Names from its own folder: in a locale that cannot say the folder's name, pandoc fails over it.
    options = ("--from=json", "--to=docx", f"--reference-doc={references[turned].name}")
    run(tree, *options, f"--output={temporary.name}")
    temporary.replace(target)
    return target


def _pandoc(name: str, folder: Path, text: str, *options: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *options],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
        check=False,
    )
    if done.returncode:
        said = tuple(done.stderr.strip().splitlines()[-5:])
        raise BuildError.of(Problem(name, 0, "no-word-document", {"said": said}))
    return done.stdout


def _for_word(document: Document) -> str:
    """The Markdown as pandoc reads it: a title, no attribute lists, no links into the site, which lead nowhere in Word."""
    body = _RELATIVE_LINK.sub(r"\1", _ATTRIBUTES.sub("", document.source.body))
    title = document.meta_as(Template).title.replace('"', "'")
    return f'---\ntitle: "{title}"\nlang: zh-CN\n---\n\n{body.strip()}'


@cache
def _makers() -> str:
    """What makes documents of their texts beside the house style: pandoc, and what lays out tables."""
    return f"{pypandoc.get_pandoc_version()}\n{Path(tables.__file__).read_text(encoding='utf-8')}"
