"""Help and wrong usage, said in the language of the run: click's commands with words of ours, from `labels/commands.yml`."""

import contextlib
import datetime
import gc
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import click

from publicity.dates import choose_day
from publicity.labels import read_words
from publicity.labels.sentences import choose_language, chosen_language, line_of, lines_of, outcome
from publicity.models.fields import FIRST_YEAR, LAST_YEAR
from publicity.problems import (
    BuildError,
    ContentError,
    Problem,
    UsageError,
    near,
    system_problem,
    unexpected_problem,
)


class Choice(click.ParamType[str]):
    """One of some words."""

    name = "choice"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """As help and usage lines show it."""
        return "|".join(self.choices)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The word itself.

        Raises:
            UsageError: there is no such choice.
        """
        if value not in self.choices:
            raise UsageError("no-such-choice", option=_typed(param), found=value, choices=self.choices)
        return value


class Day(click.ParamType[datetime.date]):
    """A day such as 2026-11-22."""

    name = "day"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002
    ) -> datetime.date:
        """The day.

        Raises:
            UsageError: it is no day of the calendar.
        """
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            with contextlib.suppress(ValueError):
                day = datetime.date.fromisoformat(value)
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return day
        raise UsageError("not-a-day", option=_typed(param), found=value)


_EXTRA = re.compile(r"  \[[^\]]*(required|x>=0)\]$")


class _Formatter(click.HelpFormatter):
    """Headings in the language of the run, and lines that are broken where Chinese ones may be."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        """The usage line."""
        self.write(f"{_heading('usage')}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """One of click's headings."""
        self.write(f"{_heading(heading)}\n")

    def write_text(self, text: str) -> None:
        """A text; each of its lines is a paragraph."""
        indent = " " * self.current_indent
        for paragraph in text.splitlines():
            self.write("".join(f"{indent}{line}\n" for line in folded(paragraph, self.width - self.current_indent)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 22, col_spacing: int = 2) -> None:
        """Terms and what they mean, which stands below a long term and beside a short one."""
        rows, indent = list(rows), " " * self.current_indent
        first = min(max(len(term) for term, _ in rows), col_max) + col_spacing
        for term, text in rows:
            beside = len(term) + col_spacing <= first
            lead = f"{indent}{term:<{first}}" if beside else f"{indent}{term}\n{indent}{'':{first}}"
            if match := _EXTRA.search(text):  # said by click in words of its own
                text = text[: match.start()] + (_heading("needed") if "required" in match[0] else "")
            lines = folded(text, self.width - self.current_indent - first)
            self.write(lead + f"\n{indent}{'':{first}}".join(lines) + "\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Worded(click.Command):
    """A command or a group whose help is looked up when it is asked for."""

    context_class = _Context

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does it, once the words are there."""
        self.help = about(self)
        for param in self.get_params(ctx):
            param.help = help_of(self, param)
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """Its line in the list of commands."""
        return about(self).splitlines()[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """As in click, but for the words."""
        pieces = (piece for param in self.get_params(ctx) for piece in param.get_usage_pieces(ctx))
        return [_heading("options-there"), *pieces]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in click."""
        with _with_usage(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as in click
        """Run it."""
        with _with_usage(ctx):
            return super().invoke(ctx)


class WordedCommand(_Worded):
    """A command."""

    allow_extra_args = True  # or click would refuse them in its own words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in click; what is left over is wrong."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            with _with_usage(ctx):
                raise UsageError("extra-arguments", words=tuple(rest))
        return rest


class Program(_Worded, click.Group):
    """The program: its commands, and the sentences and exit status for all that can go wrong in them."""

    command_class = WordedCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """As in click, but for the words."""
        return [*_Worded.collect_usage_pieces(self, ctx), _heading("command-there")]

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as in click
        """Run a command line to its end: exit status 0 fine, 1 problems in the content, 2 wrong usage or place."""
        choose_language(None)
        choose_day(None)
        for stream in (sys.stdout, sys.stderr):
            # What a console cannot show is written as an escape; it is no reason to fail.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        # Most of what a command makes it needs to its end; to look through it for garbage again and again took a tenth of the time.
        gc.set_threshold(200_000, 50, 100)
        sys.exit(self._status(args, extra))

    def _status(self, args: tuple[Any, ...], extra: dict[str, Any]) -> int:
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except (ContentError, BuildError) as error:
            click.echo("\n".join(lines_of(error)), err=True)
            return 1
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return error.exit_code
        except click.UsageError as error:
            usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
            click.echo(usage + line_of(problem_of(error)), err=True)
            return error.exit_code
        except click.Abort:
            return _stopped()
        except OSError as error:  # a full disk, a folder that may not be written: no fault of the program
            click.echo(line_of(system_problem(error)), err=True)
            return 2
        except Exception as error:  # noqa: BLE001 - editors can do nothing with a traceback
            if isinstance(error.__cause__, KeyboardInterrupt):  # as Python tells it of one while a class is made
                return _stopped()
            click.echo(line_of(unexpected_problem(error)), err=True)
            return 2
        return status if isinstance(status, int) else 0


def _stopped() -> int:
    """Tell that Ctrl-C ended a command; returns the exit status."""
    click.echo(outcome("stopped"), err=True)
    return 130


@contextlib.contextmanager
def _with_usage(ctx: click.Context) -> Iterator[None]:
    """Give an error of ours to click, which knows the usage line; not all of click's own errors do."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise
    except UsageError as error:
        raise click.UsageError("", ctx) from error


def problem_of(error: click.UsageError) -> Problem:
    """What is wrong with a command line, as data; click's own words are quoted where nothing better is known."""
    if isinstance(error.__cause__, UsageError):
        return error.__cause__.problem
    command = error.ctx.command_path if error.ctx else "publicity"
    match error:
        case click.NoSuchOption(option_name=option):
            return _no_such_option(option, command, error.ctx)
        case click.exceptions.NoSuchCommand(command_name=name):
            commands = error.ctx.command.commands if error.ctx and isinstance(error.ctx.command, click.Group) else ()
            return _problem("no-such-command", command=name, hint=near(name, commands))
        case click.BadOptionUsage(option_name=option):
            params = error.ctx.command.params if error.ctx else []
            param = next((param for param in params if option in param.opts), None)
            if isinstance(param, click.Option) and not param.is_flag and error.ctx:
                return _problem("option-needs-value", option=option, metavar=param.make_metavar(error.ctx))
            return _problem("option-takes-no-value", option=option)
        case click.MissingParameter(param=param):
            return _problem("no-argument", argument=_typed(param), command=command)
        case click.BadParameter(param=param):
            return _problem("bad-value", option=_typed(param), said=error.message, command=command)
    return _problem("wrong-usage", said=error.message, command=command)


def _no_such_option(option: str, command: str, ctx: click.Context | None) -> Problem:
    """An option that the command does not have; it may be the program's, which stands before the command."""
    root = ctx.find_root() if ctx else None
    if ctx and root and root is not ctx and any(option in param.opts for param in root.command.params):
        example = f"{root.command_path} {option} zh {ctx.info_name}"
        return _problem("option-before-command", option=option, example=example)
    known = [name for param in ctx.command.get_params(ctx) for name in param.opts] if ctx else []
    hint = near(option, (name for name in known if name.startswith("-")))
    return _problem("no-such-option", option=option, command=command, hint=hint)


def _problem(code: str, **values: object) -> Problem:
    return Problem("", 0, code, values)


def _typed(param: click.Parameter | None) -> str:
    """An argument or an option as it is typed: `REGION`, `--out`."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or str(param.name).upper()).strip("[].") if param else ""


@cache
def _words() -> dict[str, Any]:
    return read_words("commands")


def _heading(name: str) -> str:
    text: str = _words()["headings"][name][chosen_language()]
    return text


def about(command: click.Command) -> str:
    """What a command does, in the language of the run: a line, then what else is to be known."""
    text: str = _words()["commands"][command.name]["about"][chosen_language()]
    return text


def help_of(command: click.Command, param: click.Parameter) -> str:
    """What an argument or an option of a command is for, in the language of the run."""
    name = _typed(param)
    texts = _words()["commands"][command.name].get(name) or _words()["common"][name]
    text: str = texts[chosen_language()]
    return text.replace("{default}", str(param.default))


# A word or a Chinese character, with the marks after it that may not begin a line.
_PIECE = re.compile(r"(?:[!-~]+|[^!-~\s])[，。；：、？！）”…]* ?|\s")


def folded(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, of which a Chinese character takes two."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if _columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
