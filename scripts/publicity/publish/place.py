"""What a place must be able to do, whatever it is."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from publicity.publish.release import Change, Hashes, Published, Record
from publicity.work.progress import Progress


@dataclass(frozen=True)
class Kept:
    """A release that a place has: the one that it shows, or the one before."""

    is_shown: bool
    record: Record | None
    files: int


class Place(Protocol):
    """Where releases go. What goes wrong is a BuildError, or an OSError of the system."""

    name: str

    def look(self, fresh: Path | None = None, *, check: bool = False) -> Published:
        """What lies there, held to the release that is to come, where there is one; `check`: with every file read back."""

    def seals(self) -> Published:
        """Its manifest, signature and record alone."""

    def hashes(self, listed: Collection[str], progress: Progress) -> dict[str, str]:
        """The SHA-256 of listed files, of their bytes as they are now; every other file is named, whatever it holds."""

    def put(self, fresh: Path, manifest: Hashes, change: Change, progress: Progress) -> None:
        """Show a release: `fresh` holds its files but for those it carries, which lie there already."""

    def clear(self, remains: Collection[str]) -> None:
        """Remove what killed runs have left half sent, where the release is shown already: the one before stays."""

    def kept(self) -> list[Kept]:
        """Its releases, the one that it shows first."""

    def changed_in_kept(self, progress: Progress) -> list[str]:
        """Files of the release before that are not as its manifest says.

        Raises:
            BuildError: there is no release before.
        """

    def roll_back(self, progress: Progress) -> None:
        """Show the release before; the one shown until then is the one before from now on.

        Raises:
            BuildError: there is none.
        """


def files_of(folder: Path) -> Collection[Path]:
    """Every file below a folder, links to folders included; none where it is not there.

    Raises:
        OSError: a folder below it cannot be read; what others keep in it would not be carried over.
    """
    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=_raise) if folder.exists() else ():
        here = Path(root)
        found += [here / name for name in names]
        found += [here / name for name in folders if (here / name).is_symlink()]
    return sorted(found)


def _raise(error: OSError) -> NoReturn:
    raise error
