"""The service worker of a built site, which keeps the assessment usable without a network."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from scoring_bundler.errors import BundleError

_TEMPLATE = Path(__file__).parent / "service-worker.js"
_LIST = 'const kept = { version: "", files: {} };'
# Only the ordinary start needs these, which would triple what is kept; Word files are rarely asked for; what is kept is not packed;
# and no page shows the licences.
_NOT_KEPT = re.compile(r"pyodide\..*|ordinary\.js|docx\.js|.*\.zip|.*\.txt|probe\.wasm")
_PACKED = {"python-snapshot.wasm": "python-snapshot.zip"}
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_LOADING = {"link": "href", "script": "src", "img": "src"}
_LOADING_LINKS = {"stylesheet", "icon", "modulepreload", "preload"}
# A hash, or a version in the query: then another content has another address.
_IMMUTABLE = re.compile(r"[0-9a-f]{8}|\?")


def service_worker(*, site: Path, pages: Sequence[str], engine: str, standard: str) -> str:
    """The text of `sw.js`, to be put at the root of the site when nothing else in it changes any more.

    Args:
        site: the folder of the built site.
        pages: addresses of the assessment's pages in it, such as "assessment/", "en/assessment/".
        engine: address of the engine's folder in it, such as "engine/0123456789abcdef/".
        standard: the one that the pages ask about, such as "chongqing-2023.json"; the engine may hold others.

    Raises:
        BundleError: a page or a file it loads is missing.
    """
    addresses = {*pages}
    for page in pages:
        addresses |= set(_loaded_by(site, page))
    for file in (site / engine).rglob("*"):
        of_another = file.suffix == ".json" and file.name != standard
        if file.is_file() and not of_another and not _NOT_KEPT.fullmatch(file.name):
            addresses.add(file.relative_to(site).as_posix())
    files = {
        address: {
            "sha256": hashlib.sha256(_content(site, address)).hexdigest(),
            "immutable": bool(_IMMUTABLE.search(address)),
            **_packed(site, address),
        }
        for address in sorted(addresses)
    }
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]
    template = _TEMPLATE.read_text(encoding="utf-8")
    if template.count(_LIST) != 1:
        raise BundleError("engine-other-file", file=_TEMPLATE.name, text=_LIST, count=template.count(_LIST))
    listed = ",\n".join(
        f"{json.dumps(address)}:{json.dumps(file, separators=(',', ':'))}" for address, file in files.items()
    )
    return template.replace(_LIST, f'const kept = {{ version: "{version}", files: {{\n{listed}\n}} }};')


def _packed(site: Path, address: str) -> dict[str, dict[str, str | int]]:
    """Where else a file's content lies, packed: in a zip file of its own, its stream behind the local header."""
    packed = _PACKED.get(address.rpartition("/")[2])
    if packed is None:
        return {}
    file = site / address
    with zipfile.ZipFile(file.with_name(packed)) as archive:
        (member,) = archive.infolist()
    start = len(member.FileHeader())
    return {"packed": {"address": address.replace(file.name, packed), "start": start, "bytes": member.compress_size}}


def _loaded_by(site: Path, address: str) -> Iterator[str]:
    """The addresses of all that a page or a style sheet loads from the site, directly or through a style sheet."""
    text = _content(site, address).decode()
    references = _CSS_URL.findall(text) if _path(address).endswith(".css") else _References(text).found
    for reference in references:
        target = urljoin(address, reference)
        if not reference.startswith("#") and not urlsplit(reference).scheme:
            target = target.split("#")[0]
            yield target
            if _path(target).endswith(".css"):
                yield from _loaded_by(site, target)


def _content(site: Path, address: str) -> bytes:
    path = _path(address)
    file = site / (path + "index.html" if path.endswith("/") or not path else path)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BundleError("offline-missing-file", address=address, file=str(file)) from None


def _path(address: str) -> str:
    return unquote(urlsplit(address).path)


class _References(HTMLParser):
    """Collects what a page loads when it is opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        values = dict(attrs)
        reference = values.get(_LOADING.get(tag, ""))
        if reference and (tag != "link" or _LOADING_LINKS & set((values.get("rel") or "").split())):
            self.found.append(reference)
