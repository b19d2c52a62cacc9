"""MkDocs' pages and templates, held to what a staged page needs.

MkDocs sets up Markdown anew for every page, reads front matter as YAML, and lists the theme's 15,000 icons as files to publish,
once a language. At 2,000 entries that was most of a build. What comes out is the same, byte for byte.
"""

import jinja2
import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

from publicity.qr import qr_svg
from publicity.stage import read_page


class StagedPage(Page):
    """A page whose front matter is JSON, rendered by the one Markdown that all pages share."""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take front matter and body from the staged file."""
        self.meta, self.markdown = read_page(self.file.content_string)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Turn the body into HTML and its headings into a table of contents."""
        converter = _converter(config)
        # Registered under its name, it replaces that of the page before.
        _RelativePathTreeprocessor(self.file, files, config)._register(converter)  # noqa: SLF001 - resolves links as MkDocs does
        self.content = converter.reset().convert(self.markdown or "")
        self.toc = get_toc(getattr(converter, "toc_tokens", []))
        self.markdown = ""  # every page of a language is rendered before the first is written

    def forget(self) -> None:
        """Let go of the text once it is written: a site's pages need not all be in memory."""
        self.markdown, self.content, self.meta, self.toc = None, None, {}, get_toc([])


_converters: dict[int, markdown.Markdown] = {}


def _converter(config: MkDocsConfig) -> markdown.Markdown:
    """The Markdown of a configuration."""
    key = id(config)
    if key not in _converters:
        _converters.clear()
        _converters[key] = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )
    return _converters[key]


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
