"""Reading a repository that may lack objects, as partial clones do, or hold broken ones, as after a power cut."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from publicity.problems import ToolError, UsageError

if TYPE_CHECKING:
    from dulwich.repo import Repo

Kinds = type[Exception] | tuple[type[Exception], ...]


@contextlib.contextmanager
def reading(folder: Path, code: str = "git-objects", *, but: Kinds = (), **values: object) -> Iterator[None]:
    """Say in a sentence what stops dulwich, which lets whatever it stumbles over go up. Nothing may stand in it but reading.

    Raises:
        UsageError: instead of what dulwich raises, `but` for what the caller knows the meaning of.
    """
    try:
        yield
    except (ToolError, OSError):
        raise
    except Exception as error:
        if isinstance(error, but):
            raise
        why = " ".join(map(_text, error.args)) or type(error).__name__
        raise UsageError(code, folder=folder, why=why, **values) from error


@contextlib.contextmanager
def closed_after(repository: "Repo") -> Iterator[None]:
    """Close a repository after the block; what a broken pack has left open does not cover what was said of it."""
    try:
        yield
    finally:
        with contextlib.suppress(BufferError):
            repository.close()


def _text(part: object) -> str:
    return part.decode(errors="replace") if isinstance(part, bytes) else str(part)
