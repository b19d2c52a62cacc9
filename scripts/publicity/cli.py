"""The command line, `publicity`: one group of the commands in `commands/`, each of which calls plain functions and says what came of it."""

import click

from publicity.commands import building, checking, publishing, sending, writing
from publicity.commands.usage import Choice, Program
from publicity.labels.sentences import choose_language
from publicity.problems import UsageError


@click.group(cls=Program, name="publicity", invoke_without_command=True, no_args_is_help=True)
@click.option(
    "--language",
    type=Choice("zh", "en"),
    is_eager=True,
    expose_value=False,
    callback=lambda _ctx, _param, value: choose_language(value),
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Make a column out of the content of this project."""
    if ctx.invoked_subcommand is None:
        raise UsageError("no-command")


for _command in (
    building.build,
    building.editions,
    building.serve,
    writing.edit,
    checking.check,
    publishing.nginx,
    publishing.caddy,
    publishing.lighttpd,
    checking.urls,
    checking.inspect,
    writing.new,
    writing.import_,
    writing.schema,
    checking.score,
    publishing.publish,
    publishing.verify,
    publishing.rollback,
    publishing.releases,
    sending.send,
    sending.returns,
):
    main.add_command(_command)
