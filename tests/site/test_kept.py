"""What earlier builds have kept changes nothing: after any edits the site is the one that is built from nothing."""

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import run_publicity

POLICY = "content/mini/policies/plan.md"
ROUNDS, EDITS = 2, 4
"""Builds, and edits before each."""


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        file = project / path
        text = file.read_text(encoding="utf-8")
        assert new in text or old in text, path  # an edit may come twice
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _add(project: Path) -> None:
    text = (project / POLICY).read_text(encoding="utf-8")
    (project / POLICY).with_name("added.md").write_text(text.replace("title: ", "title: 又一份", 1), encoding="utf-8")


def _remove(project: Path) -> None:
    (project / POLICY).with_name("added.md").unlink(missing_ok=True)


EDITS_BY_NAME: dict[str, Callable[[Path], None]] = {
    "title": _replace(POLICY, "title: ", "title: 新改的"),
    "template": _replace("overrides/page.html", '<div class="prose"', '<div data-new class="prose"'),
    "styles": _replace("docs/assets/css/base.css", "body {", "body, .new-one {"),
    "page": _replace("docs/about.md", "\n---\n\n", "\n---\n\n新的一句话，见[示例](https://www.example.com/)。\n\n"),
    "configuration": _replace("mkdocs.yml", "site_dir: site", "site_dir: site "),
    "entry more": _add,
    "entry less": _remove,
}


def _manifest(project: Path) -> str:
    done = run_publicity("build", cwd=project)
    assert done.returncode == 0, done.stderr
    return (project / "site/manifest.sha256").read_text(encoding="utf-8")


def test_builds_after_random_edits_are_those_from_nothing(small: Path) -> None:
    dice = random.Random(20261126)  # noqa: S311 - no secret
    _manifest(small)
    for _ in range(ROUNDS):
        for name in dice.sample(sorted(EDITS_BY_NAME), EDITS):
            EDITS_BY_NAME[name](small)
        again = _manifest(small)
        shutil.rmtree(small / "build/kept")
        assert _manifest(small) == again


def test_what_was_kept_may_be_damaged(small: Path) -> None:
    whole = _manifest(small)
    kept = sorted(file for file in (small / "build/kept").rglob("*") if file.is_file())
    for number, file in enumerate(kept):
        file.write_bytes(
            file.read_bytes()[: file.stat().st_size // 2] if number % 2 else b"neither JSON nor a database"
        )
    assert _manifest(small) == whole


def test_what_lay_in_the_site_before_the_last_is_moved_if_it_is_as_it_was(small: Path) -> None:
    before = small / "build/kept/sites/mini"
    for edit in ("page", "title"):
        _manifest(small)
        EDITS_BY_NAME[edit](small)
    _manifest(small)
    inode = (before / "accessibility/index.html").stat().st_ino
    (before / "guides/index.html").write_text("not what the manifest says", encoding="utf-8")
    again = _manifest(small)
    assert (small / "site/accessibility/index.html").stat().st_ino == inode
    shutil.rmtree(small / "build")
    assert _manifest(small) == again


def test_what_another_build_is_writing_is_left_to_it(small: Path) -> None:
    whole = _manifest(small)
    file = small / "build/kept/pages/mini-zh.sqlite"
    before = file.stat().st_ino
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert _manifest(small) == whole
    assert file.stat().st_ino == before


@pytest.mark.parametrize("lost", ["html", "searched"])
@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_page_of_which_something_cannot_be_read_is_rendered_again(
    small: Path, lost: str, *, is_indexed: bool
) -> None:
    whole = _manifest(small)
    columns = ("html", "digest", "addresses", "searched")
    shown = ", ".join("json('no JSON')" if column == lost else column for column in columns)
    for file in (small / "build/kept/pages").glob("*.sqlite"):
        with contextlib.closing(sqlite3.connect(file)) as kept:
            kept.execute("ALTER TABLE kept RENAME TO rows")
            kept.execute(f"CREATE VIEW kept (name, {', '.join(columns)}) AS SELECT name, {shown} FROM rows")  # noqa: S608 - ours
            kept.commit()
    for file in () if is_indexed else (small / "build/kept/pages").glob("*.json"):
        file.unlink()
    assert _manifest(small) == whole


def test_a_page_that_is_as_it_was_is_not_rendered_again(small: Path) -> None:
    whole = _manifest(small)
    with contextlib.closing(sqlite3.connect(small / "build/kept/pages/mini-zh.sqlite")) as kept:
        kept.execute("UPDATE kept SET html = replace(html, '</main>', '<!-- as it was --></main>')")
        kept.commit()
    EDITS_BY_NAME["title"](small)
    assert _manifest(small) != whole
    assert "<!-- as it was -->" in (small / "site/about/index.html").read_text(encoding="utf-8")
    assert "<!-- as it was -->" not in (small / "site/policies/plan/index.html").read_text(encoding="utf-8")
