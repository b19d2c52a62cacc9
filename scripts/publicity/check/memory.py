"""What a check finds in single sources, found once: a preview checks all of them at every edit, and nearly all are as they were."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from publicity.read.source import Source

F = TypeVar("F")
G = TypeVar("G")


class SourceMemory(Generic[G, F]):
    """What was found in the last state of each source. Reading gives the same object again for a file that is as it was."""

    def __init__(self, find: Callable[[Source, G], Iterable[F]]) -> None:
        """`find` looks through a source with what is given for all of them, and at nothing else."""
        self._find = find
        self._known: dict[str, tuple[Source, G, tuple[F, ...]]] = {}

    def of(self, source: Source, given: G) -> tuple[F, ...]:
        """What there is in a source."""
        known = self._known.get(source.name)
        if known is None or known[0] is not source or known[1] != given:
            known = self._known[source.name] = source, given, tuple(self._find(source, given))
        return known[2]
