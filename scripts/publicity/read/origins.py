"""The files that a region publishes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publicity.project import Project
from publicity.read.content import Content, Document
from publicity.read.load import REGISTERS, TASKS
from publicity.read.source import Source, read_yaml


@dataclass(frozen=True)
class Origin:
    """A file as read, and the document that it is a side of."""

    source: Source
    document: Document | None = None
    translated: bool = False


def origins(project: Project, region: str, content: Content) -> Iterator[Origin]:
    """`region.yml`, the glossary, the training, the registers, the tasks, our guidance on standards, and both sides of every document."""
    if content.region_source:
        yield Origin(content.region_source)
    yield from (Origin(loaded.source) for loaded in (content.glossary, content.training) if loaded)
    registers = (project.content / region / f"{name}.yml" for name in (*REGISTERS, TASKS))
    for path in (*filter(Path.exists, registers), *sorted(project.standards.glob("*.[ge]*.yml"))):
        source = read_yaml(path, project.name(path))[0]
        if source:
            yield Origin(source)
    for document in content.documents():
        yield Origin(document.source, document)
        if document.translation:
            yield Origin(document.translation.source, document, translated=True)
