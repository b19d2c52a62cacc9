"""The one dialect of Markdown that bodies are written in: `check` converts with it, and so do the pages."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from pymdownx.slugs import slugify

heading_id = slugify(case="lower")
"""Makes a heading's anchor."""

EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TITLE": "↩ {}"},  # a sign: the words would be of one language
    "md_in_html": {},
    "tables": {"use_align_attribute": True},  # no style attributes: the pages' content security policy forbids them
    "toc": {"permalink": False, "toc_depth": 3, "slugify": heading_id},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "publicity.markup.tables": {},  # every table in a region that scrolls
}


def make_converter() -> markdown.Markdown:
    """A converter from Markdown to HTML. One serves many bodies, each after a `reset()`; it is not for two threads."""
    converter = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)
    converter.treeprocessors.register(_Inline(converter), "inline", 20)  # in the place of Markdown's own
    return converter


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Markdown's patterns for what stands inside a line, tried only on texts that hold a mark: most of a Chinese text holds none."""

    _MARK = re.compile(r"[`\\\[!<&*_]|  \n")
    """What every one of the patterns begins with."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """As in Markdown."""
        plain = [
            element
            for element in tree.iter()
            if element.text and not self._MARK.search(element.text) and not isinstance(element.text, AtomicString)
        ]
        for element in plain:
            element.text = AtomicString(element.text)
        done: Element = super().run(tree, ancestors)
        for element in plain:
            element.text = str(element.text)
        return done
