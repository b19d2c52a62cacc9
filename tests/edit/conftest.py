"""A project in a repository of its own."""

from pathlib import Path

import pytest

from conftest import Shared
from helpers.repositories import copy_versioned_project
from publicity.edit.drafts import Drafts
from publicity.edit.git.repository import Repository
from publicity.project import Project


@pytest.fixture
def versioned(shared: Shared, tmp_path: Path) -> Path:
    """A copy of this project, committed."""
    return copy_versioned_project(shared, tmp_path)


@pytest.fixture
def drafts(versioned: Path) -> Drafts:
    """The drafts of 江北区 in it."""
    return Drafts(Project(versioned), Repository(versioned), "jiangbei")
