"""What some work makes of things, each thing once: remembered by this process, and on a shelf for the next."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from publicity.work.processes import spread
from publicity.work.shelf import FEW, Shelf

T = TypeVar("T")
R = TypeVar("R")

_LITTLE = 50_000
"""Characters that are worked through sooner than processes are started."""


class Memory(Generic[T, R]):
    """Results by the names of what they were made of."""

    def __init__(
        self,
        work: Callable[[T], R],
        *,
        length: Callable[[T], int],
        dumps: Callable[[R], Any],
        loads: Callable[[Any], R],
    ) -> None:
        """`length` is a thing's in characters; `dumps` makes of a result what a shelf holds, or None where it is not to be kept."""
        self._work, self._length, self._dumps, self._loads = work, length, dumps, loads
        self._known: dict[str, R] = {}
        self._opened: set[Path] = set()

    def of(self, things: Mapping[str, T], shelf: Shelf | None = None) -> Mapping[str, R]:
        """What is known of things by their names, others among them; what is not known yet is worked out on all processors."""
        left = [name for name in things if name not in self._known]
        if shelf and shelf.file in self._opened and len(left) <= FEW * len(things):
            shelf = None  # they are sooner worked out than the shelf is read again
        if shelf:
            self._opened.add(shelf.file)
            self._take(left, shelf)
            left = [name for name in left if name not in self._known]
        much = sum(self._length(things[name]) for name in left) > _LITTLE
        found = (spread if much else map)(self._work, [things[name] for name in left])
        self._known.update(zip(left, found, strict=True))
        if shelf:
            self._keep(things, shelf)
        return self._known

    def _take(self, names: Iterable[str], shelf: Shelf) -> None:
        for name in names:
            if (kept := shelf.get(name)) is not None:
                self._known[name] = self._loads(kept)

    def _keep(self, things: Mapping[str, T], shelf: Shelf) -> None:
        for name in things:
            if shelf.get(name) is None and (kept := self._dumps(self._known[name])) is not None:
                shelf.put(name, kept)
        shelf.save()
