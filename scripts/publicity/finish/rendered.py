"""What finishers are given."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publicity.models import Region
from publicity.prepare import Prepared
from publicity.project import all_below
from publicity.read.content import Column
from publicity.work.former import NOTHING, Former


@dataclass(frozen=True)
class RenderedSite:
    """A rendered site, to be completed in its folder."""

    prepared: Prepared
    folder: Path
    url: str | None
    """Where it will lie, as far as that is known."""
    former: Former = NOTHING
    """What was replaced by the site before it: files that it holds again are moved from there."""

    def paths(self) -> Iterator[str]:
        """The path of every file that lies there by now."""
        return all_below(self.folder)

    @property
    def column(self) -> Column:
        """What it was made of."""
        return self.prepared.column

    @property
    def region(self) -> Region:
        """Whose column it is."""
        return self.prepared.column.region
