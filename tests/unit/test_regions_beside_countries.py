"""The guides hold Hong Kong, Macao and Taiwan beside countries, so nothing of ours calls all of them countries."""

from conftest import ROOT

OURS = [
    *(ROOT / "content" / "shared").rglob("*.*"),
    *(ROOT / "content").glob("*/region.yml"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "docs" / "manuals").glob("*.md"),
    *(ROOT / "scripts" / "publicity" / "labels").glob("*.yml"),
]
"""Official plans say 国别指南, and are quoted so."""


NAMES = ("国别指南", "国家指南", "案例国别", "country guides", "country guide]")


def test_guides_are_of_countries_and_regions() -> None:
    texts = {file: file.read_text(encoding="utf-8").lower() for file in OURS if file.suffix in {".md", ".yml"}}
    assert len(texts) > 300
    assert [str(file.relative_to(ROOT)) for file, text in texts.items() if any(name in text for name in NAMES)] == []
