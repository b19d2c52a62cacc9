"""A Markdown extension: every table of a body stands in a region of its own that scrolls, so that no page does.

On phones the rows of one that has three columns or more are cards, whose cells say what they hold.

The region is named after the caption of the table or the heading above it, or else after the table's own heads; in the language of
the text, therefore. `mkdocs.yml` names this module among its extensions; nothing here knows MkDocs.
"""

from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, strip_tags
from markdown.treeprocessors import Treeprocessor

from publicity.markup.allowed import LABEL

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_CARDS = 3
"""Columns from which on a table is too narrow for phones."""


class ScrollingTables(Extension):  # type: ignore[misc]  # Markdown has no types
    """Puts the tables of a text into regions that scroll."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Work on the finished tree, after `attr_list` (8) and `toc` (5)."""
        md.treeprocessors.register(_Regions(md), "scrolling_tables", 4)


class _Regions(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        """Wrap each table where it stands."""
        self._heading = ""
        self._taken: dict[str, int] = {}
        self._below(root)

    def _below(self, parent: Element) -> None:
        for place, child in enumerate(list(parent)):
            if child.tag in _HEADINGS:
                self._heading = self._text(remove_fnrefs(child))
            elif child.tag == "table":
                parent[place] = self._region(child)
            else:
                self._below(child)

    def _region(self, table: Element) -> Element:
        attributes = {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": self._name(table)}
        if self._label(table):
            attributes["class"] += " stacked"
        region = Element("div", attributes)
        region.tail, table.tail = table.tail, "\n"
        region.append(table)
        return region

    def _label(self, table: Element) -> bool:
        """Say in each cell of a table of three and more columns what stands above it: on phones its rows are cards."""
        heads = [self._text(head) for head in table.iterfind("thead/tr/th")]
        rows = [list(row) for row in table.iterfind("tbody/tr")]
        if len(heads) < _CARDS or not all(heads[1:]) or any(len(row) != len(heads) for row in rows):
            return False
        for row in rows:
            for head, cell in zip(heads, row, strict=True):
                if head:  # that of the first column may be empty: the first cell is the card's title
                    cell.set(LABEL, head)
        return True

    def _name(self, table: Element) -> str:
        """What a screen reader says of the region; no two of a page sound the same."""
        caption = table.find("caption")
        name = self._text(caption) if caption is not None else self._heading
        name = name or " / ".join(filter(None, (self._text(head) for head in table.iter("th"))))
        self._taken[name] = self._taken.get(name, 0) + 1
        return name if self._taken[name] == 1 else f"{name} ({self._taken[name]})"

    def _text(self, element: Element) -> str:
        return unescape(strip_tags(render_inner_html(element, self.md))).strip()


def makeExtension(**options: object) -> ScrollingTables:  # noqa: N802 - the name by which Markdown looks for it
    """What Markdown calls when it finds this module's name among its extensions."""
    return ScrollingTables(**options)
