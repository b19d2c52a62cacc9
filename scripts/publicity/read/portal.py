"""The frame of somebody else's portal around the column: its header, footer and styles, from HTML and CSS beside region.yml.

Two readers see the HTML. Ours names, with its line, everything that has no place on these pages; nh3 then writes what is left as a
browser will read it, so that nothing can slip through where the two readers differ.
"""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup, Tag

from publicity.models import Region
from publicity.problems import Problem, did_you_mean, raw
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
        self._known = {path.relative_to(folder).as_posix() for path in (folder / FOLDER).rglob("*") if path.is_file()}

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
        parser.feed(text)
        parser.close()
        self.problems += [raw(f"{self._name}/{file}", line, message) for line, message in parser.problems]
        clean = nh3.clean(
            text,
            tags=_TAGS,
            attributes={"*": _ATTRIBUTES - {"rel"}},
            generic_attribute_prefixes={"aria-"},
            link_rel="noopener",
            url_schemes={"http", "https", "mailto", "tel"},
        )
        soup = BeautifulSoup(clean, "html.parser")
        lines = {address: line for line, address in reversed(parser.addresses)}
        for tag in soup.find_all(True):
            self._rename(tag)
            if src := tag.get("src"):
                tag["src"] = ADDRESS + self._file(file, str(src), lines.get(str(src), 1))
            if href := tag.get("href"):
                tag["href"] = self._link(file, str(href), lines.get(str(href), 1))
        return str(soup).strip()

    def css(self, file: str, text: str) -> str:
        """Styles that reach nothing but the frame."""
        name = f"{self._name}/{file}"

        def report(line: int, message: str) -> None:
            self.problems.append(raw(name, line, message))

        return namespaced(text, lambda address, line: self._file(file, address, line), report)

    def _rename(self, tag: Tag) -> None:
        if classes := tag.get_attribute_list("class"):
            tag["class"] = " ".join(f"{FRAME}-{one}" for one in classes if one)
        for name in ("id", "aria-labelledby", "aria-describedby", "aria-controls"):
            if value := tag.get(name):
                tag[name] = " ".join(f"{FRAME}-{one}" for one in str(value).split())

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

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[tuple[int, str]] = []
        self.addresses: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag not in _TAGS:
            hint = _HINTS.get(tag, "write <div>, <p>, <ul>, <a> or <img>")
            self.problems.append((line, f"the HTML tag `<{tag}>` is not taken over; {hint}"))
            return
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.addresses.append((line, value))
                scheme = re.sub(r"[\x00-\x20]", "", value).lower().partition(":")[0]
                if scheme in ("javascript", "vbscript", "data"):
                    self.problems.append((line, f"a `{scheme}:` address is not taken over; expected a page or a file"))
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
