"""A column in the making: what was read of a region, before anything is known to be sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from publicity.models import Region
from publicity.problems import Problem
from publicity.project import Project
from publicity.read.content import Column, Content
from publicity.read.markdown.body import Body, read_bodies
from publicity.read.portal.frame import Portal
from publicity.work.names import KEPT
from publicity.work.shelf import Shelf


@dataclass(frozen=True)
class Draft:
    """What was read for one region.

    Attributes:
        region: The region's particulars; None where `region.yml` could not be read.
        content: Everything else.
        portal: The frame of a host portal, where the region has one.
        problems: What was met while reading.
        folder: The region's folder, and its `folder_name` as shown to people.
        project: Where it was read.
    """

    region: Region | None
    content: Content
    portal: Portal | None
    problems: tuple[Problem, ...]
    folder: Path
    folder_name: str
    project: Project

    @property
    def column(self) -> Column | None:
        """The column; it is sound only where no check finds a problem. None without a readable `region.yml`."""
        return Column(self.region, self.content, self.portal) if self.region else None

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """What Markdown makes of each body, by the body: all are read at once, which is quicker."""
        documents = (source for document in self.content.documents() for source in document.sources)
        alone = (source for _, source in self.content.bodies_without_meta)
        shelf = Shelf(self.project.build / KEPT / "bodies" / f"{self.folder.name}.json")
        return read_bodies((source.body for source in (*documents, *alone)), shelf)
