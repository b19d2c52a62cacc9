"""The frame of somebody else's portal around the column: its header, footer and styles, from HTML and CSS beside region.yml.

Two readers see the HTML. Ours names, with its line, everything that has no place on these pages; nh3 then writes what is left as a
browser will read it, so that nothing can slip through where the two readers differ.
"""

import hashlib
import posixpath
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nh3

from publicity.models import Region
from publicity.models.fields.web import AddressError, LinkTarget, joined, read_target
from publicity.problems import Problem, near
from publicity.project import files_below
from publicity.read.files.media import medium_problems
from publicity.read.portal.css import FRAME, namespaced
from publicity.read.source import Source, read_text

FOLDER = "portal"
"""Where the frame's files lie in a region's folder, and in the site's assets."""
ADDRESS = "portal-file:"
"""Stands in the HTML before a file's name; a template puts the way from its page there."""

_TAGS = {
    "a", "abbr", "address", "b", "br", "dd", "div", "dl", "dt", "em", "hr", "i", "img", "li", "ol", "p", "small", "span", "strong",
    "sub", "sup", "time", "ul",
}  # fmt: skip
_ATTRIBUTES = {"alt", "class", "height", "href", "id", "lang", "rel", "src", "target", "title", "width"}
_NAMES = {"class", "id", "aria-labelledby", "aria-describedby", "aria-controls"}
"""Attributes that hold names, which must not be those of our own pages."""
_TAG_CODES = {
    "script": "portal-tag-script", "style": "portal-tag-styles", "link": "portal-tag-styles", "form": "portal-tag-form",
    "iframe": "portal-tag-frame", "header": "portal-tag-landmark", "footer": "portal-tag-landmark", "nav": "portal-tag-landmark",
}  # fmt: skip
"""The code of the problem for a tag that has a better answer than another tag."""
_UNCLOSED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",  # hold nothing
    "dd", "dt", "li", "p",  # end by themselves where the next begins
}  # fmt: skip
_DEEPEST = 100
"""Tags that may be open at one place. A browser's time to read them grows with their square, and so does nh3's."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_FILES = {".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".woff2"}


@dataclass(frozen=True)
class Portal:
    """A portal's frame, ready to be put around every page. `files` are by their path below `assets/portal/`."""

    header: str
    footer: str
    styles: str
    files: dict[str, Path]

    @property
    def version(self) -> str:
        """A short hash of the styles and files, by which their folder is named."""
        digest = hashlib.sha256(self.styles.encode("utf-8"))
        for name, file in sorted(self.files.items()):
            digest.update(name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()[:10]


def read_portal(region: Region, source: Source, folder: Path) -> tuple[Portal | None, list[Problem]]:
    """The frame that a region names under `host`, its files read from the region's `folder`; every problem in them."""
    if region.host is None:
        return None, []
    reader = _Reader(folder, posixpath.dirname(source.name), region.site.url)
    texts = {}
    for key in ("header", "footer", "styles"):
        file = getattr(region.host, key)
        if file is not None:
            texts[key] = reader.read(file, source, ("host", key))
    header, footer = (
        reader.html(region.host.header, texts["header"]),
        reader.html(region.host.footer, texts["footer"]),
    )
    styles = reader.css(region.host.styles, texts["styles"]) if region.host.styles else ""
    return Portal(header, footer, styles, reader.files), reader.problems


class _Reader:
    """Reads the files of one frame; collects the files that they name, and every problem."""

    def __init__(self, folder: Path, name: str, site: str | None) -> None:
        self.files: dict[str, Path] = {}
        self.problems: list[Problem] = []
        self._folder = folder
        self._name = name
        self._site = site
        self._known = {f"{FOLDER}/{path}" for path in files_below(folder / FOLDER)}

    def read(self, file: str, source: Source, key: tuple[str, str]) -> str:
        """The text of a file that region.yml names."""
        if file not in self._known:
            self.problems.append(source.problem(key, "portal-no-file", **self._missing(file)))
            return ""
        text, problems = read_text(self._folder / file, f"{self._name}/{file}")
        self.problems += problems
        return text or ""

    def html(self, file: str, text: str) -> str:
        """HTML that may stand on our pages."""
        parser = _Checker()
        parser.read(text)
        self.problems += [Problem(f"{self._name}/{file}", *fault) for fault in parser.problems]
        if parser.is_too_deep:
            return ""
        lines = {address: line for line, address in reversed(parser.addresses)}

        def rewrite(tag: str, name: str, value: str) -> str | None:
            # nh3 asks about tags that it will drop, too.
            return self._rewrite(file, name, value, lines.get(value, 1)) if tag in _TAGS else None

        clean = nh3.clean(
            text,
            tags=_TAGS,
            attributes={"*": _ATTRIBUTES - {"rel"}},
            attribute_filter=rewrite,
            generic_attribute_prefixes={"aria-"},
            link_rel="noopener",
            url_schemes=_SCHEMES,
        )
        return clean.strip()

    def css(self, file: str, text: str) -> str:
        """Styles that reach nothing but the frame."""

        def report(line: int, code: str, /, **values: object) -> None:
            self._add(file, line, code, **values)

        return namespaced(text, lambda address, line: self._file(file, address, line), report)

    def _add(self, file: str, line: int, code: str, /, **values: object) -> None:
        self.problems.append(Problem(f"{self._name}/{file}", line, code, values))

    def _missing(self, file: str) -> dict[str, object]:
        """What is said of a file that is not there."""
        return {"file": file, "folder": f"{self._name}/{FOLDER}", "hint": near(file, self._known)}

    def _rewrite(self, file: str, name: str, value: str, line: int) -> str | None:
        """An attribute's value as it stands on our pages; None where there is none."""
        if name in _NAMES:
            return " ".join(f"{FRAME}-{word}" for word in value.split())
        try:
            if name == "src" and value:
                return ADDRESS + self._file(file, value, line)
            if name == "href" and value:
                return self._link(file, value, line)
        except AddressError:  # the checker has named it
            return None
        return value

    def _file(self, file: str, address: str, line: int) -> str:
        """The place of a named file below `assets/portal/`."""
        try:
            leads = _target(address)
        except AddressError as error:
            self._add(file, line, error.code, **error.values)
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), leads.path))
        if leads.scheme:
            self._add(file, line, "portal-file-elsewhere", address=address[:60], folder=f"{self._name}/{FOLDER}")
        elif path not in self._known:
            self._add(file, line, "portal-no-file", **self._missing(path))
        elif posixpath.splitext(path)[1].lower() not in _FILES:
            self._add(file, line, "portal-file-kind", file=path, kinds=sorted(_FILES))
        else:
            inside = path.removeprefix(f"{FOLDER}/")
            if inside not in self.files:
                self.problems += medium_problems(self._folder / path, f"{self._name}/{path}")
            self.files[inside] = self._folder / path
            return inside
        return ""

    def _link(self, file: str, address: str, line: int) -> str:
        """A link as it leads on from any page: one that is relative to the portal needs the portal's address."""
        if address.startswith("#"):
            return f"#{FRAME}-{address[1:]}"
        if _target(address).scheme and not address.startswith("//"):
            return address
        if not self._site:
            self._add(file, line, "portal-no-site-url", address=address)
            return address
        return joined(address, self._site)


