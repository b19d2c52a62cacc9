"""The frame of somebody else's portal around the column: its header, footer and styles, from HTML and CSS beside region.yml.

Two readers see the HTML. Ours names, with its line, everything that has no place on these pages; nh3 then writes what is left as a
browser will read it, so that nothing can slip through where the two readers differ.
"""

import hashlib
import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import nh3

from publicity.models import Region
from publicity.problems import Problem, did_you_mean, raw
from publicity.project import files_below
from publicity.read.media import medium_problems
from publicity.read.portal_css import FRAME, namespaced
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
_HINTS = {
    "script": "pages carry no script of others",
    "style": "put styles into the file that `host.styles` names",
    "link": "put styles into the file that `host.styles` names",
    "form": "link to the portal's search page instead",
    "iframe": "pages load nothing from other sites",
    "header": "write <div>: the page has its own header",
    "footer": "write <div>: the page has its own footer",
    "nav": "write <div>: the page has its own navigation",
}
_UNCLOSED = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",  # hold nothing
    "dd", "dt", "li", "p",  # end by themselves where the next begins
}  # fmt: skip
_DEEPEST = 100
"""Tags that may be open at one place. A browser's time to read them grows with their square, and so does nh3's."""
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
        """A short hash of the styles, for the query of their address."""
        return hashlib.sha256(self.styles.encode("utf-8")).hexdigest()[:10]


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
            expected = did_you_mean(file, self._known) or f"; expected a file in {self._name}/{FOLDER}/"
            self.problems.append(raw(source.name, source.line(key), f"no file `{file}`{expected}"))
            return ""
        text, problems = read_text(self._folder / file, f"{self._name}/{file}")
        self.problems += problems
        return text or ""

    def html(self, file: str, text: str) -> str:
        """HTML that may stand on our pages."""
        parser = _Checker()
        parser.read(text)
        self.problems += [raw(f"{self._name}/{file}", line, message) for line, message in parser.problems]
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
            url_schemes={"http", "https", "mailto", "tel"},
        )
        return clean.strip()

    def css(self, file: str, text: str) -> str:
        """Styles that reach nothing but the frame."""
        name = f"{self._name}/{file}"

        def report(line: int, message: str) -> None:
            self.problems.append(raw(name, line, message))

        return namespaced(text, lambda address, line: self._file(file, address, line), report)

    def _rewrite(self, file: str, name: str, value: str, line: int) -> str | None:
        """An attribute's value as it stands on our pages; None where there is none."""
        if name in _NAMES:
            return " ".join(f"{FRAME}-{word}" for word in value.split())
        try:
            if name == "src" and value:
                return ADDRESS + self._file(file, value, line)
            if name == "href" and value:
                return self._link(file, value, line)
        except ValueError:  # no address: the checker has named it
            return None
        return value

    def _file(self, file: str, address: str, line: int) -> str:
        """The place of a named file below `assets/portal/`."""
        parts = urlsplit(address)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))
        if parts.scheme or parts.netloc:
            fault = f"`{address[:60]}` lies elsewhere; save the file in {self._name}/{FOLDER}/ and name it: pages load nothing from other sites"
        elif path not in self._known:
            fault = f"no file `{path}`{did_you_mean(path, self._known)}"
        elif posixpath.splitext(path)[1].lower() not in _FILES:
            fault = f"`{path}` is no picture or font; expected one of {', '.join(sorted(_FILES))}"
        else:
            inside = path.removeprefix(f"{FOLDER}/")
            if inside not in self.files:
                self.problems += medium_problems(self._folder / path, f"{self._name}/{path}")
            self.files[inside] = self._folder / path
            return inside
        self.problems.append(raw(f"{self._name}/{file}", line, fault))
        return ""

    def _link(self, file: str, address: str, line: int) -> str:
        """A link as it leads on from any page: one that is relative to the portal needs the portal's address."""
        if address.startswith("#"):
            return f"#{FRAME}-{address[1:]}"
        if urlsplit(address).scheme:
            return address
        if not self._site:
            message = (
                f"`{address}` is an address on the portal, whose own is not known; expected `site.url` in region.yml"
            )
            self.problems.append(raw(f"{self._name}/{file}", line, message))
            return address
        return urljoin(self._site, address)


class _Checker(HTMLParser):
    """Names what has no place in a frame: (line, message); `addresses` are those it links to or shows."""

    is_too_deep = False
    """Whether more tags stand open at one place than may."""

    def __init__(self) -> None:
        super().__init__()
        self._open: Counter[str] = Counter()
        self.problems: list[tuple[int, str]] = []
        self.addresses: list[tuple[int, str]] = []

    def read(self, text: str) -> None:
        """Read a whole file. What follows a tag without an end is dropped, as browsers do: to go on there takes time by its square."""
        self.feed(text)
        if self.rawdata.startswith("<"):
            tag = self.rawdata.split("\n", 1)[0]
            self.problems.append((self.getpos()[0], f"`{tag[:30]}` has no end; expected `>`, or `-->` after a comment"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self._count(tag, line)
        if tag not in _TAGS:
            hint = _HINTS.get(tag, "write <div>, <p>, <ul>, <a> or <img>")
            self.problems.append((line, f"the HTML tag `<{tag}>` is not taken over; {hint}"))
            return
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.addresses.append((line, value))
                self._check_address(value, line)
            elif name == "style":
                self.problems.append((line, f"the attribute `style` is not taken over; {_HINTS['style']}"))
            elif name.startswith("on"):
                self.problems.append((line, f"the event attribute `{name}` is not taken over; {_HINTS['script']}"))
            elif name not in _ATTRIBUTES and not name.startswith("aria-"):
                self.problems.append((line, f"the attribute `{name}` is not taken over; remove it"))
        if tag == "img" and dict(attrs).get("alt") is None:
            self.problems.append(
                (line, 'an image without `alt`; say what it shows, or write alt="" where it only adorns')
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _TAGS:  # to a browser, `<div/>` is open
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag]:
            self._open[tag] -= 1

    def _check_address(self, address: str, line: int) -> None:
        scheme = re.sub(r"[\x00-\x20]", "", address).lower().partition(":")[0]
        if scheme in ("javascript", "vbscript", "data"):
            self.problems.append((line, f"a `{scheme}:` address is not taken over; expected a page or a file"))
        try:
            urlsplit(address)
        except ValueError:
            self.problems.append((line, f"`{address[:60]}` is no address; expected one such as https://www.gov.cn/"))

    def _count(self, tag: str, line: int) -> None:
        if tag in _UNCLOSED:
            return
        self._open[tag] += 1
        if not self.is_too_deep and self._open.total() > _DEEPEST:
            self.is_too_deep = True
            message = f"more than {_DEEPEST} tags stand open here; close each by its own end tag, such as `</{tag}>`"
            self.problems.append((line, message))
