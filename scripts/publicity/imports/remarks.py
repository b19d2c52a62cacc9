"""What a person must know of an import, and where it stands: at a block of the text, at a field, or of the whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from publicity.imports.blocks import Block


@dataclass(frozen=True)
class Remark:
    """Something to look at.

    Attributes:
        code: Its words are in `labels/problems.yml`.
        paragraph: The number of the paragraph that it was met in, by the order of the file; 0 where it concerns no one.
        block: The same, where it was met in a block.
        field: The field of the front matter that it concerns.
    """

    code: str
    values: dict[str, object] = field(default_factory=dict)
    paragraph: int = 0
    block: Block | None = None
    field: str = ""


def shortened(text: str, most: int = 40) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def listed(texts: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The first of some texts, each in one short line."""
    return tuple(dict.fromkeys(shortened(text) for text in texts if text.strip()))[:most]