def _target(address: str) -> LinkTarget:
    """Where an address leads; on a portal one may go without its scheme, and have the page's.

    Raises:
        AddressError: it is no web address.
    """
    return read_target(f"https:{address}" if address.startswith("//") else address)


class _Checker(HTMLParser):
    """Names what has no place in a frame: (line, code, values); `addresses` are those it links to or shows."""

    is_too_deep = False
    """Whether more tags stand open at one place than may."""

    def __init__(self) -> None:
        super().__init__()
        self._open: Counter[str] = Counter()
        self.problems: list[tuple[int, str, dict[str, object]]] = []
        self.addresses: list[tuple[int, str]] = []

    def read(self, text: str) -> None:
        """Read a whole file. What follows a tag without an end is dropped, as browsers do: to go on there takes time by its square."""
        self.feed(text)
        if self.rawdata.startswith("<"):
            tag = self.rawdata.split("\n", 1)[0]
            self._add(self.getpos()[0], "portal-unclosed-tag", tag=tag[:30])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self._count(tag, line)
        if tag not in _TAGS:
            self._add(line, _TAG_CODES.get(tag, "portal-tag"), tag=tag)
            return
        for name, value in attrs:
            self._check_attribute(name, value, line)
        if tag == "img" and dict(attrs).get("alt") is None:
            self._add(line, "portal-image-text")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _TAGS:  # to a browser, `<div/>` is open
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag]:
            self._open[tag] -= 1

    def _add(self, line: int, code: str, /, **values: object) -> None:
        self.problems.append((line, code, values))

    def _check_attribute(self, name: str, value: str | None, line: int) -> None:
        if name in ("href", "src") and value:
            self.addresses.append((line, value))
            self._check_address(value, line)
        elif name == "style":
            self._add(line, "portal-attribute-style", name=name)
        elif name.startswith("on"):
            self._add(line, "portal-attribute-event", name=name)
        elif name not in _ATTRIBUTES and not name.startswith("aria-"):
            self._add(line, "portal-attribute", name=name)

    def _check_address(self, address: str, line: int) -> None:
        try:
            scheme = _target(address).scheme
        except AddressError as error:
            self._add(line, error.code, **error.values)
            return
        if scheme and scheme not in _SCHEMES:
            self._add(line, "forbidden-scheme", scheme=scheme)

    def _count(self, tag: str, line: int) -> None:
        if tag in _UNCLOSED:
            return
        self._open[tag] += 1
        if not self.is_too_deep and self._open.total() > _DEEPEST:
            self.is_too_deep = True
            self._add(line, "portal-too-deep", most=_DEEPEST, tag=tag)
