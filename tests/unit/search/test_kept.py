"""An index that was patched is the one that is made from nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publicity.search.extract import PageSection, PageText
from publicity.search.index import IndexWriter
from publicity.search.postings import decoded, encoded

TEXTS = st.text("商业秘密 abc12，ＡＢ國", max_size=12)
PAGES = st.builds(
    PageText,
    title=TEXTS,
    summary=TEXTS,
    names=st.lists(TEXTS, max_size=2).map(tuple),
    keywords=st.lists(TEXTS, max_size=2).map(tuple),
    sections=st.lists(st.builds(PageSection, anchor=TEXTS, heading=TEXTS, text=TEXTS), max_size=3),
)


@given(st.lists(st.integers(0, 40_000), unique_by=lambda value: value // 4).map(sorted))
def test_postings_come_back(values: list[int]) -> None:
    assert decoded(encoded(values)) == values


def _made(folder: Path, pages: list[PageText], kept: Path | None = None) -> tuple[Mapping[str, bytes], int]:
    """The files of an index, and how many pages had to be added."""
    folder.mkdir(parents=True)
    writer = IndexWriter(folder, kept)
    same = writer.take([repr(page) for page in pages])
    for number, page in enumerate(pages):
        if number not in same:
            writer.add(page, url=f"{number}/", collection="cases", year="2026", date="", number=number, name=repr(page))
    writer.finish([], {"cases": "案例"})
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return files, len(pages) - len(same)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PAGES, min_size=2, max_size=6), st.data())
def test_what_was_kept_is_patched(
    tmp_path_factory: pytest.TempPathFactory, pages: list[PageText], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("index")
    kept = folder / "kept.index"
    assert _made(folder / "first", pages, kept)[1] == len(pages)
    edited = [*pages]
    edited[data.draw(st.integers(0, len(pages) - 1))] = data.draw(PAGES)
    patched, added = _made(folder / "patched", edited, kept)
    assert added <= 1
    assert patched == _made(folder / "anew", edited)[0]
    assert _made(folder / "again", edited, kept) == (patched, 0)


def test_what_is_damaged_or_of_another_size_is_not_taken(tmp_path: Path) -> None:
    kept = tmp_path / "kept.index"
    pages = [PageText(title=f"第{number}页") for number in range(3)]
    whole, _ = _made(tmp_path / "first", pages, kept)
    kept.write_bytes(kept.read_bytes()[:-1])
    assert _made(tmp_path / "damaged", pages, kept) == (whole, 3)
    assert _made(tmp_path / "longer", [*pages, PageText(title="又一页")], kept)[1] == 4
