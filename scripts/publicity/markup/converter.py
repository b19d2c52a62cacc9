"""The one dialect of Markdown that bodies are written in: `check` converts with it, and so do the pages."""

import re
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import ParagraphProcessor
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
    converter.parser.blockprocessors.register(_PlainParagraph(converter.parser), "plain", 1000)  # before all others
    return converter


class _PlainParagraph(ParagraphProcessor):  # type: ignore[misc]
    """A line that no other kind of block can be: most of a text is such, and need not be tried as eighteen others."""

    _PLAIN = re.compile(r"(?:[^\W\d_]|[“《（])[^\n]*")
    """It begins with a letter, as no mark of a block does, and has no second line, on which one may stand."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        """Whether a block is such a line."""
        return self._PLAIN.fullmatch(block) is not None


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Markdown's patterns for what stands inside a line, tried only on texts that hold a mark, and only those of marks that are there."""

    _MARKS: ClassVar[dict[str, str]] = {
        "backtick": "`",
        "escape": "\\",
        "footnote": "[",
        "reference": "[",
        "link": "[",
        "image_link": "!",
        "image_reference": "!",
        "short_reference": "[",
        "short_image_ref": "!",
        "autolink": "<",
        "automail": "<",
        "linebreak": "\n",
        "html": "<",
        "entity": "&",
        "em_strong": "*_",
    }
    """What every one of the patterns holds one of."""
    _MARK = re.compile(r"[`\\\[!<&*_]|  \n")

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """As in Markdown."""
        plain: list[Element] = []
        marked: set[str] = set()
        for element in tree.iter():
            text = element.text
            if text and not isinstance(text, AtomicString):
                if self._MARK.search(text):
                    marked.update(text)
                else:
                    plain.append(element)
            marked.update(element.tail or "")
        for element in plain:
            element.text = AtomicString(element.text)
        all_patterns = self.md.inlinePatterns
        absent = {all_patterns[name] for name, marks in self._MARKS.items() if marked.isdisjoint(marks)}
        self.inlinePatterns = [pattern for pattern in all_patterns if pattern not in absent]
        done: Element = super().run(tree, ancestors)
        for element in plain:
            element.text = str(element.text)
        return done
