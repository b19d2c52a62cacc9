"""Write the column as plain Markdown pages, `<lang>/<collection>/<slug>.md`, whose front matter holds all that a template shows.

Nothing here knows MkDocs: any generator that reads Markdown with front matter could take over from this folder.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from publicity.models import LANGUAGES, Language
from publicity.read.attachments.named import files_in_bodies
from publicity.read.content import Column
from publicity.read.relations import redirects
from publicity.stage import facets
from publicity.stage.base import page_base
from publicity.stage.entry import entry_page
from publicity.stage.files.attachments import made_video, size_text
from publicity.stage.files.folder import write_page
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
) -> list[Iterator[tuple[str, str]]]:
    """All pages of a column in parts that do not need each other, each page with its path in the staging folder.

    `documents` are the .docx files by their paths, `scaled` the paths of pictures that have a smaller form, too,
    `takeaways` the editions beside their issues, compilations, slides and single entries, by their paths in the site.
    """
    linker, files = linker_of(column.content), {**takeaways, **documents}
    shown = {document.path: files_in_bodies(document) for document in column.content.documents()} if scaled else {}
    videos = {
        one.path: one
        for one in column.content.all_entries()
        if f"{one.path.removesuffix('.md')}/video.mp4" in takeaways
    }

    def pages(language: Language) -> Iterator[tuple[str, str]]:
        for path, meta, body in _pages(column, language, files, linker):
            if offered := _editions(takeaways, path):
                meta["editions"] = offered
            if body and (pictures := sorted(scaled & shown.get(path, frozenset()))):
                meta["scaled"] = pictures
            if made := videos.get(path):
                meta["video"] = made_video(column, made, takeaways, language)
            yield f"{language}/{path}", write_page(meta, body)

    return [*map(pages, LANGUAGES), _sheets(column)]


def _sheets(column: Column) -> Iterator[tuple[str, str]]:
    """The rules by which lists are narrowed."""
    yield from (facets.stylesheet(column, collection) for collection in column.content.entries)
    yield tasks.stylesheet(column)


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
) -> Iterator[tuple[str, dict[str, Any], str]]:
    for document in column.content.pages.values():
        staged, body = own_page(column, document, language)
        staged["page_tags"] = page_tags(column, document, staged["title"], staged["description"], language)
        yield document.path, staged, linker.link(document, body, staged["body_language"])
    for path, target in redirects(column.content).items():
        yield path, redirect_page(column, path, target, language), ""
    for collection, entries in column.content.entries.items():
        index = index_page(column, collection, language) | {"page_tags": index_tags(column, collection, language)}
        yield f"{collection}/index.md", index, ""
        for document in entries.values():
            staged, body = entry_page(column, document, language)
            staged["downloads"] = _downloads(files, document.path)
            staged |= {"page_tags": entry_tags(column, document, language), "picture": picture_of(document)}
            staged |= {"faq": faq_of(document, language), "event": event_of(document, language)}
            linked = linker.link(document, body, staged["body_language"])
            yield document.path, page_base(language, document.path, "", "", "") | staged, linked


def _downloads(files: Mapping[str, Path], path: str) -> list[dict[str, str]]:
    """The Word file and the PDF that lie beside an entry's page, of those that there are."""
    places = {form: f"{path.removesuffix('.md')}.{form}" for form in ("docx", "pdf")}
    return [
        {"form": form, "url": place, "size": size_text(files[place].stat().st_size)}
        for form, place in places.items()
        if place in files
    ]
