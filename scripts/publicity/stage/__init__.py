"""Write the column as plain Markdown pages, `<lang>/<collection>/<slug>.md`, whose front matter holds all that a template shows.

Nothing here knows MkDocs: any generator that reads Markdown with front matter could take over from this folder.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publicity.models import LANGUAGES, Language
from publicity.read.attachments.named import files_in_bodies
from publicity.read.content import Column, Document
from publicity.read.relations import redirects
from publicity.stage import facets
from publicity.stage.base import page_base
from publicity.stage.entry import entry_page
from publicity.stage.files.attachments import made_video, size_text
from publicity.stage.files.folder import Part, write_page
from publicity.stage.glossary import Linker, linker_of
from publicity.stage.index import index_page
from publicity.stage.own import tasks
from publicity.stage.own.pages import own_page, redirect_page
from publicity.stage.page_tags import entry_tags, event_of, faq_of, index_tags, page_tags, picture_of

_NOTHING: Mapping[str, Path] = MappingProxyType({})
_OFFERED = (
    *("issue.pdf", "issue.epub", "picture.png", "cover.png"),
    *("compilation.pdf", "compilation.docx", "compilation.epub"),
    "slides.pptx",
)


def stage(
    column: Column, documents: dict[str, Path], scaled: frozenset[str], takeaways: Mapping[str, Path] = _NOTHING
) -> list[Part]:
    """All texts of a column in parts that do not need each other, each with its path in the staging folder when it is made.

    `documents` are the .docx files by their paths, `scaled` the paths of pictures that have a smaller form, too,
    `takeaways` the editions beside their issues, compilations, slides and single entries, by their paths in the site.
    """
    linker, files = linker_of(column.content), {**takeaways, **documents}

    def pages(language: Language) -> Part:
        def made(
            path: str, document: Document | None, make: Callable[[], tuple[dict[str, Any], str]]
        ) -> tuple[str, str]:
            meta, body = make()
            if offered := _editions(takeaways, path):
                meta["editions"] = offered
            if document and scaled and body and (pictures := sorted(scaled & files_in_bodies(document))):
                meta["scaled"] = pictures
            if document and f"{path.removesuffix('.md')}/video.mp4" in takeaways:
                meta["video"] = made_video(column, document, takeaways, language)
            return f"{language}/{path}", write_page(meta, body)

        for path, document, make in _pages(column, language, files, linker):
            yield f"{language}/{path}", partial(made, path, document, make)

    return [_sheets(column), *map(pages, LANGUAGES)]


def _sheets(column: Column) -> Part:
    """The rules by which lists are narrowed."""
    for collection in column.content.entries:
        yield f"filters of {collection}", partial(facets.stylesheet, column, collection)
    yield "filters of tasks", partial(tasks.stylesheet, column)


def _editions(takeaways: Mapping[str, Path], path: str) -> list[dict[str, str]]:
    """What an issue's page or a collection's index offers, the first picture of several standing for all."""
    folder = path.removesuffix("index.md") if path.endswith("/index.md") else f"{path.removesuffix('.md')}/"
    own = {name.removeprefix(folder): file for name, file in takeaways.items() if name.startswith(folder)}
    return [
        {"name": name, "url": f"{folder}{name}", "size": size_text(own[name].stat().st_size)}
        for name in _OFFERED
        if name in own
    ]


def _pages(
    column: Column, language: Language, files: Mapping[str, Path], linker: Linker
) -> Iterator[tuple[str, Document | None, Callable[[], tuple[dict[str, Any], str]]]]:
    """Every page: its path, the document that it shows, and what makes its front matter and body."""
    for document in column.content.pages.values():
        yield document.path, document, partial(_own_page, column, document, language, linker)
    for path, target in redirects(column.content).items():
        yield path, None, partial(_redirect, column, path, target, language)
    for collection, entries in column.content.entries.items():
        yield f"{collection}/index.md", None, partial(_index, column, collection, language)
        for document in entries.values():
            yield document.path, document, partial(_entry, column, document, language, files, linker)


def _own_page(column: Column, document: Document, language: Language, linker: Linker) -> tuple[dict[str, Any], str]:
    staged, body = own_page(column, document, language)
    staged["page_tags"] = page_tags(column, document, staged["title"], staged["description"], language)
    return staged, linker.link(document, body, staged["body_language"])


def _redirect(column: Column, path: str, target: Document, language: Language) -> tuple[dict[str, Any], str]:
    return redirect_page(column, path, target, language), ""


def _index(column: Column, collection: str, language: Language) -> tuple[dict[str, Any], str]:
    return index_page(column, collection, language) | {"page_tags": index_tags(column, collection, language)}, ""


def _entry(
    column: Column, document: Document, language: Language, files: Mapping[str, Path], linker: Linker
) -> tuple[dict[str, Any], str]:
    staged, body = entry_page(column, document, language)
    staged["downloads"] = _downloads(files, document.path)
    staged |= {"page_tags": entry_tags(column, document, language), "picture": picture_of(document)}
    staged |= {"faq": faq_of(document, language), "event": event_of(document, language)}
    linked = linker.link(document, body, staged["body_language"])
    return page_base(language, document.path, "", "", "") | staged, linked


def _downloads(files: Mapping[str, Path], path: str) -> list[dict[str, str]]:
    """The Word file and the PDF that lie beside an entry's page, of those that there are."""
    places = {form: f"{path.removesuffix('.md')}.{form}" for form in ("docx", "pdf")}
    return [
        {"form": form, "url": place, "size": size_text(files[place].stat().st_size)}
        for form, place in places.items()
        if place in files
    ]
