"""What commands share: options, and the ways in which they say and write things."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from publicity.commands.usage import Choice, Day, WordedCommand
from publicity.dates import choose_day
from publicity.problems import UsageError
from publicity.project import typed_path
from publicity.work.progress import choose_quiet

F = TypeVar("F", bound=Callable[..., object])


command = partial(click.command, cls=WordedCommand)
"""A command whose help and errors are in our words."""


class _Path(click.Path):
    """A path, as it is typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - as click has it
        return typed_path(os.fsdecode(super().convert(value, param, ctx)))


PATH = _Path()


def format_option(*choices: str) -> Callable[[F], F]:
    """The option `--format`; the first choice is the usual one."""
    return click.option("--format", "form", type=Choice(*choices), default=choices[0])


today_option = click.option(
    "--today",
    type=Day(),
    metavar="YYYY-MM-DD",
    expose_value=False,
    callback=lambda _ctx, _param, value: choose_day(value),
)


quiet_option = click.option(
    "--quiet", is_flag=True, expose_value=False, callback=lambda _ctx, _param, value: choose_quiet(value)
)


target_argument = click.argument("target")


region_option = click.option("--region", metavar="REGION")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """The place that a command was given to write to.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        yield
    except OSError as error:
        raise UsageError("not-writable", path=path, why=error.strerror) from error


def save(path: Path, text: str) -> None:
    """Write a file where a command was told to, its folder included."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_pieces(pieces: Iterable[str]) -> None:
    """Write pieces as they are, line ends included, as UTF-8 on every system."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8"))
    sys.stdout.buffer.flush()


def say(lines: Iterable[str]) -> None:
    """Say lines one after another, so that what is said before a step is read before it."""
    for line in lines:
        click.echo(line)
