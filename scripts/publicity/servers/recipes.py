"""Recipes for servers: headers, types, caching, error pages of each language and permanent redirects, as each server wants them.

Where servers look for their recipe in the published folder, a finisher puts it there; nginx has none, so `publicity nginx` prints it.
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
    types = {ending: _TYPES.get(ending) or known.get(ending, "application/octet-stream") for ending in sorted(endings)}
    return _templates.get_template(name).render(
        base=base, headers=HEADERS, redirects=moved, forever=_FOREVER, types=types, media=MEDIA_TYPES
    )
