"""MkDocs' pages and templates, held to what a staged page needs.

MkDocs sets up Markdown anew for every page, reads front matter as YAML, and lists the theme's 15,000 icons as files to publish,
once a language. At 2,000 entries that was most of a build. What comes out is the same, byte for byte.
"""

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
import markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

from publicity.render.qr import qr_svg
from publicity.stage.folder import read_page


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
        meta, body = read_page(self.file.content_string)
        converter = _converter(self._config)
        # Registered under its name, it replaces that of the page before.
        _RelativePathTreeprocessor(self.file, self._files, self._config)._register(converter)  # noqa: SLF001 - resolves links as MkDocs does
        self.content = converter.reset().convert(body)
        self.toc = get_toc(getattr(converter, "toc_tokens", []))
        return meta

    def forget(self) -> None:
        """Let go of the text once it is written."""
        self.content, self.toc, self.meta = "", get_toc([]), {}


_converters: dict[int, markdown.Markdown] = {}


def _converter(config: MkDocsConfig) -> markdown.Markdown:
    """The Markdown of a configuration."""
    key = id(config)
    if key not in _converters:
        _converters.clear()
        made = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
        made.treeprocessors.register(_Inline(made), "inline", 20)  # in the place of Markdown's own
        _converters[key] = made
    return _converters[key]


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Markdown's patterns for what stands inside a line, tried only on texts that hold a mark: most of a Chinese text holds none."""

    _MARK = re.compile(r"[`\\\[!<&*_]|  \n")
    """What every one of the patterns begins with."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """As in Markdown."""
        plain = [
            one
            for one in tree.iter()
            if one.text and not self._MARK.search(one.text) and not isinstance(one.text, AtomicString)
        ]
        for one in plain:
            one.text = AtomicString(one.text)
        done: Element = super().run(tree, ancestors)
        for one in plain:
            one.text = str(one.text)
        return done


class _Templates(jinja2.FileSystemLoader):
    """Gives every template by its name, and lists none: MkDocs would look through the list for files to publish."""

    def list_templates(self) -> list[str]:
        """Nothing."""
        return []


def environment(theme: Theme) -> jinja2.Environment:
    """The theme's templates, to be compiled once and not once a language. Text in them is shown, never run."""
    made: jinja2.Environment = Theme.get_env(theme)
    made.loader = _Templates(theme.dirs)
    made.autoescape = True
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    made.filters["qr"] = qr_svg
    return made
