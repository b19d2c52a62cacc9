"""`new`, `import`, `edit`, `schema`: what helps to write content."""

import sys
from pathlib import Path

import click

from publicity.commands.options import PATH, command, today_option, writing
from publicity.dates import today
from publicity.labels.sentences import line_of, outcome
from publicity.project import Project


@command()
@click.argument("kind")
@click.argument("slug")
@click.option("--region", metavar="REGION")
@today_option
def new(kind: str, slug: str, region: str | None) -> None:
    """Write a valid stub."""
    from publicity.author.stubs import write_region, write_stub

    project = Project.find()
    day = today()
    written = write_region(project, slug) if kind == "region" else write_stub(project, kind, slug, region, day)
    click.echo(outcome("stub-written", path=project.name(written)))


@command("import")
@click.argument("file", type=PATH)
@click.argument("kind")
@click.argument("slug")
@click.option("--region", metavar="REGION")
@today_option
def import_(file: Path, kind: str, slug: str, region: str | None) -> None:
    """Make a new entry of a Word file."""
    from publicity.imports.entry import import_document, write_import

    project = Project.find()
    made = import_document(project, region, file, kind, slug, today())
    write_import(made)
    click.echo(outcome("imported", files=[project.name(path) for path in made.files]))
    if made.compared is not None:
        name = "import-different" if made.different else "import-equal"
        click.echo(outcome(name, count=made.compared, different=made.different))
    click.echo(outcome("import-look", count=len(made.remarks)))
    for remark in made.remarks:
        click.echo(line_of(remark))
    sys.exit(1 if made.different else 0)


@command()
@click.option("--address", default="127.0.0.1:8010", metavar="HOST:PORT")
@click.option("--region", metavar="REGION")
@click.option("--open", "opens", is_flag=True)
@today_option
def edit(address: str, region: str | None, *, opens: bool) -> None:
    """Open the editing page."""
    from publicity.work import extras

    project = Project.find()
    extras.need("edit")
    from publicity.edit.page.server import serve_desk

    serve_desk(project, region or project.default_region(), address, opens=opens)


@command()
@click.option("--out", type=PATH, metavar="DIR")
def schema(out: Path | None) -> None:
    """Write the JSON Schemas of what editors write, and their reference, from the models."""
    from publicity.author.schema import write_schemas

    project = Project.find()
    with writing(folder := out or project.content):
        written = write_schemas(folder)
    for path in written:
        click.echo(outcome("schema-written", path=project.name(path)))
