"""Recipes for servers: headers, types, caching, error pages of each language and permanent redirects, as each server wants them.

Where servers look for their recipe in the published folder, a finisher puts it there; nginx, Caddy and lighttpd look nowhere, so
`publicity nginx`, `caddy` and `lighttpd` print theirs.
"""

import mimetypes
from collections.abc import Iterable

import jinja2

from publicity.addresses import base_path, url_of
from publicity.models import LANGUAGES
from publicity.read.content import Column
from publicity.read.relations import redirects
from publicity.servers.headers import HEADERS

_FOREVER = "public, max-age=31536000, immutable"
_UNCHANGING = "(engine/|assets/|(en/)?search/index-)"
"""Addresses that change with what lies there, from the column's root, as a regular expression."""
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".doc": "application/msword",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".wps": "application/wps-office.wps",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".et": "application/wps-office.et",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".dps": "application/wps-office.dps",
    ".zip": "application/zip",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt",
}
"""The types of attachments and media: servers know some of them, and none knows all."""
TO_PRINT = {"nginx": "nginx.conf", "caddy": "Caddyfile", "lighttpd": "lighttpd.conf"}
"""The servers whose recipe the command of their name prints, each with its file in `servers/`."""
_TEXTS = ("text/html", "text/css", "text/javascript", "text/plain", "text/xml", "application/json")
_ENDINGS = (".html", ".css", ".js", ".json", ".wasm", ".xml", ".svg", ".png", ".jpg", ".webp", ".ics", ".txt", ".woff2")
"""What every site may hold beside attachments."""
_TYPES = {".js": "text/javascript", ".wasm": "application/wasm", **MEDIA_TYPES}
_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("publicity", "servers"),
    autoescape=False,  # noqa: S701 - these are no pages; web.config escapes its values itself
    undefined=jinja2.StrictUndefined,
    keep_trailing_newline=True,
)


def recipe(name: str, column: Column, site_url: str | None, endings: Iterable[str] = ()) -> str:
    """A recipe by its file's name in `servers/`, such as `nginx.conf`; `endings` are those of the site's files."""
    base = base_path(site_url)
    moved = {
        base + url_of(old, language): base + url_of(document.path, language).removeprefix("./")
        for old, document in redirects(column.content).items()
        for language in LANGUAGES
    }
    # The table that Python brings along, not this machine's: equal sites shall have equal recipes.
    known = mimetypes.MimeTypes().types_map[True]
    listed = sorted(endings) or sorted({*_ENDINGS, *MEDIA_TYPES})
    types = {ending: _TYPES.get(ending) or known.get(ending, "application/octet-stream") for ending in listed}
    return _templates.get_template(name).render(
        base=base,
        headers=HEADERS,
        redirects=moved,
        forever=_FOREVER,
        unchanging=_UNCHANGING,
        types=types,
        texts=_TEXTS,
        media=MEDIA_TYPES,
    )
