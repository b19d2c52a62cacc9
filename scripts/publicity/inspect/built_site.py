"""A built site as an inspector's crawler sees it: the tags, links, anchors, pictures and dates of each page."""

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from publicity.models.fields.web import AddressError, read_target

_ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action"}
_SILENT = frozenset({"script", "style", "template"})


@dataclass
class BuiltPage:
    """A page. `name` is its path in the site, such as `policies/x/index.html`; lines count from 1."""

    name: str
    tags: dict[str, str] = field(default_factory=dict)  # <meta name="…">, names in small letters
    links: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    unnamed_images: list[tuple[int, str]] = field(default_factory=list)
    main: str = ""  # the text of <main>
    title: str = ""
    redirects: bool = False

    @property
    def address(self) -> str:
        """Its address below the site's root, such as `policies/x/`; empty for the home page."""
        return self.name.removesuffix("index.html")

    @property
    def is_content(self) -> bool:
        """Whether readers come here to read: no error page, no redirect, nothing kept from search engines."""
        robots = self.tags.get("robots", "")
        return not (self.redirects or "noindex" in robots or posixpath.basename(self.name) == "404.html")


@dataclass(frozen=True)
class BuiltSite:
    """The folder of a built site, read. `files` are all its paths."""

    name: str
    pages: dict[str, BuiltPage]
    files: frozenset[str]

    def fault(self, page: BuiltPage, target: str) -> bool:
        """Whether a link of a page leads nowhere inside the site; addresses elsewhere are not judged here."""
        try:
            leads = read_target(target)
        except AddressError:
            return False
        if leads.scheme or target.startswith("/"):
            return False
        folder = posixpath.dirname(page.name)
        path = posixpath.normpath(posixpath.join(folder, leads.path)) if leads.path else page.name
        if path == ".":
            path = "index.html"
        elif path not in self.files:
            path = posixpath.join(path, "index.html")
        if path not in self.files:
            return True
        anchor = leads.anchor
        return bool(anchor) and path in self.pages and anchor not in self.pages[path].anchors and anchor != "top"


def read_site(folder: Path, name: str) -> BuiltSite:
    """Read every page of a built site; `name` is the folder as shown to people."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    pages = {}
    for file, path in sorted(files.items()):
        if file.endswith(".html"):
            reader = _PageReader(file)
            reader.feed(path.read_text(encoding="utf-8"))
            reader.close()
            reader.page.main = re.sub(r"\s+", " ", "".join(reader.main))
            pages[file] = reader.page
    return BuiltSite(name, pages, frozenset(files))


class _PageReader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.page = BuiltPage(name)
        self.main: list[str] = []
        self._open: list[str] = []  # of the tags that matter: main, title, and those whose text nobody sees

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if tag in {"main", "title", *_SILENT}:
            self._open.append(tag)
        if identity := values.get("id"):
            self.page.anchors.add(identity)
        if tag == "meta":
            self._meta(values)
        if tag == "img" and "alt" not in values:
            self.page.unnamed_images.append((line, values.get("src", "")))
        if (attribute := _ADDRESSES.get(tag)) and attribute in values:
            self.page.links.append((line, values[attribute]))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "main" not in self._open:
            self.page.title += data
        elif "main" in self._open and not _SILENT.intersection(self._open):
            self.main.append(data)

    def _meta(self, values: dict[str, str]) -> None:
        if "name" in values:
            self.page.tags[values["name"].lower()] = values.get("content", "").strip()
        if values.get("http-equiv", "").lower() == "refresh":
            self.page.redirects = True
