"""What a page costs on the line: all that it loads by itself, compressed as a server without brotli does it."""

import functools
import gzip
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

MOST = 40_000
"""Bytes of an article with everything; 60,000 would be bearable."""
_IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE)
_LOADED = (
    'link[rel="stylesheet"], link[rel="icon"], link[rel="modulepreload"], script[src], img[src]:not([loading="lazy"])'
)


@functools.cache
def _weight(file: Path) -> tuple[int, int]:
    """Compressed, and as it is; what is compressed already stays as it is."""
    content = file.read_bytes()
    packed = content if file.suffix in (".png", ".jpg", ".webp") else gzip.compress(content, 6)
    return len(packed), len(content)


@functools.cache
def _with_imports(file: Path) -> frozenset[Path]:
    """A file, and what it imports before anything runs."""
    if file.suffix != ".js":
        return frozenset({file})
    imports = (file.parent / address for address in _IMPORT.findall(file.read_text(encoding="utf-8")))
    return frozenset({file}.union(*(_with_imports(Path(posixpath.normpath(imported))) for imported in imports)))


def _loaded_by(page: Path, site: Path) -> set[Path]:
    base = f"/{page.relative_to(site).as_posix()}"
    document = LexborHTMLParser(page.read_text(encoding="utf-8"))
    addresses = (node.attributes.get("href") or node.attributes.get("src") or "" for node in document.css(_LOADED))
    paths = {
        unquote(urlsplit(urljoin(base, address)).path).lstrip("/")
        for address in addresses
        if not address.startswith("data:")
    }
    return {page}.union(*(_with_imports(site / path) for path in paths))


def test_an_article_with_everything_is_light(site: Path) -> None:
    articles = [
        page
        for page in site.rglob("*.html")
        if re.fullmatch(r"(en/)?(?!en/)\w+/[\w-]+/index\.html", page.relative_to(site).as_posix())
    ]
    weights = {
        page: [sum(sizes) for sizes in zip(*map(_weight, _loaded_by(page, site)), strict=True)] for page in articles
    }
    heaviest = max(weights, key=lambda page: weights[page][0])
    packed, plain = weights[heaviest]
    assert packed <= MOST, f"{heaviest.relative_to(site)}: {packed:,} bytes compressed, {plain:,} as they are"
