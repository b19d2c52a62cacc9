"""The templates of the editing page, and the one page of it that a preview shows, too: an issue to copy into WeChat."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from publicity.dates import is_written_date
from publicity.edit.copying import CopySheet, copy_sheet
from publicity.edit.page.words import words
from publicity.labels import labels
from publicity.labels.sentences import chosen_language, lines_of
from publicity.models import ENTRY_MODELS
from publicity.problems import ContentError, ToolError
from publicity.project import Project

FOLDER = Path(__file__).parent
_STATIC = {"copy.js": "text/javascript", "edit.css": "text/css", "mark.svg": "image/svg+xml"}
_ADDRESS = re.compile(r"newsletter/([a-z0-9-]+)/(?:copy(?:/(?:(static)/)?([a-z0-9.-]*))?)?")
Answer = tuple[str, str, bytes]
"""Status, kind of content, content."""


def _is_held_by(value: str, control: str) -> bool:
    """Whether a browser's own control for days or times holds a value; of any other it shows and sends nothing."""
    if control == "date":
        return not value or is_written_date(value)
    return control == "time" and bool(re.fullmatch(r"(([01]\d|2[0-3]):[0-5]\d)?", value, re.ASCII))


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.tests["held_by"] = _is_held_by
    return made


def page(template: str, root: str, region: str, **values: Any) -> str:  # noqa: ANN401 - as a template takes them
    """A page of the desk as HTML; its addresses begin with `root`."""
    language = chosen_language()
    return (
        _templates()
        .get_template(template)
        .render(
            language=language,
            w=words("words"),
            states=words("states"),
            titles=words("groups"),
            kinds_of={name: labels(language)["collections"][name]["title"] for name in ENTRY_MODELS},
            root=root,
            region=region,
            **values,
        )
    )


class CopyPages:
    """The copy page of each issue in a preview, at `newsletter/<issue>/copy/`; it is made when somebody opens it."""

    def __init__(self, project: Project, region: str) -> None:
        self._project, self._region = project, region
        self._sheets: dict[str, CopySheet] = {}

    def answer(self, mount: str, address: str) -> Answer | None:
        """What stands at an address of a preview below `mount`; None for what is not of a copy page."""
        match = _ADDRESS.fullmatch(address.removeprefix(mount))
        if match is None or not address.startswith(mount) or "/copy" not in match[0]:
            return None
        slug, static, file = match.groups()
        if static:
            kind = _STATIC.get(file)
            return ("200 OK", f"{kind}; charset=utf-8", (FOLDER / "static" / file).read_bytes()) if kind else None
        if file:
            picture = self._sheets[slug].pictures.get(file) if slug in self._sheets else None
            return ("200 OK", "image/png", picture.read_bytes()) if picture else None
        return self._page(slug, f"{mount}newsletter/{slug}")

    def note(self, mount: str, address: str) -> bytes:
        """What stands at the top of an issue's page: the way to its copy page."""
        match = _ADDRESS.fullmatch(address.removeprefix(mount))
        if match is None or not address.endswith(f"/{match[1]}/"):
            return b""
        return f'<p class="wrap" data-copy-page><a href="copy/">{words("words")["copy-page"]}</a></p>'.encode()

    def _page(self, slug: str, base: str) -> Answer:
        root = f"{base}/copy"
        try:
            sheet = copy_sheet(self._project, self._project, self._region, slug)
        except (ContentError, ToolError) as error:
            text = page("later.html", root, self._region, text=" ".join(lines_of(error)))
            return "200 OK", "text/html; charset=utf-8", text.encode()
        self._sheets[slug] = sheet
        title = sheet.texts["title"]
        text = page("copy.html", root, self._region, title=title, slug=slug, sheet=sheet, base=base)
        return "200 OK", "text/html; charset=utf-8", text.encode()
