"""MkDocs' pages and templates, held to what a staged page needs.

MkDocs sets up Markdown anew for every page, reads front matter as YAML, and lists the theme's 15,000 icons as files to publish,
once a language. At 2,000 entries that was most of a build. What comes out is the same, byte for byte.
"""

import posixpath
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

from publicity.markup.converter import make_converter
from publicity.markup.qr import qr_svg
from publicity.models.fields.numbers import dialled
from publicity.render.held import held
from publicity.render.line_breaks import with_breaks
from publicity.render.pictures import with_widths
from publicity.stage.files.folder import read_staged
from scoring.words import fill


class StagedPage(Page):
    """A page whose front matter is JSON. It is read and rendered when it is built, and forgotten once it is written.

    MkDocs would render every page of a language before it writes the first, and so hold all of them in memory.
    """

    _config: MkDocsConfig
    _files: Files

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Nothing yet: `meta` reads it."""
        self.markdown = ""
        del self.meta

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing yet: `meta` renders it."""
        self.content = ""
        self._config, self._files = config, files

    @cached_property
    def meta(self) -> dict[str, Any]:  # type: ignore[override]
        """The front matter, which MkDocs asks for first when it builds the page; body and table of contents come with it."""
        meta, body = read_staged(self.file.content_string)
        # Registered under its name, it replaces that of the page before.
        _RelativePathTreeprocessor(self.file, self._files, self._config)._register(_converter)  # noqa: SLF001 - resolves links as MkDocs does
        html = held(_converter, body, self.file.src_uri, self._config)
        self.content = with_widths(html, self.file.url, meta.get("scaled", ()))
        # Of an empty text the converter keeps the headings of the page before.
        self.toc = get_toc(getattr(_converter, "toc_tokens", []) if body.strip() else [])
        return meta

    def forget(self) -> None:
        """Let go of the text once it is written."""
        self.content, self.toc, self.meta = "", get_toc([]), {}


_converter = make_converter()
_METHODS = frozenset(dir(dict))


def _member(attribute: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """What `x.name` means in a template, found sooner in a dict, which most of what templates show is; Jinja asks for an attribute first."""

    def member(thing: Any, name: str) -> Any:  # noqa: ANN401
        return thing[name] if type(thing) is dict and name in thing and name not in _METHODS else attribute(thing, name)

    return member


def _made_once() -> Callable[..., Markup]:
    """What `{% call alike("name") %}` keeps of templates: that which stands on every entry of a collection in the same words.

    Links to pages of the site are relative, and so the same for all of them, too.
    """
    known: dict[tuple[str, str], Markup] = {}

    @jinja2.pass_context
    def alike(context: jinja2.runtime.Context, name: str, caller: Callable[[], Markup]) -> Markup:
        page: Page = context["page"]
        if not page.meta.get("collection_url"):  # no entry
            return caller()
        key = name, posixpath.dirname(page.url.rstrip("/"))
        if key not in known:
            known[key] = caller()
        return known[key]

    return alike


class _Templates(jinja2.FileSystemLoader):
    """Gives every template by its name, but no list of them: MkDocs would look through the list for files to publish."""

    def list_templates(self) -> list[str]:
        """Nothing."""
        return []


def environment(theme: Theme, compiled: Path) -> jinja2.Environment:
    """The theme's templates, to be compiled once and not once a language; kept in the folder `compiled` for the next build.

    Text in them is shown, never run.
    """
    made: jinja2.Environment = Theme.get_env(theme)
    compiled.mkdir(parents=True, exist_ok=True)
    made.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
    made.loader = _Templates(theme.dirs)
    made.cache = {}  # of all templates; a cache that may overflow takes a hundredth of a build
    made.autoescape = True
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    made.getattr = _member(made.getattr)  # type: ignore[method-assign, assignment]
    made.globals["alike"] = _made_once()
    made.filters["dialled"] = dialled
    made.filters["qr"] = qr_svg
    made.filters["breaks"] = with_breaks
    made.filters["fill"] = fill
    return made
