"""Reference texts as Word documents, made by pandoc from the same Markdown as the page."""

import hashlib
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Self

import pypandoc

from publicity.data_files import data_text
from publicity.labels import labels
from publicity.models import Template
from publicity.problems import BuildError, Problem
from publicity.read.content import Content, Document
from publicity.word import tables
from publicity.word.house_style import reference_docx

_RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|mailto:|tel:)[^)]*\)")
_PICTURE = re.compile(r"!\[([^\]]+)\]\([^)]*\)")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
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
    wanted = [_Wanted.of(template, references) for template in templates]
    missing = [one for one in wanted if not one.target.exists()]
    share = os.cpu_count() or 1
    with ThreadPoolExecutor(share) as workers:
        list(workers.map(partial(_make, references), (missing[start::share] for start in range(share))))
    return {path_of(template): one.target for template, one in zip(templates, wanted, strict=True)}


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


@dataclass(frozen=True)
class _Wanted:
    """A document: the name of its source, the Markdown that it is made of, and where it is kept."""

    name: str
    text: str
    target: Path

    @classmethod
    def of(cls, document: Document, references: dict[bool, Path]) -> Self:
        """The document of a reference text."""
        text = f"{_for_word(document)}\n"
        made_of = "\n".join([_makers(), *(reference.name for reference in references.values()), text])
        file = f"{hashlib.sha256(made_of.encode()).hexdigest()[:20]}.docx"
        return cls(document.source.name, text, references[False].with_name(file))


def _make(references: dict[bool, Path], batch: list[_Wanted]) -> None:
    """Make documents, some at a time: pandoc takes longer to start than to make one."""
    if not batch:
        return
    names, folder = [one.name for one in batch], batch[0].target.parent
    texts = [{"text": one.text} for one in batch]
    trees = _pandoc(folder, names, texts, read="markdown-citations-tex_math_dollars", write="json")
    jobs = []
    for one, (tree, turned) in zip(batch, map(tables.laid_out, trees), strict=True):
        # Names from its own folder: in a locale that cannot say the folder's name, pandoc fails over it.
        jobs.append({"text": tree, "output": _temporary(one.target).name, "reference": references[turned].name})
    _pandoc(folder, names, jobs, read="json", write="docx")
    for one in batch:
        _temporary(one.target).replace(one.target)


def _temporary(target: Path) -> Path:
    """Where a document lies until it is whole: regions that are built side by side share the folder."""
    return target.with_suffix(f".{os.getpid()}.docx")


def _pandoc(folder: Path, names: list[str], jobs: list[dict[str, str]], *, read: str, write: str) -> list[str]:
    """What pandoc makes of each job, from one format to another, as `convert.lua` says.

    Raises:
        BuildError: it failed; at the first that is not done.
    """
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "lua", "-e", data_text("publicity.word", "convert.lua")],
        input=json.dumps({"from": read, "to": write, "jobs": jobs}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
        check=False,
    )
    results = done.stdout.split("\n")[:-1]
    if done.returncode or len(results) < len(jobs):
        said = tuple(done.stderr.strip().splitlines()[-5:])
        raise BuildError.of(Problem(names[min(len(results), len(names) - 1)], 0, "no-word-document", {"said": said}))
    return results


def _for_word(document: Document) -> str:
    """The Markdown as pandoc reads it: a title, no attribute lists, of pictures what they show, no links into the site, which lead nowhere in Word."""
    told = labels("zh")["compilation"]["picture"]
    body = _PICTURE.sub(lambda picture: told.format(alt=picture[1]), _ATTRIBUTES.sub("", document.source.body))
    body = _RELATIVE_LINK.sub(r"\1", body)
    title = _SIGN.sub(r"\\\g<0>", document.meta_as(Template).title)  # pandoc takes it for Markdown
    title = json.dumps(title, ensure_ascii=False)
    return f"---\ntitle: {title}\nlang: zh-CN\n---\n\n{body.strip()}"


@cache
def _makers() -> str:
    """What makes documents of their texts beside the house style: pandoc, and what lays out tables."""
    layout = Path(tables.__file__).read_text(encoding="utf-8")
    return "\n".join([pypandoc.get_pandoc_version(), data_text("publicity.word", "convert.lua"), layout])
