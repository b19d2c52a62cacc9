"""Entries that come to an address, or leave theirs: the files that change, and what else must change with them."""

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from publicity.check import published
from publicity.edit.drafts import EntryName, Files
from publicity.edit.form.choices import REFERS
from publicity.edit.front_matter import Data, MarkdownFile, text_in
from publicity.edit.git.repository import Changes

_TARGET = re.compile(r"(?P<before>\]\(|^\[[^\]\n]+\]:[ \t]+)(?P<target>[^)\s#]+)", re.MULTILINE)
"""The address of a link, and of a link's definition, up to its anchor."""
LISTS = ("/training.yml", "/tasks.yml", "/glossary.yml")
"""The files, besides entries and pages, that name entries."""


def with_address(files: Files, name: EntryName, data: Data, day: datetime.date) -> Changes:
    """The regions' lists of addresses once an entry is published: none that it holds may be lost from then on.

    Samples are there to be replaced, and what is under embargo is not published yet.
    """
    embargo = data.get("embargo")
    if data.get("sample") or (embargo and str(embargo) > day.isoformat()):
        return {}
    return dict(_changed(files, {path: published.with_address(text, _page(name)) for path, text in _lists(files)}))


def without(files: Files, name: EntryName, reason: str) -> Changes:
    """The files that change where an entry goes, and with it the old addresses that lead to it."""
    gone: dict[str, bytes | None] = {path: None for path in (name.path, name.english) if path in files}
    old = _aliases(MarkdownFile.of(text_in(files[name.path])), name) if name.path in files else {}
    pages = [_page(name), *(f"{path}.md" for path in old)]
    lists = {
        path: reduce(lambda text, page: published.without_address(text, page, reason), pages, text)
        for path, text in _lists(files)
    }
    return gone | dict(_changed(files, lists))


def is_on_own_pages(files: Files, name: EntryName) -> bool:
    """Whether a page of the site's own, such as the home page, leads to an entry; without the entry it does so no more."""
    pages = (MarkdownFile.of(text_in(content)).data for path, content in files.items() if path.startswith("docs/"))
    return any(_named(data, "", name, replace(name, slug="")) != data for data in pages)


def joined(path: str, before: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """A file that was published in two places, each in its own way, as one: a list of addresses can be joined, a text cannot."""
    if not path.endswith(published.FILE):
        return None
    return published.joined(text_in(before), text_in(ours), text_in(theirs)).encode()


def renamed(files: Files, name: EntryName, new: EntryName) -> Changes:
    """The files that change where an entry gets another name: itself, with its old address, and what refers to it."""
    texts = {path: text_in(content) for path, content in files.items() if path.endswith(".md")}
    changes: dict[str, bytes | None] = {}
    for path, text in texts.items():
        file = MarkdownFile.of(text)
        followed = _followed(file, _collection(path), name, new)
        if path in (name.path, name.english):
            changes[path] = None
            if path == name.path:
                old = _aliases(followed, name) | {f"{name.collection}/{name.slug}": name.slug}
                old.pop(f"{new.collection}/{new.slug}", None)  # the name that it has again
                followed = followed.with_data(followed.data | {"aliases": [*old.values()]})
            changes[new.path if path == name.path else new.english] = followed.text.encode()
        elif followed != file:
            changes[path] = followed.text.encode()
    lists = {path: text_in(content) for path, content in files.items() if path.endswith(LISTS)}
    changes |= _changed(files, {path: _followed_list(text, name, new) for path, text in lists.items()})
    held = {
        path: published.with_address(text, _page(new))
        for path, text in _lists(files)
        if published.holds(text, _page(name))
    }
    return changes | dict(_changed(files, held))


def _followed(file: MarkdownFile, collection: str, name: EntryName, new: EntryName) -> MarkdownFile:
    """A file whose references and links to an entry lead to its new name."""

    def target(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(collection, match["target"]))
        for old, now in ((name.path, new.path), (name.english, new.english)):
            if path == old.split("/", 2)[2]:
                place = match["target"].rpartition("/")
                return f"{match['before']}{place[0]}{place[1]}{posixpath.basename(now)}"
        return match[0]

    file = file.with_body(_TARGET.sub(target, file.body)) if name.slug in file.body else file
    return file.with_data(_named(file.data, "", name, new)) if name.slug in file.front_matter else file


def _followed_list(text: str, name: EntryName, new: EntryName) -> str:
    """A list in YAML, with its comments, in which an entry has its new name."""
    before = rf"(?<![\w/-])(?P<as>{name.collection}/{'|regulation: ' if name.collection == 'regulations' else ''})"
    return re.sub(rf"{before}{name.slug}(?![\w/-])", rf"\g<as>{new.slug}", text)


def _named(value: Any, key: str, name: EntryName, new: EntryName) -> Any:  # noqa: ANN401 - any value of YAML
    """Front matter in which an entry has its new name."""
    if isinstance(value, dict):
        return {
            inner: part if inner == "aliases" else _named(part, str(inner), name, new) for inner, part in value.items()
        }
    if isinstance(value, list):
        return [_named(part, key, name, new) for part in value]
    if value == name.slug and REFERS.get(key) == name.collection:
        return new.slug
    return f"{name.collection}/{new.slug}" if value == f"{name.collection}/{name.slug}" else value


def _aliases(file: MarkdownFile, name: EntryName) -> dict[str, str]:
    """An entry's aliases as they are written, by what they stand for: `cases/x`."""
    aliases = file.data.get("aliases")
    written = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
    return {alias if "/" in alias else f"{name.collection}/{alias}": alias for alias in written}


def _page(name: EntryName) -> str:
    return f"{name.collection}/{name.slug}.md"


def _collection(path: str) -> str:
    """The folder of a file on the site: `content/shared/cases/x.md` lies in `cases`, the pages of `docs` in none."""
    return "/".join(posixpath.dirname(path).split("/")[2:])


def _lists(files: Files) -> Iterator[tuple[str, str]]:
    """The lists of addresses among some files."""
    yield from ((path, text_in(content)) for path, content in files.items() if path.endswith(published.FILE))


def _changed(files: Files, texts: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    yield from ((path, text.encode()) for path, text in texts.items() if text != text_in(files.get(path, b"")))
