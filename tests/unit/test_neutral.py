"""No region belongs in the generator: what names one lies in content/ and in the standards alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from publicity.models import Policy, Region
from publicity.project import Project
from publicity.read.load import load

PROJECT = Project(ROOT)
PLACES = {"重庆", "Chongqing", "江北", "山东", "Shandong", "聊城", "Liaocheng", "德阳", "Deyang"}
HISTORY = {"adr", "pictures"}
"""Decisions and pictures say of which region they were."""


def _of(region: str) -> Iterator[str]:
    """What names a region: its folder, its names, its documents and their numbers."""
    draft = load(PROJECT, region)
    assert isinstance(draft.region, Region)
    yield region
    yield from (name[language] for name in draft.region.names.values() for language in ("zh", "en"))
    for slug, document in draft.content.entries["policies"].items():
        yield slug
        yield document.meta_as(Policy).document_number


def _files() -> Iterator[Path]:
    for folder in ("scripts", "overrides", "docs"):
        for file in sorted((ROOT / folder).rglob("*")):
            inside = file.relative_to(ROOT / folder)
            if file.is_file() and "__pycache__" not in inside.parts and not HISTORY & {inside.parts[0]}:
                yield file


@pytest.mark.parametrize("folder", ["scripts", "overrides", "docs"])
def test_no_file_of_the_generator_names_a_region(folder: str) -> None:
    names = PLACES | {name for region in PROJECT.regions() for name in _of(region)}
    names |= {file.name.partition(".")[0] for file in PROJECT.standards.glob("*.yml")}
    named = re.compile("|".join(map(re.escape, sorted(names))), re.IGNORECASE)
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in _files()
        if file.is_relative_to(ROOT / folder) and (match := named.search(file.read_bytes().decode(errors="ignore")))
    ]
    assert found == []


def test_no_shared_text_speaks_of_one_region_s_city_or_province() -> None:
    """The regions' own names the check refuses; a case, and a link to one, says where it happened."""
    named = re.compile("|".join(sorted(PLACES)))
    to_a_case = re.compile(r"\[[^]]*\]\(\.\./cases/[^)]*\)")
    shared = [file for file in sorted((PROJECT.content / "shared").rglob("*")) if file.suffix in {".md", ".yml"}]
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in shared
        if file.parent.name != "cases" and (match := named.search(to_a_case.sub("", file.read_text("utf-8"))))
    ]
    assert shared
    assert found == []
