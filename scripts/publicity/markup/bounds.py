"""How much a body may hold of what Markdown takes long for: it tries some signs with all that follows them, again and again."""

from collections.abc import Iterator

from publicity.markup.allowed import Fault


def excesses(body: str) -> Iterator[tuple[int, Fault]]:
    """What a body holds too much of, each with a line."""
    yield from ()
