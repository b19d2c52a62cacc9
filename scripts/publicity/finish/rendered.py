"""What finishers are given."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publicity.models import Region
from publicity.prepare import Prepared
from publicity.read.content import Column


@dataclass(frozen=True)
class RenderedSite:
    """A rendered site, to be completed in its folder."""

    prepared: Prepared
    folder: Path
    url: str | None
    """Where it will lie, as far as that is known."""

    def paths(self) -> Iterator[str]:
        """The path of every file that lies there by now."""
        for root, _, names in os.walk(self.folder):
            inside = os.path.relpath(root, self.folder).replace(os.sep, "/")
            yield from (name if inside == "." else f"{inside}/{name}" for name in names)

    @property
    def column(self) -> Column:
        """What it was made of."""
        return self.prepared.column

    @property
    def region(self) -> Region:
        """Whose column it is."""
        return self.prepared.column.region
