"""`send`, `returns`: the newsletter by mail."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publicity.commands.options import PATH, command, region_option, say, today_option
from publicity.labels.sentences import outcome
from publicity.problems import UsageError
from publicity.project import Project

if TYPE_CHECKING:
    from publicity.models.letter import Letter
    from publicity.read.content import Column


@command()
@click.argument("issue")
@click.option("--list", "list_file", type=PATH, required=True, metavar="FILE")
@click.option("--smtp", required=True, metavar="URL")
@click.option("--sender", required=True, metavar="ADDRESS")
@region_option
@click.option("--site-url", metavar="URL")
@click.option("--journal", type=PATH, metavar="FILE")
@click.option("--to-self", is_flag=True)
@click.option("--send", "sends", is_flag=True)
@click.option("--confirm", metavar="TEXT")
@click.option("--anyway", is_flag=True)
@click.option("--per-minute", type=click.IntRange(min=0), metavar="N")
@click.option("--retry-unknown", is_flag=True)
def send(
    issue: str,
    list_file: Path,
    smtp: str,
    sender: str,
    region: str | None,
    site_url: str | None,
    journal: Path | None,
    confirm: str | None,
    per_minute: int | None,
    *,
    to_self: bool,
    sends: bool,
    anyway: bool,
    retry_unknown: bool,
) -> None:
    """Send an issue to the readers of a list."""
    from publicity.send import command, report
    from publicity.send.message import Sender
    from publicity.send.smtp import Server, ask_password
    from publicity.work import extras

    project = Project.find()
    region = region or project.default_region()
    server, who = Server.parse(smtp), Sender.parse(sender)
    extras.need("editions")
    wish = command.Wish(
        issue, region, list_file, server, who, site_url, journal, to_self, anyway, per_minute, retry_unknown
    )
    prepared = command.prepare(project, wish, _letter)
    planned = command.plan(wish, prepared)
    say(report.plan_lines(wish, prepared, planned))
    if not sends:
        click.echo(outcome("send-dry-self" if to_self else "send-dry"))
        return
    if not to_self:
        _confirm(f"{issue} {prepared.count}", confirm)
    wish = replace(wish, server=replace(server, password=ask_password(server)))
    done = command.send(wish, prepared, lambda so_far: say(report.progress_lines(so_far)))
    say(report.report_lines(done))
    doubtful = planned.unknown and not (to_self or retry_unknown)
    sys.exit(1 if doubtful or done.unknown or done.left or done.broken else 0)


def _confirm(wanted: str, said: str | None) -> None:
    """See that who sends knows what goes to how many.

    Raises:
        UsageError: they say something else, or there is nobody to ask.
    """
    if said is None and sys.stdin.isatty():
        said = click.prompt(outcome("send-ask", wanted=wanted), prompt_suffix="")
    if said is None or said.split() != wanted.split():
        raise UsageError("not-confirmed", found=said or "", wanted=wanted)


def _letter(column: "Column", issue: str, site_url: str) -> "Letter":
    """An issue as its edition for the mail."""
    from publicity.editions.issue.mail import letter_of
    from publicity.stage.issues import issue_of

    return letter_of(issue_of(column, column.content.entries["newsletter"][issue]), site_url)


@command()
@click.argument("file", type=PATH)
@click.option("--list", "list_file", type=PATH, required=True, metavar="FILE")
@click.option("--journal", type=PATH, required=True, metavar="FILE")
@today_option
def returns(file: Path, list_file: Path, journal: Path) -> None:
    """Read what came back, and write the list anew."""
    from publicity.send.report import returns_lines
    from publicity.send.returns import read_returns

    say(returns_lines(read_returns(Project.find(), file, list_file, journal)))
