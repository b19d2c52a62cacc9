"""What is fuzzed, as the processes that do it see it."""

import random
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from random import Random

REFUSED, ACCEPTED, HARMFUL, CRASHED, HUNG = OUTCOMES = ("refused", "accepted", "harmful", "crashed", "hung")


@dataclass(frozen=True)
class Case:
    """One mutated file: its kind, which is a row of the table; what it stands for; its bytes."""

    kind: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Finding:
    """A case that did not end well. `sign` is the same for cases that fail in the same way."""

    outcome: str
    sign: str
    detail: str
    seed: int
    number: int
    case: Case


class Target(ABC):
    """Makes cases, and runs them. One object serves one process; what it writes goes into the folder that it is given."""

    kinds: tuple[str, ...]

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    @abstractmethod
    def make(self, dice: Random) -> Case:
        """A case; the same for the same dice."""

    @abstractmethod
    def run(self, case: Case) -> tuple[str, str]:
        """REFUSED, ACCEPTED or HARMFUL, and what is harmful. Whatever it raises is a crash."""

    def case(self, seed: int, number: int) -> Case:
        """The case of a number."""
        return self.make(random.Random(f"{seed} {number}"))  # noqa: S311 - no secret
