"""The project that MkDocs' configuration belongs to."""

import os
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from publicity.project import Project


def project_of(config: MkDocsConfig) -> Project:
    """The project whose `mkdocs.yml` it is."""
    return _project(os.path.abspath(config.config_file_path or "mkdocs.yml"))  # noqa: PTH100 - asked for at every page


@cache
def _project(config_file: str) -> Project:
    return Project(Path(config_file).resolve().parent)
